/** Lists of sums, where they are told from, and the query that has all of one. */
import type { IsoDay } from '../../platform/day.ts';
import { daysFrom } from '../reporting-day.ts';
import { type Branch, eventBranches } from './branches.ts';
import type { Granularity } from './buckets.ts';
import { dayOf } from './conditions.ts';
import { liveVisitDays } from './live-visit-days.ts';
import type { Part } from './metrics.ts';
import { Parameters, type ParameterValues } from './parameters.ts';
import { canUseRollUps, importedBranches, rollUpBranches, summedDays } from './roll-up-branches.ts';
import type { Scope } from './scope.ts';
import { canUseVisitDays, visitBranch, visitDayConditions } from './visit-branches.ts';

/** A list of sums: one for each row of a split, or one alone. */
export interface Wanted {
  /** `totals` or `rows`. */
  name: string;
  scope: Scope;
  parts: readonly Part[];
  limit: number;
}

export interface QueryText {
  /** As in the comment at its beginning. */
  name: string;
  text: string;
  parameters: ParameterValues;
}

/**
 * All sums of a list in one query, however many tables they are in: only so is it known which values are the greatest of many.
 * Rows have `bucket` (with a granularity), `d0`, `d1` (as many as there are dimensions), and `s_` before the name of each part. Sorted by
 * time, then by the first part.
 */
export function writeQuery({ name, scope, parts, limit }: Wanted): QueryText {
  const parameters = new Parameters();
  const keys = [...(scope.granularity ? ['bucket'] : []), ...scope.dimensions.map((_, index) => `d${index}`)];
  const texts = branchTexts(scope, { parts, keys }, parameters);
  const lines = [
    `/* visits.${name} */`,
    `SELECT ${[...keys, ...parts.map((part) => `sum(s_${part}) AS s_${part}`)].join(', ')}`,
    `FROM (\n${texts.join('\nUNION ALL\n')}\n)`,
    `GROUP BY ${keys.join(', ')}`,
    `ORDER BY ${[...(scope.granularity ? ['bucket'] : []), `s_${parts[0]} DESC`, ...keys.slice(scope.granularity ? 1 : 0)].join(', ')}`,
    `LIMIT ${parameters.add(limit, 'UInt32')}`,
  ];
  const text = lines.join('\n');
  return { name: `visits.${name}`, text, parameters: parameters.of(text) };
}

interface Columns {
  parts: readonly Part[];
  keys: readonly string[];
}

function branchTexts(scope: Scope, columns: Columns, parameters: Parameters): string[] {
  const { parts } = columns;
  const store = storeOf(scope, parts);
  const days = storedDays(scope, parts);
  const rest = restOf(scope, days);
  const live = rest && canUseVisitDays(scope, parts);
  const branches = [
    ...(days.length > 0 && store === 'sums' ? rollUpBranches(scope, parts, parameters) : []),
    ...importedBranches(scope, parts, parameters),
  ].map((branch) => branchText(scope, columns, branch, parameters));
  const events = rest && !live ? eventBranches(rest, parts, parameters) : [];
  const sets: { from: string; where: readonly string[] }[] = [
    ...(days.length > 0 && store === 'visits'
      ? [{ from: 'visit_days', where: visitDayConditions(scope, parameters) }]
      : []),
    ...(live ? [{ from: liveVisitDays(rest, scope.dimensions, parameters), where: [] }] : []),
  ];
  return [
    ...branches,
    ...events.map((branch) => branchText(rest ?? scope, columns, branch, parameters)),
    ...sets.map((set) => branchText(scope, columns, visitBranch(scope, set, parameters), parameters)),
  ];
}

/** The same of the days that are not among these; null: there are none. */
export function restOf(scope: Scope, stored: readonly IsoDay[]): Scope | null {
  const known = new Set(stored);
  const rest = daysFrom(scope.days.from, scope.days.to).filter((day) => !known.has(day));
  const [from] = rest;
  const to = rest.at(-1);
  if (from === undefined || to === undefined) return null;
  return { ...scope, days: { from, to }, rolledUp: stored.filter((day) => day > from && day < to) };
}

/** The days of which no single events are needed. */
export function storedDays(scope: Scope, parts: readonly Part[]): readonly IsoDay[] {
  return { sums: summedDays(scope), visits: scope.visitDays, events: [] }[storeOf(scope, parts)];
}

/** From where the days are told that need no single events. */
export function storeOf(scope: Scope, parts: readonly Part[]): 'sums' | 'visits' | 'events' {
  if (canUseRollUps(scope, parts)) return 'sums';
  return canUseVisitDays(scope, parts) ? 'visits' : 'events';
}

function branchText(scope: Scope, { parts, keys }: Columns, branch: Branch, parameters: Parameters): string {
  const columns = keys.map((key) => {
    if (key !== 'bucket') return `toString(${branch.values[Number(key.slice(1))]}) AS ${key}`;
    return `${scope.granularity ? bucketText(branch, scope.granularity, scope, parameters) : "''"} AS bucket`;
  });
  const sums = parts.map((part) => `toUInt64(${branch.sums[part] ?? '0'}) AS s_${part}`);
  const where = branch.where.length > 0 ? ` WHERE ${branch.where.join(' AND ')}` : '';
  return `SELECT ${[...columns, ...sums].join(', ')} FROM ${branch.from}${where} GROUP BY ${keys.join(', ')}`;
}

function bucketText({ hour }: Branch, granularity: Granularity, scope: Scope, parameters: Parameters): string {
  const day = hour === null ? 'day' : dayOf(hour, scope, parameters);
  const texts: Record<Granularity, string> = {
    hour: `toString(toUnixTimestamp(${hour}))`,
    day: `toString(${day})`,
    week: `toString(toMonday(${day}))`,
    month: `toString(toStartOfMonth(${day}))`,
  };
  return texts[granularity];
}
