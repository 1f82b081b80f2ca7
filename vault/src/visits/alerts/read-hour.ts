/** One hour of a site or the group, and what is usual at that hour of that weekday. */
import { addDays } from '../../platform/day.ts';
import { askVisits, type VisitFigures } from '../ask-visits.ts';
import { localDay, localHour, offsetAt } from '../query/zone.ts';
import { ALERT_METRICS, type AlertMetric, type Reading } from './rule.ts';

const HOUR = 3600;
const WEEKS = 4;
/** Of fewer, none can be called usual. */
const FEWEST_WEEKS = 2;
/** Hours of the days of four weeks and of the day itself, where clocks go back. */
const MOST_HOURS = (WEEKS * 7 + 1) * 24 + 1;

/** The beginning, in Unix seconds, of the last hour of the zone that is over. */
export function lastFullHour(now: Date, zone: string): number {
  const at = Math.floor(now.getTime() / 1000) - HOUR;
  const offset = offsetAt(at, zone);
  return Math.floor((at + offset) / HOUR) * HOUR - offset;
}

export async function readHour(
  figures: VisitFigures,
  site: string | null,
  hour: number,
): Promise<Record<AlertMetric, Reading>> {
  const { timeZone } = figures.config;
  const day = localDay(hour, timeZone);
  const { rows } = await askVisits(
    figures,
    {
      ...(site !== null && { sites: [site] }),
      period: { from: addDays(day, -7 * WEEKS), to: day },
      granularity: 'hour',
      metrics: [...ALERT_METRICS],
    },
    { suppressBelow: 0, rows: MOST_HOURS },
  );
  const name = localHour(hour, timeZone);
  const times = rows.map(({ time = '' }) => time.slice(0, 'yyyy-mm-ddThh:mm'.length));
  const clockTime = name.slice('yyyy-mm-dd'.length, 'yyyy-mm-ddThh:mm'.length);
  const weeksBefore = Array.from({ length: WEEKS }, (_, week) => `${addDays(day, -7 * (week + 1))}${clockTime}`);
  const read = (metric: AlertMetric): Reading => {
    const counts = rows.map((row) => row.figures[metric]?.value ?? 0);
    const first = counts.findIndex((count) => count > 0);
    // Before anything was counted at all, nothing was usual. Where clocks go forward, an hour is missing.
    const known = weeksBefore.map((time) => times.indexOf(time)).filter((at) => first >= 0 && at >= first);
    return {
      count: counts[rows.findIndex(({ time }) => time === name)] ?? 0,
      usual: known.length < FEWEST_WEEKS ? null : medianOf(known.map((at) => counts[at] ?? 0)),
    };
  };
  return { pageViews: read('pageViews'), visits: read('visits'), visitors: read('visitors') };
}

function medianOf(counts: readonly number[]): number {
  const sorted = counts.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (lower + upper) / 2;
}
