/** Time-zone arithmetic on instants in Unix seconds. An hour belongs to the day in which it starts; days have 23, 24 or 25 hours. */
import { addDays, type IsoDay } from '../../platform/day.ts';

const HOUR = 3600;
const QUARTER = 900;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, format);
  return format;
}

const zoneNames = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
/** As ClickHouse writes them, which minds capitals: `Asia/Kolkata` is missing among the names above, but known to both. */
const ZONE_NAME = /^[A-Z][a-z]+(?:[/_-](?:[A-Z][a-z]+|of|es|au))+$/;

/** Whether it is the name of a zone that both this program and ClickHouse know: no bare offsets, no abbreviations. */
export function isTimeZone(name: string): boolean {
  if (zoneNames.has(name)) return true;
  if (!ZONE_NAME.test(name)) return false;
  try {
    return formatOf(name) !== undefined;
  } catch {
    return false;
  }
}

/** Seconds that the zone's clocks are ahead of UTC. */
export function offsetAt(instant: number, zone: string): number {
  const at: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant * 1000)) at[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = at;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - instant;
}

/** ISO day on the zone's clocks. */
export function localDay(instant: number, zone: string): IsoDay {
  return new Date((instant + offsetAt(instant, zone)) * 1000).toISOString().slice(0, 10);
}

/** `2026-10-25T02:00+01:00`: with its offset, because in autumn there are two of that hour. */
export function localHour(instant: number, zone: string): string {
  const offset = offsetAt(instant, zone);
  const minutes = Math.abs(Math.round(offset / 60));
  const two = (count: number) => String(count).padStart(2, '0');
  const clock = new Date((instant + offset) * 1000).toISOString().slice(0, 16);
  return `${clock}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The first instant of the day. Where clocks skip midnight, or the whole day, the first one after it. */
export function startOfDay(day: IsoDay, zone: string): number {
  const midnight = Date.parse(day) / 1000;
  // Offsets lie between -12 and +14 hours; within, the local day only ever goes forward.
  let before = midnight - 15 * HOUR;
  let after = midnight + 13 * HOUR;
  while (after - before > QUARTER) {
    const middle = before + Math.floor((after - before) / (2 * QUARTER)) * QUARTER;
    if (localDay(middle, zone) >= day) after = middle;
    else before = middle;
  }
  return after;
}

/** Every hour of the reporting zone that starts in the day of the zone, as Unix seconds: half past, where they differ by half an hour. */
export function hoursOfDay(day: IsoDay, zone: string, reportingZone: string): number[] {
  const hours: number[] = [];
  const start = startOfDay(day, zone);
  const end = startOfDay(addDays(day, 1), zone);
  const late = (start + offsetAt(start, reportingZone)) % HOUR;
  for (let hour = late === 0 ? start : start + HOUR - late; hour < end; hour += HOUR) hours.push(hour);
  return hours;
}
