/** Every list of the screens: by what it splits, what it counts, and in which panel it stands. */
import type { DimensionName, MetricName, Panel } from '@avow/protocol/staff/visits';
import type { texts } from '../texts.ts';

type Say = ReturnType<typeof texts.useTexts>;

export interface List {
  id: string;
  /** The panel it stands in. */
  panel: 'sources' | 'pages' | 'places' | 'devices' | 'acts';
  label(say: Say): string;
  dimension: DimensionName;
  /** The figure by which it is ordered, and the one more that is shown when there is room. */
  metric: MetricName;
  /** Shown in full lists. */
  metrics: readonly MetricName[];
  /** Rows without a value say nothing here: most visits have no campaign. */
  hideUnknown?: boolean;
}

const OF_VISITS = ['visitors', 'visits', 'pageViews', 'bounceRate', 'visitDuration'] as const;
const OF_PAGES = ['visitors', 'visits', 'pageViews', 'engagedTime', 'scrollDepth'] as const;

const ofVisits = (panel: List['panel'], id: DimensionName, label: List['label'], more: Partial<List> = {}): List => ({
  id,
  panel,
  label,
  dimension: id,
  metric: 'visitors',
  metrics: OF_VISITS,
  ...more,
});
const ofActs = (id: DimensionName, label: List['label'], metric: MetricName): List => ({
  id,
  panel: 'acts',
  label,
  dimension: id,
  metric,
  metrics: [metric, 'visitors', 'visits'],
});
const ofCampaigns = (id: DimensionName): List =>
  ofVisits('sources', id, (say) => say.dimension[id], { hideUnknown: true });

export const SOURCES = [
  ofVisits('sources', 'channel', ({ list }) => list.channels),
  ofVisits('sources', 'source', ({ list }) => list.sourceNames),
  ofVisits('sources', 'referrer', ({ list }) => list.referrers, { hideUnknown: true }),
] as const;
export const CAMPAIGNS = [
  ofCampaigns('utmCampaign'),
  ofCampaigns('utmSource'),
  ofCampaigns('utmMedium'),
  ofCampaigns('utmContent'),
  ofCampaigns('utmTerm'),
] as const;
export const PAGES = [
  ofVisits('pages', 'page', ({ list }) => list.topPages, { metrics: OF_PAGES }),
  ofVisits('pages', 'entryPage', ({ list }) => list.entry, { metric: 'visits' }),
  ofVisits('pages', 'exitPage', ({ list }) => list.exit, {
    metric: 'visits',
    metrics: ['visits', 'visitors', 'pageViews'],
  }),
] as const;
export const PLACES = [
  ofVisits('places', 'country', ({ list }) => list.countries),
  ofVisits('places', 'language', ({ list }) => list.languages),
] as const;
export const DEVICES = [
  ofVisits('devices', 'browser', ({ list }) => list.browsers),
  ofVisits('devices', 'os', ({ list }) => list.systems),
  ofVisits('devices', 'device', ({ list }) => list.deviceKinds),
] as const;
/** Shown in place of browsers and systems where one of them is chosen. */
export const VERSIONS: Partial<Record<DimensionName, List>> = {
  browser: ofVisits('devices', 'browserVersion', (say) => say.dimension.browserVersion),
  os: ofVisits('devices', 'osVersion', (say) => say.dimension.osVersion),
};
export const EVENTS = ofActs('event', ({ list }) => list.events, 'events');
export const ACTS = [
  ofActs('outbound', ({ list }) => list.outbound, 'outboundLinks'),
  ofActs('download', ({ list }) => list.downloads, 'downloads'),
  ofActs('notFound', ({ list }) => list.notFound, 'notFoundPages'),
  ofActs('form', ({ list }) => list.forms, 'formsSent'),
] as const;

const ALL: readonly List[] = [
  ...SOURCES,
  ...CAMPAIGNS,
  ...PAGES,
  ...PLACES,
  ...DEVICES,
  EVENTS,
  ...ACTS,
  ...Object.values(VERSIONS),
];

export function findList(id: string | undefined): List | undefined {
  return ALL.find((list) => list.id === id);
}

export const ROWS = 9;

/** The short list of a panel. One row more than shown tells whether there is more; another stands in for the row without a value. */
export function shortPanel({ dimension, metric, hideUnknown = false }: List): Panel {
  return { metrics: [metric], dimensions: [dimension], limit: ROWS + (hideUnknown ? 2 : 1) };
}
