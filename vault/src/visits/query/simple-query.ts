/** Queries that read one table once. What a query costs beside its work grows with all that stands in it, faster than with its number. */
import type { ClickHouseClient } from '@clickhouse/client';
import type { Branch } from './branches.ts';
import type { Granularity } from './buckets.ts';
import { dayOf } from './conditions.ts';
import type { FoundRow, FoundRows } from './finished-sums.ts';
import { PARTS, type Part, type Sums } from './metrics.ts';
import type { Parameters } from './parameters.ts';
import type { QueryText } from './query-text.ts';
import type { Scope } from './scope.ts';
import type { VisitSets } from './visit-sets.ts';

/** Of one list, or of several that are read in one pass. */
export interface SimpleQuery {
  query: QueryText;
  /** The columns before those of the parts. */
  width: number;
  parts: readonly Part[];
  /** To which list a row belongs, by its number, and what it is told apart by; null: to none. */
  read(row: readonly unknown[]): { list: number; bucket: string; values: string[] } | null;
}

export interface Reader {
  clickhouse: ClickHouseClient;
  /** That nobody waits for the answer any more. */
  signal: AbortSignal;
}

interface Written {
  /** Of the comment at the beginning. */
  name: string;
  parts: readonly Part[];
  /** More rows than this of a list are not read; null: all are. */
  limit: number | null;
}

/** `list`: the expression that tells, from 0, which of several lists a row belongs to. Null: the branch gives none of the parts. */
export function writeBranch(
  scope: Scope,
  branch: Branch,
  { name, parts, limit, list }: Written & { list?: string },
  parameters: Parameters,
): SimpleQuery | null {
  const told = PARTS.filter((part) => parts.includes(part) && branch.sums[part] !== undefined);
  if (told.length === 0) return null;
  const keys = [
    ...(list === undefined ? [] : ['list']),
    ...(scope.granularity ? ['bucket'] : []),
    ...branch.values.map((_, index) => `d${index}`),
  ];
  const columns = [
    ...(list === undefined ? [] : [`${list} AS list`]),
    ...(scope.granularity ? [`${bucketOf(branch, scope.granularity, scope, parameters)} AS bucket`] : []),
    ...branch.values.map((value, index) => `${value} AS d${index}`),
    ...told.map((part) => `${branch.sums[part]} AS s_${part}`),
  ];
  const text = [
    `/* visits.${name} */`,
    `SELECT ${columns.join(', ')}`,
    `FROM ${branch.from}`,
    ...(branch.where.length > 0 ? [`WHERE ${branch.where.join(' AND ')}`] : []),
    ...(keys.length > 0 ? [`GROUP BY ${keys.join(', ')}`] : []),
    ...limitOf(keys, limit, parameters),
  ].join('\n');
  return {
    query: { name: `visits.${name}`, text, parameters: parameters.of(text) },
    width: keys.length,
    parts: told,
    read: readerOf(keys),
  };
}

/** Of grouping sets: a list for each. */
export function writeSets(
  { text, width, places }: VisitSets,
  { name, parts, limit }: Written,
  parameters: Parameters,
): SimpleQuery {
  // One of the rows may be of visits without an exit page.
  const isLong = limit !== null && places.some(({ values }) => values.length > 0);
  const lines = [
    `/* visits.${name} */`,
    text,
    ...(isLong ? [`LIMIT ${parameters.add(limit + 2, 'UInt32')} BY g`] : []),
  ];
  const whole = lines.join('\n');
  const lists = new Map(places.map((place, list) => [place.mask, { ...place, list }]));
  return {
    query: { name: `visits.${name}`, text: whole, parameters: parameters.of(whole) },
    width,
    parts,
    read(row) {
      const place = lists.get(Number(row[width - 1]));
      if (!place || (place.exit !== null && row[place.exit] === '')) return null;
      const bucket = place.bucket === null ? '' : String(row[place.bucket]);
      return { list: place.list, bucket, values: place.values.map((at) => String(row[at])) };
    },
  };
}

/** `list`, `bucket`, `d0`, `d1`: those that are there, in their order. */
export function readerOf(keys: readonly string[]): SimpleQuery['read'] {
  const list = keys.indexOf('list');
  const bucket = keys.indexOf('bucket');
  const values = keys.flatMap((key, at) => (key.startsWith('d') ? [at] : []));
  return (row) => ({
    list: list < 0 ? 0 : Number(row[list]),
    bucket: bucket < 0 ? '' : String(row[bucket]),
    values: values.map((at) => String(row[at])),
  });
}

/** One row more than are wanted tells that there are more. */
function limitOf(keys: readonly string[], limit: number | null, parameters: Parameters): string[] {
  if (limit === null || !keys.some((key) => key.startsWith('d'))) return [];
  return [`LIMIT ${parameters.add(limit + 1, 'UInt32')}${keys.includes('list') ? ' BY list' : ''}`];
}

function bucketOf({ hour }: Branch, granularity: Granularity, scope: Scope, parameters: Parameters): string {
  const day = hour === null ? 'day' : dayOf(hour, scope, parameters);
  const texts: Record<Granularity, string> = {
    hour: `toUnixTimestamp(${hour})`,
    day,
    week: `toMonday(${day})`,
    month: `toStartOfMonth(${day})`,
  };
  return texts[granularity];
}

/** The rows of each list. What has not begun when the signal comes is not done. */
export async function runSimple(
  { clickhouse, signal }: Reader,
  { query, width, parts, read }: SimpleQuery,
): Promise<Map<number, FoundRows>> {
  const answer = await clickhouse.query({
    query: query.text,
    query_params: query.parameters,
    format: 'JSONCompactEachRow',
    abort_signal: signal,
  });
  const lists = new Map<number, FoundRow[]>();
  for (const row of await answer.json<readonly unknown[]>()) {
    const place = read(row);
    if (!place) continue;
    const sums: Sums = {};
    parts.forEach((part, at) => {
      sums[part] = Number(row[width + at]);
    });
    const rows = lists.get(place.list) ?? [];
    if (rows.length === 0) lists.set(place.list, rows);
    rows.push({ bucket: place.bucket, values: place.values, sums });
  }
  return new Map([...lists].map(([number, rows]) => [number, { rows, query }]));
}
