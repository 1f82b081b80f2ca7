/** What a screen of visits shows, all of it in the address: it can be sent to somebody, and the back button works. */
import type { Filter, Granularity, Ground, MetricName } from '@avow/protocol/staff/visits';
import { HEADLINES } from '../figures/metrics.ts';
import { isDay } from './days.ts';
import { readFilters } from './filter-text.ts';
import { isPeriodName, PERIODS, type PeriodName } from './periods.ts';
import { isZone } from './zones.ts';

const GRANULARITIES = ['hour', 'day', 'week', 'month'] as const satisfies readonly Granularity[];
const COMPARISONS = ['period', 'year', 'none'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export interface VisitsSearch {
  /** Id of a site; without: the whole group. */
  site?: string | undefined;
  period?: PeriodName | undefined;
  from?: string | undefined;
  to?: string | undefined;
  compare?: Comparison | undefined;
  by?: Granularity | undefined;
  show?: MetricName | undefined;
  /** Filters as text. */
  f?: string | undefined;
  segment?: string | undefined;
  bots?: 'in' | 'only' | undefined;
  /** IANA name; without: the zone of the house. */
  zone?: string | undefined;
  view?: 'now' | undefined;
  /** A list, opened in full. */
  list?: string | undefined;
  /** The page whose neighbours are shown. */
  page?: string | undefined;
}

const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((one) => one === value);
const text = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : String(value);

/** From whatever stands in the address; what is not known is left out. */
export function readSearch(raw: Record<string, unknown>): VisitsSearch {
  const own = isDay(raw.from) && isDay(raw.to) && raw.from <= raw.to;
  const search: VisitsSearch = {
    site: text(raw.site),
    period: !own && isPeriodName(raw.period) ? raw.period : undefined,
    from: own ? String(raw.from) : undefined,
    to: own ? String(raw.to) : undefined,
    compare: oneOf(COMPARISONS, raw.compare),
    by: oneOf(GRANULARITIES, raw.by),
    show: oneOf(HEADLINES, raw.show),
    f: text(raw.f),
    segment: text(raw.segment),
    bots: oneOf(['in', 'only'] as const, raw.bots),
    zone: isZone(raw.zone) ? raw.zone : undefined,
    view: oneOf(['now'] as const, raw.view),
    list: text(raw.list),
    page: text(raw.page),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

export const USUAL_PERIOD: PeriodName = '30d';

export function filtersOf({ f = '' }: VisitsSearch): Filter[] {
  return readFilters(f);
}

export function comparisonOf({ compare = 'period' }: VisitsSearch): 'previous period' | 'previous year' | undefined {
  return { period: 'previous period' as const, year: 'previous year' as const, none: undefined }[compare];
}

/** Which visits the screen is about. */
export function groundOf(search: VisitsSearch): Ground {
  const { site, from, to, period = USUAL_PERIOD, segment, bots, zone } = search;
  const filters = filtersOf(search);
  return {
    ...(site !== undefined && { sites: [site] }),
    period: from && to ? { from, to } : PERIODS[period],
    ...(filters.length > 0 && { filters }),
    ...(segment !== undefined && { segment }),
    ...(bots !== undefined && { bots }),
    ...(zone !== undefined && { timeZone: zone }),
  };
}

export type SearchAct = (change: Partial<VisitsSearch>) => void;
