/**
 * When a product was installed, as coarse as it leaves the machine: the ISO week for the first four weeks, then the month up to
 * twelve months, then the year. The date and time itself stays on the machine.
 */
import { findWeekStart, type Week, weekOf, weekStart, weeksBetween } from './weeks.ts';

const DAY_MS = 86_400_000;
const WEEKS_NAMED = 4;
const MONTHS_NAMED = 12;
const YEARS_NAMED = 10;

/** A week `2026-W47`, a month `2026-08`, a year `2024`, or `older`. */
export type Installed = string;

function monthNumber(day: Date): number {
  return day.getUTCFullYear() * 12 + day.getUTCMonth();
}

/** Of an installation at `moment`, as the report about `week` tells it. Null if it was installed after that week. */
export function roundInstalled(moment: Date, week: Week): Installed | null {
  const installedIn = weekOf(moment);
  const weeks = weeksBetween(installedIn, week);
  if (weeks < 0) return null;
  if (weeks < WEEKS_NAMED) return installedIn;
  const thursday = new Date(weekStart(week).getTime() + 3 * DAY_MS);
  if (monthNumber(thursday) - monthNumber(moment) < MONTHS_NAMED) return moment.toISOString().slice(0, 7);
  const year = moment.getUTCFullYear();
  return thursday.getUTCFullYear() - year < YEARS_NAMED ? String(year) : 'older';
}

/** A day of the period that a value names: its first, or its last. Null if it names none. */
function endsOf(value: string): [Date, Date] | null {
  const monday = findWeekStart(value);
  if (monday) return [monday, new Date(monday.getTime() + 6 * DAY_MS)];
  const [, year, month] = /^(2\d{3})(?:-(0[1-9]|1[0-2]))?$/.exec(value) ?? [];
  if (year === undefined) return null;
  const first = month === undefined ? 0 : Number(month) - 1;
  const last = month === undefined ? 11 : first;
  return [new Date(Date.UTC(Number(year), first, 1)), new Date(Date.UTC(Number(year), last + 1, 0))];
}

/** Whether some installation is told like this in the report about `week`: a finer value than the rule allows is none. */
export function isInstalled(value: string, week: Week): value is Installed {
  if (value === 'older') return true;
  const ends = endsOf(value);
  // Where a step of the rounding lies inside the period, one of its ends lies on this side of it.
  return ends?.some((day) => roundInstalled(day, week) === value) ?? false;
}
