/** Sums of whole days that are split by no value: each finished day is read once, whatever periods and buckets it is then a part of. */
import type { IsoDay } from '../../platform/day.ts';
import { bucketOfDay } from './buckets.ts';
import type { FinishedSums, FoundRow, FoundRows } from './finished-sums.ts';
import type { Part } from './metrics.ts';
import { Parameters } from './parameters.ts';
import type { QueryText } from './query-text.ts';
import { DAILY_PARTS, isKindPart, rollUpBranches } from './roll-up-branches.ts';
import type { Scope } from './scope.ts';
import { type Reader, runSimple, writeBranch } from './simple-query.ts';

export interface WantedDays {
  scope: Scope;
  parts: readonly Part[];
}

/** Whether a list of sums of finished days is of this kind. */
export function isDaily({ dimensions, granularity }: Scope): boolean {
  return granularity !== 'hour' && dimensions.every((name) => name === 'site');
}

/** What each of them finds on its days that are rolled up. */
export async function readDailySums(
  reader: Reader,
  finished: FinishedSums,
  wanted: readonly WantedDays[],
): Promise<FoundRows[][]> {
  const groups = new Map<string, { scope: Scope; parts: readonly Part[]; days: Set<IsoDay> }>();
  const groupsOf = wanted.map(({ scope, parts }) =>
    portionsOf(parts).map((portion) => {
      const key = JSON.stringify([scope.sites, scope.bots, scope.dimensions, portion]);
      const group = groups.get(key) ?? { scope, parts: portion, days: new Set<IsoDay>() };
      for (const day of scope.rolledUp) group.days.add(day);
      groups.set(key, group);
      return key;
    }),
  );
  const found = new Map(
    await Promise.all(
      [...groups].map(async ([key, group]) => [key, await readGroup(reader, finished, group)] as const),
    ),
  );
  return wanted.map(({ scope }, at) =>
    (groupsOf[at] ?? []).flatMap((key) => {
      const rows: FoundRow[] = [];
      const queries = new Set<QueryText>();
      for (const day of scope.rolledUp) {
        const ofDay = found.get(key)?.get(day);
        if (!ofDay) continue;
        queries.add(ofDay.query);
        const bucket = scope.granularity && scope.granularity !== 'hour' ? bucketOfDay(day, scope.granularity) : '';
        for (const row of ofDay.rows) rows.push({ ...row, bucket });
      }
      const [query] = queries;
      return query ? [{ rows, query }] : [];
    }),
  );
}

/** What is read together: all that stands in the rows of hours; events of each kind. */
function portionsOf(parts: readonly Part[]): (readonly Part[])[] {
  const kinds = parts.filter(isKindPart).map((part) => [part]);
  return kinds.length < parts.length ? [DAILY_PARTS, ...kinds] : kinds;
}

async function readGroup(
  reader: Reader,
  finished: FinishedSums,
  { scope, parts, days }: { scope: Scope; parts: readonly Part[]; days: ReadonlySet<IsoDay> },
): Promise<Map<IsoDay, FoundRows>> {
  const found = new Map<IsoDay, FoundRows>();
  const ground = JSON.stringify(['daily', scope.sites, scope.bots, scope.dimensions, parts]);
  const keyOf = (day: IsoDay) => `${ground} ${day} ${scope.builds.get(day) ?? 0}`;
  const missing: IsoDay[] = [];
  for (const day of [...days].sort()) {
    const known = finished.find(keyOf(day));
    if (known) found.set(day, known);
    else missing.push(day);
  }
  if (missing.length === 0) return found;
  const parameters = new Parameters();
  const byDay: Scope = { ...scope, granularity: 'day', rolledUp: missing };
  const [branch] = rollUpBranches(byDay, parts, parameters);
  const simple = branch && writeBranch(byDay, branch, { name: 'totals', parts, limit: null }, parameters);
  if (!simple) return found;
  const rows = (await runSimple(reader, simple)).get(0)?.rows ?? [];
  const rowsOf = Map.groupBy(rows, ({ bucket }) => bucket);
  for (const day of missing) {
    const ofDay = { rows: rowsOf.get(day) ?? [], query: simple.query };
    finished.keep(keyOf(day), ofDay);
    found.set(day, ofDay);
  }
  return found;
}
