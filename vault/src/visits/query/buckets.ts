/** Time as a row of a table: hours, days, weeks from Monday, months. */
import { addDays, type IsoDay } from '../../platform/day.ts';
import { type Days, firstOfMonth, mondayOf } from './period.ts';
import { hoursOfDay, localDay, localHour } from './zone.ts';

export const GRANULARITIES = ['hour', 'day', 'week', 'month'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** The name of the bucket in which an hour lies: an ISO day (of the first day), or a local hour with its offset. */
export function bucketOf(hour: number, granularity: Granularity, zone: string): string {
  return granularity === 'hour' ? localHour(hour, zone) : bucketOfDay(localDay(hour, zone), granularity);
}

export function bucketOfDay(day: IsoDay, granularity: Exclude<Granularity, 'hour'>): string {
  if (granularity === 'week') return mondayOf(day);
  return granularity === 'month' ? firstOfMonth(day) : day;
}

/** Every bucket of the days, in order, so that an hour or day without visits has its zero. */
export function bucketsOf({ from, to }: Days, granularity: Granularity, zone: string, reportingZone: string): string[] {
  const names = new Set<string>();
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (granularity !== 'hour') names.add(bucketOfDay(day, granularity));
    else for (const hour of hoursOfDay(day, zone, reportingZone)) names.add(localHour(hour, zone));
  }
  return [...names];
}
