import type { AtOnce } from '../at-once.ts';

/** `20261124`, in UTC. Throws RangeError for what has no year of four digits. */
export const utcDayNumber = ((moment: Date): number => {
  const year = moment.getUTCFullYear();
  if (!(year >= 1000 && year <= 9999)) throw new RangeError('the clock is beyond any date');
  return (year * 100 + moment.getUTCMonth() + 1) * 100 + moment.getUTCDate();
}) satisfies AtOnce;

/** `2026-11-24` from `20261124`. */
export function dayText(day: number): string {
  const digits = String(day).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** `2026-11-24`, in UTC. Throws RangeError for what has no year of four digits. */
export const utcDay = (moment: Date): string => dayText(utcDayNumber(moment));
