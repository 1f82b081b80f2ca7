/** The query of some sums: branches that each give some of them, added up. Several lists of sums travel in one query, each with its number. */
import type { IsoDay } from '../../platform/day.ts';
import { daysFrom } from '../reporting-day.ts';
import { type Branch, eventBranches } from './branches.ts';
import type { Granularity } from './buckets.ts';
import { dayOf } from './conditions.ts';
import { PARTS, type Part } from './metrics.ts';
import { Parameters } from './parameters.ts';
import { canUseRollUps, importedBranches, rollUpBranches, summedDays } from './roll-up-branches.ts';
import type { Scope } from './scope.ts';
import { canUseVisitDays, visitBranch } from './visit-branches.ts';

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
  parameters: Parameters['values'];
}

/**
 * Rows have `list` (the number among the wanted), `bucket` (empty without a granularity), `d0`, `d1` (empty without dimensions), and `s_` before
 * the name of each part. Of each list sorted by time, then by its first part.
 */
export function writeQuery(wanted: readonly Wanted[]): QueryText {
  const parameters = new Parameters();
  const all = new Set(wanted.flatMap(({ parts }) => parts));
  const parts = PARTS.filter((part) => all.has(part));
  const timed = wanted.some(({ scope }) => scope.granularity);
  const width = Math.max(...wanted.map(({ scope }) => scope.dimensions.length));
  const keys = ['list', ...(timed ? ['bucket'] : []), ...Array.from({ length: width }, (_, index) => `d${index}`)];
  const branches = wanted.flatMap((one, list) =>
    branchesOf(one.scope, one.parts, parameters).map((branch) =>
      branchText(one.scope, { parts, keys, list, wanted: one.parts }, branch, parameters),
    ),
  );
  const name = `visits.${[...new Set(wanted.map((one) => one.name))].join('+')}`;
  const first = wanted.map(({ parts: [part] }, list) => `list = ${list}, s_${part}`).join(', ');
  const limits = wanted.map(({ limit }) => limit);
  const lines = [
    `/* ${name} */`,
    `SELECT ${[...keys, ...parts.map((part) => `sum(s_${part}) AS s_${part}`)].join(', ')}`,
    `FROM (\n${branches.join('\nUNION ALL\n')}\n)`,
    `GROUP BY ${keys.join(', ')}`,
    `ORDER BY ${['list', ...(timed ? ['bucket'] : []), `multiIf(${first}, 0) DESC`, ...keys.slice(timed ? 2 : 1)].join(', ')}`,
    `LIMIT ${parameters.add(Math.max(...limits), 'UInt32')} BY list`,
  ];
  return { name, text: lines.join('\n'), parameters: parameters.values };
}

function branchesOf(scope: Scope, parts: readonly Part[], parameters: Parameters): Branch[] {
  const { days: stored, branches } = storedBranches(scope, parts, parameters);
  const rest = daysFrom(scope.days.from, scope.days.to).filter((day) => !stored.includes(day));
  const [from] = rest;
  const to = rest.at(-1);
  const known = [...branches, ...importedBranches(scope, parts, parameters)];
  if (from === undefined || to === undefined) return known;
  const between = stored.filter((day) => day > from && day < to);
  return [...known, ...eventBranches({ ...scope, days: { from, to }, rolledUp: between }, parts, parameters)];
}

/** From where the days are told that need no single events. */
export function storeOf(scope: Scope, parts: readonly Part[]): 'sums' | 'visits' | 'events' {
  if (canUseRollUps(scope, parts)) return 'sums';
  return canUseVisitDays(scope, parts) ? 'visits' : 'events';
}

/** What can be had from there, and the days of which it is. */
function storedBranches(
  scope: Scope,
  parts: readonly Part[],
  parameters: Parameters,
): { days: readonly IsoDay[]; branches: Branch[] } {
  const store = storeOf(scope, parts);
  const days = { sums: summedDays(scope), visits: scope.visitDays, events: [] }[store];
  if (days.length === 0) return { days, branches: [] };
  return {
    days,
    branches: store === 'sums' ? rollUpBranches(scope, parts, parameters) : [visitBranch(scope, parameters)],
  };
}

interface Columns {
  parts: readonly Part[];
  keys: readonly string[];
  list: number;
  /** Those among the parts that this list has. */
  wanted: readonly Part[];
}

function branchText(
  scope: Scope,
  { parts, keys, list, wanted }: Columns,
  branch: Branch,
  parameters: Parameters,
): string {
  const values = branch.values.map((value) => `toString(${value})`);
  const columns = keys.map((key) => {
    if (key === 'list') return `${list} AS list`;
    if (key === 'bucket') {
      return `${scope.granularity ? bucketText(branch, scope.granularity, scope, parameters) : "''"} AS bucket`;
    }
    return `${values[Number(key.slice(1))] ?? "''"} AS ${key}`;
  });
  const sums = parts.map((part) => `toUInt64(${(wanted.includes(part) && branch.sums[part]) || '0'}) AS s_${part}`);
  const where = branch.where.length > 0 ? ` WHERE ${branch.where.join(' AND ')}` : '';
  const own = [...(scope.granularity ? ['bucket'] : []), ...branch.values.map((_, index) => `d${index}`)];
  const group = own.length > 0 ? ` GROUP BY ${own.join(', ')}` : '';
  return `SELECT ${[...columns, ...sums].join(', ')} FROM ${branch.from}${where}${group}`;
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
