/** Which days a question is about, and which days it is compared with. Days are those of the question's time zone. */
import { addDays, daysBetween, type IsoDay } from '../../platform/day.ts';
import { startOfDay } from './zone.ts';

export const NAMED_PERIODS = [
  'today',
  'yesterday',
  'last 7 days',
  'last 30 days',
  'last 90 days',
  'last 12 months',
  'this week',
  'this month',
  'last month',
  'this year',
] as const;
export type NamedPeriod = (typeof NAMED_PERIODS)[number];

/** Both included. */
export interface Days {
  from: IsoDay;
  to: IsoDay;
}

/** The instants that the days cover: from the first, up to and without the second. Unix seconds. */
export interface Instants {
  start: number;
  end: number;
}

export const LONGEST_PERIOD_DAYS = 3660;

export function daysOf(period: NamedPeriod | Days, today: IsoDay): Days {
  if (typeof period !== 'string') return period;
  switch (period) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'last 7 days':
      return { from: addDays(today, -6), to: today };
    case 'last 30 days':
      return { from: addDays(today, -29), to: today };
    case 'last 90 days':
      return { from: addDays(today, -89), to: today };
    case 'last 12 months':
      return { from: addDays(yearBefore(today), 1), to: today };
    case 'this week':
      return { from: mondayOf(today), to: today };
    case 'this month':
      return { from: firstOfMonth(today), to: today };
    case 'last month': {
      const lastDay = addDays(firstOfMonth(today), -1);
      return { from: firstOfMonth(lastDay), to: lastDay };
    }
    case 'this year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
  }
}

/** `previous period`: as many days, right before. `previous year`: the same dates; 29 February becomes the 28th. */
export function comparedDays(days: Days, compare: 'previous period' | 'previous year' | Days): Days {
  if (typeof compare !== 'string') return compare;
  if (compare === 'previous year') return { from: yearBefore(days.from), to: yearBefore(days.to) };
  const to = addDays(days.from, -1);
  return { from: addDays(to, -daysBetween(days.from, days.to)), to };
}

export function instantsOf({ from, to }: Days, zone: string): Instants {
  return { start: startOfDay(from, zone), end: startOfDay(addDays(to, 1), zone) };
}

export function mondayOf(day: IsoDay): IsoDay {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
}

export function firstOfMonth(day: IsoDay): IsoDay {
  return `${day.slice(0, 7)}-01`;
}

function yearBefore(day: IsoDay): IsoDay {
  const year = String(Number(day.slice(0, 4)) - 1).padStart(4, '0');
  const date = day.slice(4) === '-02-29' ? '-02-28' : day.slice(4);
  return `${year}${date}`;
}
