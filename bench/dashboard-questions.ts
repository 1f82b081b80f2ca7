/** What the first screen of a dashboard asks, and the same with filters. */
import type { Filter, NamedPeriod, Panel } from '@avow/protocol/staff/visits';

const SPLIT = ['visitors', 'visits', 'pageViews', 'bounceRate'] satisfies Panel['metrics'];
const by = (dimension: NonNullable<Panel['dimensions']>[number], metrics: Panel['metrics'] = SPLIT): Panel => ({
  metrics,
  dimensions: [dimension],
  limit: 10,
});

export const FIRST_SCREEN: Record<string, Panel> = {
  'headline figures': {
    metrics: ['visitors', 'visits', 'pageViews', 'viewsPerVisit', 'bounceRate', 'visitDuration', 'events'],
    compare: 'previous period',
  },
  'by day': { metrics: ['visitors', 'visits', 'pageViews'], granularity: 'day', compare: 'previous period' },
  pages: by('page', ['visitors', 'pageViews', 'engagedTime', 'scrollDepth']),
  'entry pages': by('entryPage'),
  'exit pages': by('exitPage'),
  sources: by('source'),
  channels: by('channel'),
  campaigns: by('utmCampaign'),
  countries: by('country'),
  languages: by('language'),
  devices: by('device'),
  browsers: by('browser'),
  'operating systems': by('os'),
  'outbound links': by('outbound', ['visitors', 'outboundLinks']),
  downloads: by('download', ['visitors', 'downloads']),
};

const is = (dimension: Filter['dimension'], value: string): Filter => ({ dimension, operator: 'is', values: [value] });

export const FILTERS: Record<string, Filter[]> = {
  'of one page': [is('page', '/p/3')],
  'of one source': [is('source', 'source0.example')],
  'of one country': [is('country', 'AC')],
  'of one country and device': [is('country', 'AC'), is('device', 'mobile')],
};

export const PERIODS = ['last 30 days', 'last 12 months'] as const satisfies readonly NamedPeriod[];
