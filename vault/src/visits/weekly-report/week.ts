/** Weeks of the reporting time zone, named by their Monday. */
import { addDays, type IsoDay } from '../../platform/day.ts';
import { mondayOf } from '../query/period.ts';
import { localDay, localHour } from '../query/zone.ts';

/** On Monday, when the figures of Sunday are rolled up. */
const REPORT_HOUR = '06:00';

/** The last week that is over. */
export function lastWeek(now: Date, timeZone: string): IsoDay {
  return addDays(mondayOf(localDay(now.getTime() / 1000, timeZone)), -7);
}

/** The week to report now: the last one, from Monday morning on; null in the night before. */
export function dueWeek(now: Date, timeZone: string): IsoDay | null {
  const week = lastWeek(now, timeZone);
  return localHour(now.getTime() / 1000, timeZone) >= `${addDays(week, 7)}T${REPORT_HOUR}` ? week : null;
}
