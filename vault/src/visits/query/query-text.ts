/** The query of a question: branches that each give some of the sums, added up. */

import type { IsoDay } from '../../platform/day.ts';
import { daysFrom } from '../reporting-day.ts';
import { type Branch, eventBranches } from './branches.ts';
import type { Granularity } from './buckets.ts';
import { dayOf } from './conditions.ts';
import { PARTS, type Part, partsOf } from './metrics.ts';
import { Parameters } from './parameters.ts';
import { canUseRollUps, importedBranches, rollUpBranches, summedDays } from './roll-up-branches.ts';
import type { Scope } from './scope.ts';
import { canUseVisitDays, visitBranch } from './visit-branches.ts';

export interface QueryText {
  /** As in the comment at its beginning. */
  name: string;
  text: string;
  parameters: Parameters['values'];
}

/**
 * Rows have `bucket` (with a granularity), `d0`, `d1` (the dimensions), and `s_` before the name of each part. Sorted by time, then by the
 * first part.
 */
export function writeQuery(name: string, scope: Scope, options: { parts?: Iterable<Part>; limit: number }): QueryText {
  const parameters = new Parameters();
  const needed = new Set([...partsOf(scope.metrics), ...(options.parts ?? [])]);
  const parts = PARTS.filter((part) => needed.has(part));
  const branches = branchesOf(scope, parts, parameters).map((branch) => branchText(scope, parts, branch, parameters));
  const keys = keysOf(scope);
  const sums = parts.map((part) => `sum(s_${part}) AS s_${part}`);
  const order = [...(scope.granularity ? ['bucket'] : []), `s_${parts[0]} DESC`, ...keys];
  const lines = [
    `/* visits.${name} */`,
    `SELECT ${[...keys, ...sums].join(', ')}`,
    `FROM (\n${branches.join('\nUNION ALL\n')}\n)`,
    ...(keys.length > 0 ? [`GROUP BY ${keys.join(', ')}`, `ORDER BY ${order.join(', ')}`] : []),
    `LIMIT ${parameters.add(options.limit, 'UInt32')}`,
  ];
  return { name: `visits.${name}`, text: lines.join('\n'), parameters: parameters.values };
}

function keysOf({ dimensions, granularity }: Scope): string[] {
  return [...(granularity ? ['bucket'] : []), ...dimensions.map((_, index) => `d${index}`)];
}

function branchesOf(scope: Scope, parts: readonly Part[], parameters: Parameters): Branch[] {
  const { days: rolledUp, branches: stored } = storedBranches(scope, parts, parameters);
  const rest = daysFrom(scope.days.from, scope.days.to).filter((day) => !rolledUp.includes(day));
  const [from] = rest;
  const to = rest.at(-1);
  const branches = [...stored, ...importedBranches(scope, parts, parameters)];
  if (from === undefined || to === undefined) return branches;
  const between = rolledUp.filter((day) => day > from && day < to);
  return [...branches, ...eventBranches({ ...scope, days: { from, to }, rolledUp: between }, parts, parameters)];
}

/** What can be had from roll-ups, and the days of which it is. */
function storedBranches(
  scope: Scope,
  parts: readonly Part[],
  parameters: Parameters,
): { days: readonly IsoDay[]; branches: Branch[] } {
  if (canUseRollUps(scope, parts)) {
    const days = summedDays(scope);
    return { days, branches: days.length > 0 ? rollUpBranches(scope, parts, parameters) : [] };
  }
  if (scope.visitDays.length === 0 || !canUseVisitDays(scope, parts)) return { days: [], branches: [] };
  return { days: scope.visitDays, branches: [visitBranch(scope, parameters)] };
}

function branchText(scope: Scope, parts: readonly Part[], branch: Branch, parameters: Parameters): string {
  const columns = [
    ...(scope.granularity ? [`${bucketText(branch, scope.granularity, scope, parameters)} AS bucket`] : []),
    ...branch.values.map((value, index) => `toString(${value}) AS d${index}`),
  ];
  const sums = parts.map((part) => `toUInt64(${branch.sums[part] ?? '0'}) AS s_${part}`);
  const where = branch.where.length > 0 ? ` WHERE ${branch.where.join(' AND ')}` : '';
  const keys = keysOf(scope);
  const group = keys.length > 0 ? ` GROUP BY ${keys.join(', ')}` : '';
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
