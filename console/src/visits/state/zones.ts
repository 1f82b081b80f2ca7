/** Time zones by their names. */

/** Names only: an offset knows no summer time. */
export function isZone(text: unknown): text is string {
  if (typeof text !== 'string' || !/^[A-Z]/i.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The zone of the house, the reader's own, UTC; then all that the browser knows. */
export function zoneChoices(houseZone: string): string[] {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([houseZone, own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}

/** Visits are kept by the hours of the house: where the clocks of the zone differ from them by no whole hour, none begins at midnight. */
export function splitsHours(zone: string, houseZone: string, now = new Date()): boolean {
  return minutesOf(zone, now) !== minutesOf(houseZone, now);
}

function minutesOf(timeZone: string, now: Date): number {
  // "2-digit" does nothing for minutes that stand alone.
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone, minute: 'numeric' }).format(now));
}
