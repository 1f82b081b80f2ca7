/** Many lists from one pass over days of visits: each list is a grouping set, told apart by which columns it is grouped by. */
import type { Granularity } from './buckets.ts';
import { columnOf } from './conditions.ts';
import type { Part } from './metrics.ts';
import type { Parameters } from './parameters.ts';
import type { Scope } from './scope.ts';
import { VISIT_SUMS } from './visit-branches.ts';

/** Where a list stands in the rows. */
export interface SetPlace {
  /** What `grouping` gives for it. */
  mask: number;
  /** Numbers of columns; null: it is not split by time. */
  bucket: number | null;
  values: readonly number[];
  /** A visit without a view has no exit page: a row with nothing in this column is none. */
  exit: number | null;
}

export interface VisitSets {
  text: string;
  /** Columns before those of the parts; the last of them is what `grouping` gives. */
  width: number;
  /** One for each scope. */
  places: readonly SetPlace[];
}

const BUCKETS: Record<Exclude<Granularity, 'hour'>, string> = {
  day: 'day',
  week: 'toMonday(day)',
  month: 'toStartOfMonth(day)',
};

/** By what the rows of a list are told apart: two with the same cannot share a pass. */
export function splitOf({ granularity, dimensions }: Scope): string {
  return JSON.stringify([granularity, [...dimensions].sort()]);
}

/** `from` has the columns of `visit_days`. */
export function visitSets(
  scopes: readonly Scope[],
  { from, where, parts }: { from: string; where: readonly string[]; parts: readonly Part[] },
  parameters: Parameters,
): VisitSets {
  const expressions: string[] = [];
  const columnFor = (expression: string) => {
    const at = expressions.indexOf(expression);
    return at < 0 ? expressions.push(expression) - 1 : at;
  };
  const sets = scopes.map(({ granularity, dimensions }) => ({
    bucket: granularity && granularity !== 'hour' ? columnFor(BUCKETS[granularity]) : null,
    values: dimensions.map((name) => columnFor(columnOf(name, parameters))),
    exit: dimensions.includes('exitPage') ? columnFor(columnOf('exitPage', parameters)) : null,
  }));
  const names = expressions.map((_, at) => `k${at}`);
  const own = ({ bucket, values }: (typeof sets)[number]) => [...(bucket === null ? [] : [bucket]), ...values];
  const places = sets.map((set) => {
    const ours = own(set);
    return { ...set, mask: names.reduce((bits, _, at) => bits * 2 + (ours.includes(at) ? 0 : 1), 0) };
  });
  const grouped = names.length > 0;
  const columns = [
    ...names,
    `${grouped ? `grouping(${names.join(', ')})` : '0'} AS g`,
    ...parts.map((part) => `${VISIT_SUMS[part] ?? '0'} AS s_${part}`),
  ];
  const inner = ['*', ...expressions.map((expression, at) => `${expression} AS k${at}`)].join(', ');
  const condition = where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '';
  const groups = sets.map(
    (set) =>
      `(${own(set)
        .map((at) => names[at])
        .join(', ')})`,
  );
  return {
    text: `SELECT ${columns.join(', ')}
FROM (SELECT ${inner} FROM ${from}${condition})${grouped ? `\nGROUP BY GROUPING SETS (${groups.join(', ')})` : ''}`,
    width: names.length + 1,
    places,
  };
}
