const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,]\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/;

/** Unix milliseconds of a date and time as exports write them; without a zone it is UTC. */
export function readTime(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, date = '', time = '', zone = 'Z'] = match;
  const at = Date.parse(`${date}T${time}Z`);
  // 31 February would silently become March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date) return null;
  if (zone === 'Z') return at;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return at - (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
