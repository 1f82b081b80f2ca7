/** Reads lists of sums in as few queries as there are lanes for reading: what a query costs beside its work is more than most work. */
import type { ClickHouseClient } from '@clickhouse/client';
import type { Granularity } from './buckets.ts';
import { PARTS, type Part, type Sums } from './metrics.ts';
import { type QueryText, storeOf, type Wanted, writeQuery } from './query-text.ts';
import type { SummedRow } from './suppress.ts';
import { localHour } from './zone.ts';

/** The engine from npm reads on two lanes; a server would not mind more. */
const AT_ONCE = 2;

export interface Read {
  /** In the order of the wanted. */
  lists: SummedRow[][];
  /** The query of each. */
  queries: QueryText[];
}

export async function readSums(clickhouse: ClickHouseClient, wanted: readonly Wanted[]): Promise<Read> {
  const { joined, places } = join(wanted);
  const shares = Array.from({ length: Math.min(AT_ONCE, joined.length) }, (_, share) =>
    joined.flatMap((one, at) => (at % AT_ONCE === share ? [{ one, at }] : [])),
  );
  const lists: SummedRow[][] = joined.map(() => []);
  const queries: QueryText[] = [];
  await Promise.all(
    shares.map(async (share) => {
      const query = writeQuery(share.map(({ one }) => one));
      for (const { at } of share) queries[at] = query;
      const answer = await clickhouse.query({
        query: query.text,
        query_params: query.parameters,
        format: 'JSONEachRow',
      });
      for (const row of await answer.json<Record<string, string>>()) {
        const place = share[Number(row.list)];
        if (place) lists[place.at]?.push(rowOf(row, place.one));
      }
    }),
  );
  return {
    lists: places.map((at) => lists[at] ?? []),
    queries: places.flatMap((at) => queries[at] ?? []),
  };
}

/** Lists that differ only in their parts are one, as long as that one can be told from the same store. */
function join(wanted: readonly Wanted[]): { joined: Wanted[]; places: number[] } {
  const joined = new Map<string, Wanted & { at: number }>();
  const keys = wanted.map((one) => {
    const { metrics, ...scope } = one.scope;
    const key = JSON.stringify([one.name, one.limit, storeOf(one.scope, one.parts), scope]);
    const known = joined.get(key);
    const parts = new Set<Part>([...(known?.parts ?? []), ...one.parts]);
    joined.set(key, { ...one, parts: [...parts], at: known?.at ?? joined.size });
    return key;
  });
  return { joined: [...joined.values()], places: keys.map((key) => joined.get(key)?.at ?? 0) };
}

function rowOf(row: Record<string, string>, { scope, parts }: Wanted): SummedRow {
  const bucket = scope.granularity ? [bucketName(row.bucket ?? '', scope.granularity, scope.zone)] : [];
  const values = scope.dimensions.map((_, index) => row[`d${index}`] ?? '');
  const sums: Sums = {};
  for (const part of PARTS) if (parts.includes(part)) sums[part] = Number(row[`s_${part}`]);
  return { keys: [...bucket, ...values], sums };
}

function bucketName(bucket: string, granularity: Granularity, zone: string): string {
  return granularity === 'hour' ? localHour(Number(bucket), zone) : bucket;
}
