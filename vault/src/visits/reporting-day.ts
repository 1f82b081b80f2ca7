/** Days of the reporting time zone. */
import { LRUCache } from 'lru-cache';
import { addDays, type IsoDay } from '../platform/day.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The ISO day that a moment lies in. */
export function reportingDay(moment: Date, timeZone: string): IsoDay {
  let format = formats.get(timeZone);
  if (!format) {
    // Canada writes dates as ISO does.
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(moment);
}

/** A screen asks for the days of its periods again and again. */
const listed = new LRUCache<string, readonly IsoDay[]>({ max: 16 });

/** Both ends included. */
export function daysFrom(from: IsoDay, to: IsoDay): readonly IsoDay[] {
  const name = `${from} ${to}`;
  const known = listed.get(name);
  if (known) return known;
  const days: IsoDay[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  listed.set(name, days);
  return days;
}

/** The hour in UTC at which it is three at night there, give or take one when the clocks are changed. */
export function nightlyHour(now: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
  const there = Number(format.format(now));
  return (((3 - there + now.getUTCHours()) % 24) + 24) % 24;
}
