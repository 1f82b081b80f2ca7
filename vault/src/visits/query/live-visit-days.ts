/** Rows as `visit_days` has them, of days that are not rolled up yet, made from the events: once for all that is asked of them. */
import { amongDays, dayRange, eventConditions, filterConditions } from './conditions.ts';
import { DIMENSIONS } from './dimensions.ts';
import { BOUNCE_BELOW_MS } from './metrics.ts';
import type { Parameters } from './parameters.ts';
import type { AnyDimension } from './question.ts';
import type { Scope } from './scope.ts';

const KINDS = { event: 'event', outbound: 'outbound', download: 'download', not_found: 'not-found', form: 'form' };

/** Columns of events that a dimension is made of; null: it is made of all events of the visit. */
function columnsOf(name: AnyDimension): string[] | null {
  if (name === 'exitPage') return null;
  if (name === 'site') return [];
  if (name === 'browserVersion') return ['browser', 'browser_version'];
  if (name === 'osVersion') return ['os', 'os_version'];
  return [DIMENSIONS[name as keyof typeof DIMENSIONS].column];
}

/** A subquery with the days of `scope.days` that are not among the rolled-up; filters and dimensions are those of whole visits. */
export function liveVisitDays(scope: Scope, dimensions: readonly AnyDimension[], parameters: Parameters): string {
  const { filters, days, rolledUp } = scope;
  const ofExit = filters.filter(({ dimension }) => dimension === 'exitPage');
  const names = [...dimensions, ...filters.map(({ dimension }) => dimension)];
  const exits = names.includes('exitPage');
  const columns = [...new Set(names.flatMap((name) => columnsOf(name) ?? []))];
  const where = [
    ...dayRange(scope, parameters),
    ...filterConditions(
      {
        ...scope,
        filters: filters.filter((one) => !ofExit.includes(one)).map((one) => ({ ...one, within: 'event' })),
      },
      parameters,
    ),
  ];
  const kinds = Object.keys(KINDS);
  const counts = Object.entries(KINDS).map(([name, kind]) => `countIf(kind = '${kind}') AS ${name}`);
  const outside = [
    `part.1 BETWEEN ${parameters.add(days.from, 'Date')} AND ${parameters.add(days.to, 'Date')}`,
    ...(rolledUp.length > 0 ? [`NOT (${amongDays(rolledUp, parameters, 'part.1')})`] : []),
    ...ofExit.flatMap((filter) => eventConditions(filter, parameters)),
  ];
  return `(SELECT site, part.1 AS day, who AS visitor, part.2 AS began, part.3 AS views, part.4 AS engaged_ms,
      ${kinds.map((name, at) => `part.${at + 5} AS ${name}`).join(', ')},
      began AND all_views = 1 AND all_engaged < ${parameters.add(BOUNCE_BELOW_MS, 'UInt32')} AND all_acts = 0 AS bounce,
      if(began, all_views, 0) AS visit_views, if(began, all_engaged, 0) AS visit_engaged_ms
      ${[...columns.map((name) => `, of_${name} AS ${name}`), exits ? ', last_page AS exit_path' : ''].join('')}
    FROM (
      SELECT site, visit, any(id) AS who, groupArray((day, first, seen, engaged, ${kinds.join(', ')})) AS parts,
        sum(seen) AS all_views, sum(engaged) AS all_engaged, sum(${kinds.join(' + ')}) AS all_acts
        ${[...columns.map((name) => `, any(its_${name}) AS of_${name}`), exits ? ', argMaxIf(last_seen, day, seen > 0) AS last_page' : ''].join('')}
      FROM (
        SELECT site, day, visit, any(visitor) AS id, max(first_in_visit) AS first, countIf(kind = 'view') AS seen, sum(engaged_ms) AS engaged,
          ${counts.join(', ')}
          ${[...columns.map((name) => `, any(${name}) AS its_${name}`), exits ? ", argMaxIf(path, seq, kind = 'view') AS last_seen" : ''].join('')}
        FROM visit_events WHERE ${where.join(' AND ')} GROUP BY site, day, visit
      ) GROUP BY site, visit
    ) ARRAY JOIN parts AS part WHERE ${outside.join(' AND ')})`;
}
