/** Periods by short names, as they stand in an address; the granularities that fit a period; one period to the left or right. */
import type { Days, Granularity, NamedPeriod } from '@avow/protocol/staff/visits';
import { addDays, countDays, mondayOf, monthEnd } from './days.ts';

export const PERIODS = {
  today: 'today',
  yesterday: 'yesterday',
  '7d': 'last 7 days',
  '30d': 'last 30 days',
  '90d': 'last 90 days',
  '12mo': 'last 12 months',
  week: 'this week',
  month: 'this month',
  'last-month': 'last month',
  year: 'this year',
} as const satisfies Record<string, NamedPeriod>;

export type PeriodName = keyof typeof PERIODS;
export const PERIOD_NAMES = Object.keys(PERIODS) as [PeriodName, ...PeriodName[]];

export function isPeriodName(text: unknown): text is PeriodName {
  return typeof text === 'string' && Object.hasOwn(PERIODS, text);
}

/** The days of a named period, as the vault counts them. */
export function daysOf(name: PeriodName, today: string): Days {
  const back = (days: number): Days => ({ from: addDays(today, 1 - days), to: today });
  switch (name) {
    case 'today':
      return back(1);
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case '7d':
      return back(7);
    case '30d':
      return back(30);
    case '90d':
      return back(90);
    case '12mo': {
      const year = String(Number(today.slice(0, 4)) - 1);
      const date = today.slice(4) === '-02-29' ? '-02-28' : today.slice(4);
      return { from: addDays(`${year}${date}`, 1), to: today };
    }
    case 'week':
      return { from: mondayOf(today), to: today };
    case 'month':
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case 'last-month': {
      const to = addDays(`${today.slice(0, 7)}-01`, -1);
      return { from: `${to.slice(0, 7)}-01`, to };
    }
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
  }
}

/** Those whose points can be told apart and counted by the vault; the one to begin with is first. */
export function granularitiesOf(days: Days): [Granularity, ...Granularity[]] {
  const count = countDays(days);
  if (count <= 2) return ['hour', 'day'];
  if (count <= 14) return ['day', 'hour'];
  if (count <= 92) return ['day', 'week'];
  if (count <= 190) return ['week', 'day', 'month'];
  return count <= 370 ? ['month', 'week', 'day'] : ['month', 'week'];
}

/** As many days before or after; whole months stay whole months. Null where that lies in the future. */
export function shiftDays({ from, to }: Days, direction: -1 | 1, today: string): Days | null {
  const wholeMonth =
    from.endsWith('-01') && from.slice(0, 7) === to.slice(0, 7) && (to === monthEnd(from) || to === today);
  const shifted = wholeMonth
    ? monthAt(direction < 0 ? addDays(from, -1) : addDays(monthEnd(from), 1))
    : {
        from: addDays(from, direction * countDays({ from, to })),
        to: addDays(to, direction * countDays({ from, to })),
      };
  if (shifted.from > today) return null;
  return { from: shifted.from, to: shifted.to > today ? today : shifted.to };
}

function monthAt(day: string): Days {
  return { from: `${day.slice(0, 7)}-01`, to: monthEnd(day) };
}

/** The days that a bucket of the graph stands for, within the period. */
export function daysOfBucket(bucket: string, granularity: Granularity, { from, to }: Days): Days {
  const day = bucket.slice(0, 10);
  const end = granularity === 'week' ? addDays(mondayOf(day), 6) : granularity === 'month' ? monthEnd(day) : day;
  return { from: day < from ? from : day, to: end > to ? to : end };
}
