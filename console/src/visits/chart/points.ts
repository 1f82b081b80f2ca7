/** What the graph draws, made from an answer: points in their order, and which of them are not over yet. */
import type { Answer, Figure, Granularity, MetricName } from '@avow/protocol/staff/visits';
import { addDays, todayIn } from '../state/days.ts';
import { daysOfBucket } from '../state/periods.ts';

export interface ChartPoint {
  time: string;
  figures: Record<string, Figure & { compared?: Figure | undefined }>;
  /** The bucket still goes on: its figure will rise. */
  incomplete: boolean;
}

/** Buckets that have not begun are left out: nothing is known of them, and zero would be a claim. */
export function pointsOf({ rows, timeZone, period }: Answer, granularity: Granularity, now = new Date()): ChartPoint[] {
  const today = todayIn(timeZone, now);
  const hour = hourIn(timeZone, now);
  return rows.flatMap(({ time, figures }): ChartPoint[] => {
    if (time === undefined) return [];
    if (granularity === 'hour') {
      const bucket = time.slice(0, 13);
      return bucket > hour ? [] : [{ time, figures, incomplete: bucket === hour }];
    }
    if (time > today) return [];
    // A week or month that the period cuts off at its end is as incomplete as one that goes on.
    const { to } = daysOfBucket(time, granularity, { from: time, to: addDays(time, 400) });
    return [{ time, figures, incomplete: to >= today || to > period.to }];
  });
}

/** `2026-11-24T14` */
function hourIn(timeZone: string, now: Date): string {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now);
  return `${todayIn(timeZone, now)}T${hour}`;
}

/** The top of the axis, at least so high that something can be read. */
export function highest(points: readonly ChartPoint[], metric: MetricName, least: number): number {
  const values = points.flatMap(({ figures }) => {
    const figure = figures[metric];
    return [figure?.value ?? 0, figure?.compared?.value ?? 0];
  });
  return Math.max(least, ...values);
}
