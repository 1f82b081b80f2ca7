/** The part of a query over `visit_days`: whole days of the reporting zone, split and filtered by what is the same all through a visit. */
import type { Branch } from './branches.ts';
import { amongDays, columnOf, filterConditions, presenceOf } from './conditions.ts';
import { dimensionOf } from './dimensions.ts';
import type { Part } from './metrics.ts';
import type { Parameters } from './parameters.ts';
import type { Scope } from './scope.ts';

const SUMS: Partial<Record<Part, string>> = {
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
  return names.every((name) => dimensionOf(name).level === 'visit') && parts.every((part) => SUMS[part] !== undefined);
}

export function visitBranch(scope: Scope, parameters: Parameters): Branch {
  const { sites, dimensions, filters, bots, visitDays } = scope;
  return {
    hour: null,
    values: dimensions.map((name) => columnOf(name, parameters)),
    sums: SUMS,
    from: 'visit_days',
    where: [
      `site IN ${parameters.add(sites, 'Array(String)')}`,
      amongDays(visitDays, parameters),
      ...(bots === 'in' ? [] : [bots === 'out' ? "bot = ''" : "bot != ''"]),
      // What is the same all through a visit is so of its days.
      ...filterConditions({ ...scope, filters: filters.map((filter) => ({ ...filter, within: 'event' })) }, parameters),
      ...dimensions.flatMap((name) => presenceOf(name, parameters)),
    ],
  };
}
