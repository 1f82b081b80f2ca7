/**
 * Sums of days that are rolled up, in memory: they never change until a day is rolled up again, and then its number of builds does, which is
 * part of every key. Nothing is forgotten for being old, only for want of room; of no visit is anything in it.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { IsoDay } from '../../platform/day.ts';
import type { Sums } from './metrics.ts';
import type { QueryText } from './query-text.ts';

export interface FoundRow {
  /** As in the answer of the query: empty without a granularity. */
  bucket: string;
  values: readonly string[];
  sums: Sums;
}

export interface FoundRows {
  rows: readonly FoundRow[];
  /** By which they were read. */
  query: QueryText;
}

/** About a quarter of a kilobyte each. */
const MOST_ROWS = 200_000;

export interface FinishedSums {
  find(key: string): FoundRows | undefined;
  keep(key: string, found: FoundRows): void;
}

export function rememberFinishedSums(mostRows = MOST_ROWS): FinishedSums {
  const known = new LRUCache<string, FoundRows>({
    maxSize: mostRows,
    sizeCalculation: ({ rows }) => rows.length + 1,
  });
  return {
    find: (key) => known.get(key),
    keep: (key, found) => void known.set(key, found),
  };
}

const names = new WeakMap<readonly IsoDay[], string>();

/** Days and how often each was rolled up, as a part of keys. Lists of days are shared by all that is asked of them, so each is read once. */
export function nameOfDays(days: readonly IsoDay[], builds: ReadonlyMap<IsoDay, number>): string {
  const known = names.get(days);
  if (known !== undefined) return known;
  const text = days.map((day) => `${day} ${builds.get(day) ?? 0}`).join('\n');
  const name = createHash('sha256').update(text).digest('base64url');
  names.set(days, name);
  return name;
}
