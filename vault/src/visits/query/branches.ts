/**
 * The parts of a query over single events. Each gives some of the sums: `events` in one pass; `visits` looks for the event by which a visit
 * is counted, where no flag marks it; `starts` has the facts of whole visits; `scroll` the greatest depth of each page in each visit.
 */
import {
  BOTH_NEIGHBOURS,
  columnOf,
  eventsOf,
  filterConditions,
  groundOf,
  presenceOf,
  withinDays,
} from './conditions.ts';
import { BOUNCE_BELOW_MS, type Part } from './metrics.ts';
import type { Parameters } from './parameters.ts';
import { countedBy, countingFlag, type Scope } from './scope.ts';

export interface Branch {
  /** Column that holds the hour by which rows are put into buckets; null: only the day is known, in the column `day`. */
  hour: string | null;
  values: readonly string[];
  sums: Partial<Record<Part, string>>;
  from: string;
  where: readonly string[];
}

const START_PARTS: readonly Part[] = ['visit_starts', 'bounces', 'visit_views', 'visit_engaged_ms'];

/** What is told of pages within visits. */
export function isScrollPart(part: Part): boolean {
  return part === 'scroll_percent' || part === 'scrolled_pages';
}

export function eventBranches(scope: Scope, parts: readonly Part[], parameters: Parameters): Branch[] {
  const branches = [eventBranch(scope, parameters)];
  if (parts.includes('visits') && !countingFlag(scope)) branches.push(visitBranch(scope, parameters));
  if (START_PARTS.some((part) => parts.includes(part))) branches.push(startBranch(scope, parameters));
  if (parts.includes('scroll_percent')) branches.push(scrollBranch(scope, parameters));
  return branches;
}

function matching(scope: Scope, parameters: Parameters): string[] {
  return [
    ...filterConditions(scope, parameters),
    ...scope.dimensions.flatMap((dimension) => presenceOf(dimension, parameters)),
  ];
}

/** By which events visits are found: those that match, of pages only their views. */
function counting(scope: Scope, parameters: Parameters): string[] {
  return [...matching(scope, parameters), ...(countedBy(scope) === 'page' ? ["kind = 'view'"] : [])];
}

function valuesOf(scope: Scope, parameters: Parameters): string[] {
  return scope.dimensions.map((dimension) => columnOf(dimension, parameters));
}

function eventBranch(scope: Scope, parameters: Parameters): Branch {
  const flag = countingFlag(scope);
  return {
    hour: 'hour',
    values: valuesOf(scope, parameters),
    sums: {
      views: "countIf(kind = 'view')",
      ...(flag && { visits: `countIf(${flag} = 1)` }),
      // Of a hash in 64 bits, because sets of tuples are slow; two visitors in a million million share one.
      visitors: 'uniqExact(cityHash64(site, day, visitor))',
      engaged_ms: 'sum(engaged_ms)',
      events: "countIf(kind = 'event')",
      outbound: "countIf(kind = 'outbound')",
      downloads: "countIf(kind = 'download')",
      not_found: "countIf(kind = 'not-found')",
      forms: "countIf(kind = 'form')",
    },
    from: eventsOf(scope, parameters),
    where: [
      ...groundOf(scope, parameters, { before: 0, after: 0 }),
      withinDays('hour', scope, parameters),
      ...matching(scope, parameters),
    ],
  };
}

/** Inner values are named `v0`, `v1`, because a column and its name in the answer would be taken for each other. */
function grouped(
  scope: Scope,
  parameters: Parameters,
  keys: readonly string[],
  more: string,
  where: readonly string[],
): string {
  const values = valuesOf(scope, parameters).map((value, index) => `${value} AS v${index}`);
  const names = scope.dimensions.map((_, index) => `v${index}`);
  const columns = [...keys, ...values, ...(more ? [more] : [])].join(', ');
  return `(SELECT ${columns} FROM ${eventsOf(scope, parameters)} WHERE ${where.join(' AND ')} GROUP BY ${[...keys, ...names].join(', ')})`;
}

const innerValues = ({ dimensions }: Scope) => dimensions.map((_, index) => `v${index}`);

function visitBranch(scope: Scope, parameters: Parameters): Branch {
  const where = [...groundOf(scope, parameters, { before: 1, after: 0 }), ...counting(scope, parameters)];
  return {
    hour: 'counted_hour',
    values: innerValues(scope),
    sums: { visits: 'count()' },
    from: grouped(scope, parameters, ['site', 'visit'], 'argMin(hour, seq) AS counted_hour', where),
    where: [withinDays('counted_hour', scope, parameters)],
  };
}

function startBranch(scope: Scope, parameters: Parameters): Branch {
  const ground = groundOf(scope, parameters, BOTH_NEIGHBOURS);
  const wanted = [...ground, ...counting(scope, parameters)].join(' AND ');
  // Of few visits the facts are looked up; of most, they are gathered.
  const chosen =
    scope.filters.length > 0 ? ` AND visit IN (SELECT visit FROM ${eventsOf(scope, parameters)} WHERE ${wanted})` : '';
  const facts = `(SELECT site, visit, argMin(hour, seq) AS first_hour, countIf(kind = 'view') AS seen, sum(engaged_ms) AS engaged,
    countIf(kind NOT IN ('view', 'engagement')) AS acts
    FROM visit_events WHERE ${ground.join(' AND ')}${chosen} GROUP BY site, visit)`;
  const found = grouped(scope, parameters, ['site', 'visit'], '', [...ground, ...counting(scope, parameters)]);
  return {
    hour: 'first_hour',
    values: innerValues(scope),
    sums: {
      visit_starts: 'count()',
      bounces: `countIf(seen = 1 AND engaged < ${parameters.add(BOUNCE_BELOW_MS, 'UInt32')} AND acts = 0)`,
      visit_views: 'sum(seen)',
      visit_engaged_ms: 'sum(engaged)',
    },
    from: `${found} AS found INNER JOIN ${facts} AS facts USING (site, visit)`,
    where: [withinDays('first_hour', scope, parameters)],
  };
}

function scrollBranch(scope: Scope, parameters: Parameters): Branch {
  const where = [
    ...groundOf(scope, parameters, BOTH_NEIGHBOURS),
    ...matching(scope, parameters),
    "kind = 'engagement'",
  ];
  const more = 'argMin(hour, seq) AS counted_hour, max(scroll_percent) AS depth';
  return {
    hour: 'counted_hour',
    values: innerValues(scope),
    sums: { scroll_percent: 'sum(depth)', scrolled_pages: 'count()' },
    from: grouped(scope, parameters, ['site', 'visit', 'path'], more, where),
    where: [withinDays('counted_hour', scope, parameters)],
  };
}
