/** A question brought down to what a query needs: no names of periods, no defaults, one time zone. */
import { keptAddress } from '@avow/protocol/readable-address';
import type { IsoDay } from '../../platform/day.ts';
import type { Granularity } from './buckets.ts';
import { dimensionOf } from './dimensions.ts';
import type { MetricName } from './metrics.ts';
import type { Days } from './period.ts';
import type { AnyDimension, Filter, Ground, Question } from './question.ts';

export interface Scope {
  sites: readonly string[];
  days: Days;
  /** Days, in order, of which the sums can be asked; of the others the events are. */
  rolledUp: readonly IsoDay[];
  /** Those of them of which the sums have exit pages. */
  wholeDays: readonly IsoDay[];
  /** Those of them of which `visit_days` has every visit. */
  visitDays: readonly IsoDay[];
  /** How often each day was rolled up. */
  builds: ReadonlyMap<IsoDay, number>;
  /** Sums that another program counted are there for some of the days: added where roll-ups can answer. */
  imported: boolean;
  zone: string;
  /** The zone in which `day` of every event is told. */
  reportingZone: string;
  metrics: readonly MetricName[];
  dimensions: readonly AnyDimension[];
  granularity: Granularity | null;
  filters: readonly Filter[];
  bots: Question['bots'];
}

/** The visits of a question, nothing yet asked of them. */
export function groundScope(
  { sites, reportingZone }: { sites: readonly string[]; reportingZone: string },
  { filters, bots, timeZone, ...ground }: Omit<Ground, 'segment'>,
  days: Days,
): Scope {
  return {
    sites: sites.filter((site) => ground.sites?.includes(site) ?? true),
    days,
    rolledUp: [],
    wholeDays: [],
    visitDays: [],
    builds: new Map(),
    imported: false,
    zone: timeZone ?? reportingZone,
    reportingZone,
    metrics: [],
    dimensions: [],
    granularity: null,
    filters: filters.map(asKept),
    bots,
  };
}

const ADDRESSES: ReadonlySet<AnyDimension> = new Set<AnyDimension>([
  'page',
  'entryPage',
  'exitPage',
  'notFound',
  'download',
  'outbound',
  'referrer',
]);

/** Addresses may be written as people read them; what came from elsewhere may be kept so, too. */
export function asKept<Step extends Pick<Filter, 'dimension' | 'values'>>(step: Step): Step {
  return ADDRESSES.has(step.dimension) ? { ...step, values: bothWays(step.values) } : step;
}

/**
 * By what a visit is counted: as a whole; by views of pages, where pages are split or filtered; by single events, where those are. So the
 * row of a page in a list and the same page as a filter give the same figure.
 */
export type CountedBy = 'visit' | 'page' | 'event';

export function countedBy({ dimensions, filters }: Pick<Scope, 'dimensions' | 'filters'>): CountedBy {
  const levels = [
    ...dimensions.map((name) => dimensionOf(name).level),
    ...filters.filter(({ within }) => within !== 'visit').map(({ dimension }) => dimensionOf(dimension).level),
  ];
  if (levels.includes('event')) return 'event';
  return levels.includes('page') ? 'page' : 'visit';
}

/** The flag that marks the one event by which a visit is counted; null where the flags of the events cannot tell. */
export function countingFlag({ dimensions, filters }: Scope): 'first_in_visit' | 'first_of_path' | null {
  const split = countedBy({ dimensions, filters: [] });
  if (split === 'event') return null;
  const ofParts = filters.filter(
    ({ within, dimension }) => within !== 'visit' && dimensionOf(dimension).level !== 'visit',
  );
  const [one, more] = ofParts;
  // Of a single page, every visit has one first view.
  const ofOnePage = one?.dimension === 'page' && one.operator === 'is' && one.values.length === 1 && more === undefined;
  if (ofOnePage) return 'first_of_path';
  if (ofParts.length > 0) return null;
  return split === 'page' ? 'first_of_path' : 'first_in_visit';
}

export function bothWays(addresses: readonly string[]): string[] {
  return [...new Set(addresses.flatMap((address) => [address, keptAddress(address)]))];
}
