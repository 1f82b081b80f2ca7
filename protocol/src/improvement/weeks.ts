/** ISO weeks: Monday 00:00 UTC to the next. The finest time in the Improvement Programme. */

/** `2026-W47` */
export type Week = string;

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const WEEK = /^(\d{4})-W(0[1-9]|[1-4]\d|5[0-3])$/;

/** 1970 began on a Thursday. */
const mondayOf = ((milliseconds: number): number =>
  Math.floor((milliseconds + 3 * DAY_MS) / WEEK_MS) * WEEK_MS - 3 * DAY_MS) satisfies (milliseconds: number) => number;

/** The week in which this moment lies. In parentheses, so that V8 compiles it at once (`sdk/src/at-once.ts`). */
export const weekOf = ((moment: Date): Week => {
  const thursday = mondayOf(moment.getTime()) + 3 * DAY_MS;
  // The first week of a year is the one with its first Thursday.
  const year = new Date(thursday).getUTCFullYear();
  const number = Math.floor((thursday - Date.UTC(year, 0, 1)) / WEEK_MS) + 1;
  return `${year}-W${number < 10 ? '0' : ''}${number}`;
}) satisfies (moment: Date) => Week;

/** Its Monday, 00:00 UTC. Null if there is no such week. */
export function findWeekStart(week: string): Date | null {
  const [, year, number] = WEEK.exec(week) ?? [];
  const start = new Date(mondayOf(Date.UTC(Number(year), 0, 4)) + (Number(number) - 1) * WEEK_MS);
  return year !== undefined && weekOf(start) === week ? start : null;
}

/** Its Monday, 00:00 UTC. Throws RangeError if there is no such week. */
export function weekStart(week: Week): Date {
  const start = findWeekStart(week);
  if (start === null) throw new RangeError(`${week} is no ISO week`);
  return start;
}

/** The week so many weeks later; earlier, if negative. */
export function addWeeks(week: Week, weeks: number): Week {
  return weekOf(new Date(weekStart(week).getTime() + weeks * WEEK_MS));
}

/** How many weeks `to` lies after `from`. */
export function weeksBetween(from: Week, to: Week): number {
  return (weekStart(to).getTime() - weekStart(from).getTime()) / WEEK_MS;
}
