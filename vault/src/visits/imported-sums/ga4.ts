/**
 * CSV exports of Google Analytics 4: of an exploration, or of the Data API with its own names of columns. Needed are the dimension Date and at
 * most one more; a report without days tells only sums of its whole period, which belong to no day.
 */
import countries from 'i18n-iso-countries';
import {
  type Cells,
  type Measure,
  plainAddress,
  plainPath,
  plainValue,
  type ReadRow,
  type ReadSums,
  readDay,
  readFigure,
  type SumDimension,
} from './sum-row.ts';

interface Split {
  dimension: SumDimension;
  value(text: string): string;
}

/** What GA4 writes where it does not know. */
const UNKNOWN = /^\((not set|none|direct|not provided|data not available|other)\)$/i;
const known = (text: string): string => (UNKNOWN.test(text) ? '' : text);
const as = (dimension: SumDimension, value: (text: string) => string = (text) => plainValue(known(text))): Split => ({
  dimension,
  value,
});

const pathOf = (text: string): string => (known(text) === '' ? '' : plainPath(text.replace(/^[a-z]+:\/\/[^/]*/i, '')));
const countryOf = (text: string): string =>
  /^[A-Z]{2}$/.test(text) ? text : (countries.getAlpha2Code(known(text), 'en') ?? '');
const SYSTEMS: Record<string, string> = { Macintosh: 'macOS', 'Mac OS': 'macOS', 'Mac OS X': 'macOS' };
const DEVICES = ['desktop', 'mobile', 'tablet'];

const LANGUAGES = new Map(
  'ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv th tr uk vi zh'
    .split(' ')
    .map((code) => [new Intl.DisplayNames('en', { type: 'language' }).of(code)?.toLowerCase() ?? code, code]),
);
const languageOf = (text: string): string => {
  const named = LANGUAGES.get(text.toLowerCase());
  return named ?? /^([a-z]{2,3})([-_]|$)/i.exec(text)?.[1]?.toLowerCase() ?? '';
};

const CHANNELS: Record<string, string> = {
  direct: 'direct',
  'organic search': 'search',
  'organic social': 'social',
  'organic video': 'social',
  'ai assistant': 'ai-assistant',
  'ai assistants': 'ai-assistant',
  referral: 'referral',
  email: 'mail',
  'paid search': 'paid',
  'paid social': 'paid',
  'paid video': 'paid',
  'paid other': 'paid',
  'cross-network': 'paid',
  display: 'paid',
};

/** Of the screens, and of the Data API. */
const SPLITS: Record<string, Split> = {
  'page path': as('page', pathOf),
  'page path and screen class': as('page', pathOf),
  'page path + query string': as('page', pathOf),
  'page location': as('page', pathOf),
  pagepath: as('page', pathOf),
  pagepathplusquerystring: as('page', pathOf),
  'landing page': as('entry', pathOf),
  'landing page + query string': as('entry', pathOf),
  landingpage: as('entry', pathOf),
  landingpageplusquerystring: as('entry', pathOf),
  'session source': as('source'),
  sessionsource: as('source'),
  'page referrer': as('referrer', (text) => plainAddress(known(text))),
  pagereferrer: as('referrer', (text) => plainAddress(known(text))),
  'session default channel group': as('channel', (text) => CHANNELS[text.toLowerCase()] ?? 'campaign'),
  sessiondefaultchannelgroup: as('channel', (text) => CHANNELS[text.toLowerCase()] ?? 'campaign'),
  'session medium': as('utm_medium'),
  sessionmedium: as('utm_medium'),
  'session campaign': as('utm_campaign'),
  sessioncampaignname: as('utm_campaign'),
  'session manual ad content': as('utm_content'),
  sessionmanualadcontent: as('utm_content'),
  'session manual term': as('utm_term'),
  sessionmanualterm: as('utm_term'),
  country: as('country', countryOf),
  'country id': as('country', countryOf),
  countryid: as('country', countryOf),
  language: as('language', languageOf),
  'language code': as('language', languageOf),
  languagecode: as('language', languageOf),
  'device category': as('device', (text) => (DEVICES.includes(text.toLowerCase()) ? text.toLowerCase() : 'other')),
  devicecategory: as('device', (text) => (DEVICES.includes(text.toLowerCase()) ? text.toLowerCase() : 'other')),
  browser: as('browser'),
  'operating system': as('os', (text) => plainValue(SYSTEMS[text] ?? known(text))),
  operatingsystem: as('os', (text) => plainValue(SYSTEMS[text] ?? known(text))),
  'event name': as('event'),
  eventname: as('event'),
};

/** The first of these columns that is there. */
const FIGURES = {
  views: ['views', 'screenpageviews'],
  visits: ['sessions'],
  visitors: ['total users', 'totalusers', 'active users', 'activeusers', 'users'],
  engaged: ['engaged sessions', 'engagedsessions'],
  bounceRate: ['bounce rate', 'bouncerate'],
  seconds: ['user engagement', 'userengagementduration'],
  events: ['event count', 'eventcount'],
} as const;

/** GA4 counts these by itself; they are page views, visits and the like, and counted as such here. */
const AUTOMATIC = new Set(['page_view', 'session_start', 'first_visit', 'user_engagement', 'scroll', 'first_open']);
const DATE = ['date', 'date (yyyymmdd)'];

/** Null if the columns have no day, no figure that is known, or more than one dimension that is. */
export function readGa4(columns: readonly string[]): ReadSums | null {
  const byName = new Map(columns.map((column) => [column.toLowerCase(), column]));
  const date = DATE.map((name) => byName.get(name)).find((column) => column !== undefined);
  const columnOf = (figure: keyof typeof FIGURES) =>
    FIGURES[figure].map((name) => byName.get(name)).find((column) => column !== undefined);
  const figures = Object.keys(FIGURES) as (keyof typeof FIGURES)[];
  const told = figures.filter((figure) => columnOf(figure) !== undefined);
  const splits = [...byName].filter(([name]) => Object.hasOwn(SPLITS, name));
  const others = [...byName.keys()].filter(
    (name) => name !== '' && !DATE.includes(name) && !Object.hasOwn(SPLITS, name) && !isFigure(name),
  );
  if (date === undefined || told.length === 0 || splits.length > 1 || others.length > 0) return null;
  const [name = '', column = ''] = splits[0] ?? [];
  const split = SPLITS[name] ?? as('total', () => '');
  return (cells) => readRow(cells, { date, column, split, columnOf });
}

/** Any metric of GA4 may stand in the file; of those that are not used nothing is read. */
function isFigure(name: string): boolean {
  return (
    Object.values(FIGURES).some((names) => (names as readonly string[]).includes(name)) ||
    /(users|sessions|views|count|rate|events?|revenue|conversions|duration|per (user|session|active user)|time|engagement|purchases?|value|stickiness|churn|ltv|dau|wau|mau)\b/i.test(
      name,
    )
  );
}

function readRow(
  cells: Cells,
  shape: {
    date: string;
    column: string;
    split: Split;
    columnOf(figure: keyof typeof FIGURES): string | undefined;
  },
): ReadRow {
  const { date, column, split, columnOf } = shape;
  // An exploration begins with a line of grand totals, without a day.
  if (cells(date) === '' || /^(grand )?total/i.test(cells(date))) return { skipped: 'total' };
  const day = readDay(cells(date));
  if (day === null) return { broken: 'bad date' };
  const figure = (name: keyof typeof FIGURES) => readFigure(cells(columnOf(name) ?? ''));
  const [views, visits, visitors, engaged, rate, seconds, events] = [
    figure('views'),
    figure('visits'),
    figure('visitors'),
    figure('engaged'),
    figure('bounceRate'),
    figure('seconds'),
    figure('events'),
  ];
  if ([views, visits, visitors, engaged, rate, seconds, events].includes(null)) return { broken: 'bad number' };
  const text = cells(column);
  const { dimension } = split;
  if (dimension === 'event') {
    if (AUTOMATIC.has(text)) return { skipped: 'not collected' };
    const of: Partial<Record<Measure, number>> = { events: events ?? 0, visits: visits ?? 0, visitors: visitors ?? 0 };
    return [{ dimension, day, value: split.value(text), measures: of }];
  }
  const bounces = columnOf('engaged') ? Math.max(0, (visits ?? 0) - (engaged ?? 0)) : (rate ?? 0) * (visits ?? 0);
  const engaged_ms = (seconds ?? 0) * 1000;
  // Sessions that saw a page did not all begin there: what is divided by whole visits is not told of pages.
  const whole: Partial<Record<Measure, number>> =
    dimension === 'page'
      ? {}
      : { visit_starts: visits ?? 0, bounces, visit_views: views ?? 0, visit_engaged_ms: engaged_ms };
  const measures = { views: views ?? 0, visits: visits ?? 0, visitors: visitors ?? 0, engaged_ms, ...whole };
  return [{ dimension, day, value: split.value(text), measures }];
}
