/** Reads lists of sums, and adds up what several tables tell of each. */
import type { ClickHouseClient } from '@clickhouse/client';
import type { Granularity } from './buckets.ts';
import { readDailySums } from './daily-sums.ts';
import { type FinishedSums, type FoundRow, type FoundRows, nameOfDays } from './finished-sums.ts';
import type { Part, Sums } from './metrics.ts';
import { type Passes, passesOf } from './passes.ts';
import { type QueryText, storeOf, type Wanted, writeQuery } from './query-text.ts';
import { type Reader, readerOf, runSimple } from './simple-query.ts';
import type { SummedRow } from './suppress.ts';
import { localHour } from './zone.ts';

export interface Read {
  /** In the order of the wanted. */
  lists: SummedRow[][];
  /** The queries of each. */
  queries: QueryText[][];
}

interface Store {
  clickhouse: ClickHouseClient;
  finished: FinishedSums;
}

/** When one query fails, those that still wait for their turn are given up. */
export async function readSums(store: Store, wanted: readonly Wanted[]): Promise<Read> {
  const failed = new AbortController();
  try {
    return await read({ ...store, signal: failed.signal }, wanted);
  } catch (error) {
    failed.abort();
    throw error;
  }
}

async function read(reading: Store & Reader, wanted: readonly Wanted[]): Promise<Read> {
  const { finished } = reading;
  const { joined, places } = join(wanted);
  const { passes, known, daily } = passesOf(joined, finished);
  const found: FoundRows[][] = joined.map(() => []);
  for (const one of known) found[one.at]?.push(one.found);
  await Promise.all([
    readDays(reading, { joined, daily, found }),
    ...passes.map(async ({ simple, takers }) => {
      const lists = await runSimple(reading, simple);
      for (const [number, { at, key }] of takers.entries()) {
        const rows = lists.get(number) ?? { rows: [], query: simple.query };
        found[at]?.push(rows);
        if (key !== null) finished.keep(key, rows);
      }
    }),
  ]);
  const lists = await Promise.all(
    joined.map(async (one, at) => {
      const pieces = found[at] ?? [];
      const whole = pieces.some(({ rows }) => isCut(rows, one)) ? [await readWhole(reading, one)] : pieces;
      return { rows: addUp(whole, one), queries: [...new Set(whole.map(({ query }) => query))] };
    }),
  );
  return {
    lists: places.map((at) => lists[at]?.rows ?? []),
    queries: places.map((at) => lists[at]?.queries ?? []),
  };
}

async function readDays(
  reading: Store & Reader,
  { joined, daily, found }: Pick<Passes, 'daily'> & { joined: readonly Wanted[]; found: FoundRows[][] },
): Promise<void> {
  const wanted = daily.flatMap((at) => joined[at] ?? []);
  const read = await readDailySums(reading, reading.finished, wanted);
  for (const [number, at] of daily.entries()) found[at]?.push(...(read[number] ?? []));
}

/** There were more values than are looked at: which of them are the greatest, only all their sums together can tell. */
function isCut(rows: readonly FoundRow[], { scope, limit }: Wanted): boolean {
  return scope.dimensions.length > 0 && rows.length > limit;
}

async function readWhole(reader: Reader, one: Wanted): Promise<FoundRows> {
  const query = writeQuery(one);
  const { granularity, dimensions } = one.scope;
  const keys = [...(granularity ? ['bucket'] : []), ...dimensions.map((_, index) => `d${index}`)];
  const lists = await runSimple(reader, { query, width: keys.length, parts: one.parts, read: readerOf(keys) });
  return lists.get(0) ?? { rows: [], query };
}

/** Lists that differ only in their parts are one, as long as that one can be told from the same store. */
function join(wanted: readonly Wanted[]): { joined: Wanted[]; places: number[] } {
  const joined = new Map<string, Wanted & { at: number }>();
  const keys = wanted.map((one) => {
    const { metrics, builds, rolledUp, wholeDays, visitDays, ...scope } = one.scope;
    const days = [rolledUp, wholeDays, visitDays].map((some) => nameOfDays(some, builds));
    const key = JSON.stringify([one.name, one.limit, storeOf(one.scope, one.parts), scope, days]);
    const known = joined.get(key);
    const parts = new Set<Part>([...(known?.parts ?? []), ...one.parts]);
    joined.set(key, { ...one, parts: [...parts], at: known?.at ?? joined.size });
    return key;
  });
  return { joined: [...joined.values()], places: keys.map((key) => joined.get(key)?.at ?? 0) };
}

/** Sorted by time, then by the first part, the greatest first; so many as are wanted. */
function addUp(pieces: readonly FoundRows[], { scope, parts, limit }: Wanted): SummedRow[] {
  const rows = new Map<string, FoundRow & { sums: Sums }>();
  for (const { bucket, values: all, sums } of pieces.flatMap((piece) => piece.rows)) {
    const own = scope.granularity ? bucket : '';
    const values = all.slice(0, scope.dimensions.length);
    const key = values.length === 1 ? `${own}\0${values[0]}` : [own, ...values].join('\0');
    const row = rows.get(key) ?? { bucket: own, values, sums: {} };
    rows.set(key, row);
    for (const part of parts) row.sums[part] = (row.sums[part] ?? 0) + (sums[part] ?? 0);
  }
  const [first] = parts;
  const greatness = ({ sums }: FoundRow) => (first ? (sums[first] ?? 0) : 0);
  const sorted = [...rows.values()].sort(
    (one, other) =>
      compare(one.bucket, other.bucket) ||
      greatness(other) - greatness(one) ||
      compare(one.values.join('\0'), other.values.join('\0')),
  );
  const some = scope.dimensions.length > 0 ? sorted.slice(0, limit) : sorted;
  return some.map(({ bucket, values, sums }) => ({
    keys: [...(scope.granularity ? [bucketName(bucket, scope.granularity, scope.zone)] : []), ...values],
    sums,
  }));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function bucketName(bucket: string, granularity: Granularity, zone: string): string {
  return granularity === 'hour' ? localHour(Number(bucket), zone) : bucket;
}
