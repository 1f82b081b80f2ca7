/** The counters as files by week: `weeks/2026-W48.starts`. That a week has one is what tells that the suite was there in it. */
import { closeSync, openSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { findWeekStart, type Week } from '@avow/protocol/improvement/weeks';
import { MAX_WEEK_BYTES, weekFile } from '../counting/count-start.ts';
import { countRecords } from '../counting/start-record.ts';
import type { Home } from '../place/home.ts';
import { OWN_FILE } from '../place/home.ts';
import { readIfThere } from '../place/whole-file.ts';

const SUFFIX = '.starts';

export function listWeeks(home: Home): Week[] {
  return readdirSync(home.weeks)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .filter((week) => findWeekStart(week) !== null)
    .sort();
}

/** A week in which nothing is started was still one in which the suite was there. */
export function openWeek(home: Home, week: Week): void {
  const file = weekFile(home, week);
  try {
    closeSync(openSync(file, 'wx', OWN_FILE));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw error;
  }
  // The time of the file is that of the last start, and this is none.
  utimesSync(file, 0, 0);
}

export function removeWeek(home: Home, week: Week): void {
  rmSync(weekFile(home, week), { force: true, recursive: true });
}

/** Starts by number of the application. Empty if there is no file. */
export function readStarts(home: Home, week: Week): Map<number, number> {
  const bytes = readIfThere(weekFile(home, week)) ?? Buffer.alloc(0);
  return countRecords(bytes.subarray(0, MAX_WEEK_BYTES));
}

/** When an application was started last, of all that count here, native ones included. Null: not in the weeks that are kept. */
export function lastStart(home: Home): Date | null {
  const times = listWeeks(home).map((week) => statSync(weekFile(home, week), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  const last = Math.max(0, ...times);
  return last === 0 ? null : new Date(last);
}
