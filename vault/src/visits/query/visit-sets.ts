/** Many lists from one pass over days of visits: each list is a grouping set. */
import type { Granularity } from './buckets.ts';
import { columnOf } from './conditions.ts';
import type { Part } from './metrics.ts';
import type { Parameters } from './parameters.ts';
import type { Scope } from './scope.ts';
import { VISIT_SUMS } from './visit-branches.ts';

export interface SetMember {
  list: number;
  scope: Scope;
}

const BUCKETS: Record<Exclude<Granularity, 'hour'>, string> = {
  day: 'toString(day)',
  week: 'toString(toMonday(day))',
  month: 'toString(toStartOfMonth(day))',
};

/** By what the rows of a list are told apart: two with the same cannot share a pass. */
export function splitOf({ granularity, dimensions }: Scope): string {
  return JSON.stringify([granularity, [...dimensions].sort()]);
}

/** `from` has the columns of `visit_days`; `keys` and `parts` are the columns that are wanted. */
export function visitSets(
  members: readonly SetMember[],
  {
    from,
    where,
    keys,
    parts,
  }: { from: string; where: readonly string[]; keys: readonly string[]; parts: readonly Part[] },
  parameters: Parameters,
): string {
  const expressions = new Map<string, string>();
  const keyOf = (expression: string) => {
    const known = expressions.get(expression) ?? `k${expressions.size}`;
    expressions.set(expression, known);
    return known;
  };
  const sets = members.map(({ list, scope: { granularity, dimensions } }) => ({
    list,
    bucket: granularity && granularity !== 'hour' ? keyOf(BUCKETS[granularity]) : null,
    values: dimensions.map((name) => keyOf(columnOf(name, parameters))),
    exit: dimensions.includes('exitPage') ? keyOf(columnOf('exitPage', parameters)) : null,
  }));
  const all = [...expressions.values()];
  const columns = all.length === 0 ? [] : [...expressions].map(([expression, key]) => `${expression} AS ${key}`);
  const isSet = (set: (typeof sets)[number]) => {
    const own = [set.bucket, ...set.values];
    const mask = all.reduce((bits, key) => bits * 2 + (own.includes(key) ? 0 : 1), 0);
    return all.length === 0 ? '1' : `grouping(${all.join(', ')}) = ${mask}`;
  };
  const choose = (told: (set: (typeof sets)[number]) => string, otherwise: string) =>
    `multiIf(${sets.map((set) => `${isSet(set)}, ${told(set)}`).join(', ')}, ${otherwise})`;
  const columnsOfKeys = keys.map((key) => {
    if (key === 'list') return `toUInt64(${choose(({ list }) => String(list), '0')}) AS list`;
    if (key === 'bucket') return `${choose(({ bucket }) => bucket ?? "''", "''")} AS bucket`;
    return `${choose(({ values }) => (values[Number(key.slice(1))] ? `toString(${values[Number(key.slice(1))]})` : "''"), "''")} AS ${key}`;
  });
  const sums = parts.map((part) => `toUInt64(${VISIT_SUMS[part] ?? '0'}) AS s_${part}`);
  // A visit without a view has no exit page.
  const exits = sets.flatMap((set) => (set.exit ? [`NOT (${isSet(set)} AND ${set.exit} = '')`] : []));
  const groups = sets.map(({ bucket, values }) => `(${[...(bucket ? [bucket] : []), ...values].join(', ')})`);
  const condition = where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '';
  return `SELECT ${[...columnsOfKeys, ...sums].join(', ')}
    FROM (SELECT *${columns.length > 0 ? `, ${columns.join(', ')}` : ''} FROM ${from}${condition})${
      all.length > 0 ? ` GROUP BY GROUPING SETS (${groups.join(', ')})` : ''
    }${exits.length > 0 ? ` HAVING ${exits.join(' AND ')}` : ''}`;
}
