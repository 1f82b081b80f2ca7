/** The hour of an event in the one reporting time zone: the finest time that leaves the edge with a visit. */
export interface ReportingHour {
  /** Unix seconds of its start. */
  hour: number;
  /** ISO date. */
  day: string;
}

/** No time zone changes its offset inside a quarter of an hour, and all offsets of today are whole quarters. */
const QUARTER_MS = 15 * 60_000;

/** Throws RangeError if there is no such time zone. */
export function createReportingHours(timeZone: string): (now: number) => ReportingHour {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    minute: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  let lastQuarter = Number.NaN;
  let last: ReportingHour = { hour: 0, day: '' };
  return (now) => {
    const quarter = Math.floor(now / QUARTER_MS);
    if (quarter === lastQuarter) return last;
    const parts = Object.fromEntries(
      format.formatToParts(quarter * QUARTER_MS).map(({ type, value }) => [type, value]),
    );
    lastQuarter = quarter;
    last = {
      hour: (quarter * QUARTER_MS) / 1000 - Number(parts.minute) * 60,
      day: `${parts.year}-${parts.month}-${parts.day}`,
    };
    return last;
  };
}
