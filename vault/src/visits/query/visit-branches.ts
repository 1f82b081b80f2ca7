/** What `visit_days` can tell: whole days of the reporting zone, split and filtered by what is the same all through a visit. */
import type { Branch } from './branches.ts';
import { amongDays, columnOf, filterConditions, presenceOf } from './conditions.ts';
import { dimensionOf } from './dimensions.ts';
import type { Part } from './metrics.ts';
import type { Parameters } from './parameters.ts';
import type { Scope } from './scope.ts';

export const VISIT_SUMS: Partial<Record<Part, string>> = {
  views: 'sum(views)',
  visits: 'sum(began)',
  visitors: 'uniqExact(cityHash64(site, day, visitor))',
  visit_starts: 'sum(began)',
  bounces: 'sum(bounce)',
  visit_views: 'sum(visit_views)',
  visit_engaged_ms: 'sum(visit_engaged_ms)',
  engaged_ms: 'sum(engaged_ms)',
  events: 'sum(event)',
  outbound: 'sum(outbound)',
  downloads: 'sum(download)',
  not_found: 'sum(not_found)',
  forms: 'sum(form)',
};

export function canUseVisitDays(scope: Scope, parts: readonly Part[]): boolean {
  const { dimensions, filters, granularity, zone, reportingZone } = scope;
  if (zone !== reportingZone || granularity === 'hour') return false;
  const names = [...dimensions, ...filters.map(({ dimension }) => dimension)];
  return (
    names.every((name) => dimensionOf(name).level === 'visit') && parts.every((part) => VISIT_SUMS[part] !== undefined)
  );
}

/** Which rows of `visit_days`: what is the same all through a visit is so of its days. */
export function visitDayConditions(scope: Scope, parameters: Parameters): string[] {
  const { sites, filters, bots, visitDays } = scope;
  return [
    `site IN ${parameters.add(sites, 'Array(String)')}`,
    amongDays(visitDays, parameters),
    ...(bots === 'in' ? [] : [bots === 'out' ? "bot = ''" : "bot != ''"]),
    ...filterConditions({ ...scope, filters: filters.map((filter) => ({ ...filter, within: 'event' })) }, parameters),
  ];
}

/** One list from a table with the columns of `visit_days`. */
export function visitBranch(
  { dimensions }: Scope,
  { from, where }: { from: string; where: readonly string[] },
  parameters: Parameters,
): Branch {
  return {
    hour: null,
    values: dimensions.map((name) => columnOf(name, parameters)),
    sums: VISIT_SUMS,
    from,
    where: [...where, ...dimensions.flatMap((name) => presenceOf(name, parameters))],
  };
}
