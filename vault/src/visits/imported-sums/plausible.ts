/**
 * The tables of Plausible's CSV export (`imported_visitors_….csv` and so on, also as the ZIP that Plausible gives): sums by day. Told apart by
 * their columns. Plausible's visit duration runs from the first to the last event of a visit and stands for engaged time here.
 */
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
  type SumRow,
} from './sum-row.ts';

type Measures = Partial<Record<Measure, number>>;
/** Figures of the row by the names of their columns. */
type Figures = (column: string) => number;

interface Table {
  /** Columns by which it is known. */
  has: readonly string[];
  rows(cells: Cells, figure: Figures): Omit<SumRow, 'day'>[];
}

/** Of a table that has whole visits. */
function ofVisits(figure: Figures, visits = figure('visits')): Measures {
  const engaged_ms = figure('visit_duration') * 1000;
  return {
    views: figure('pageviews'),
    visits,
    visitors: figure('visitors'),
    engaged_ms,
    visit_starts: visits,
    bounces: figure('bounces'),
    visit_views: figure('pageviews'),
    visit_engaged_ms: engaged_ms,
  };
}

const SYSTEMS: Record<string, string> = {
  Mac: 'macOS',
  'GNU/Linux': 'Linux',
  Ubuntu: 'Linux',
  'Chrome OS': 'Chrome OS',
};
const DEVICES: Record<string, string> = { Desktop: 'desktop', Laptop: 'desktop', Mobile: 'mobile', Tablet: 'tablet' };
/** "Direct / None" is how its screens call what came from nowhere. */
const NO_SOURCE = /^(direct ?\/ ?none)?$/i;

const plain = (dimension: SumDimension, value: string, measures: Measures) => ({ dimension, value, measures });
const named = (name: string, version: string) =>
  plainValue(version === '' || name === '' ? name : `${name} ${version}`);

/** Names that Plausible gives to what it counts by itself. */
function actOf(cells: Cells): { dimension: SumDimension; value: string } {
  const name = cells('name');
  switch (name) {
    case 'Outbound Link: Click':
      return { dimension: 'outbound', value: plainAddress(cells('link_url')) };
    case 'File Download':
      return { dimension: 'download', value: plainPath(cells('link_url').replace(/^[a-z]+:\/\/[^/]*/i, '')) };
    case '404':
      return { dimension: 'not-found', value: plainPath(cells('path')) };
    case 'Form: Submission':
      return { dimension: 'form', value: plainPath(cells('path')) };
    default:
      return { dimension: 'event', value: plainValue(name) };
  }
}

/** In this order: a table is the first of which it has all columns. */
const TABLES: readonly Table[] = [
  {
    has: ['name', 'events', 'visitors'],
    rows: (cells, figure) => {
      const { dimension, value } = actOf(cells);
      const visitors = figure('visitors');
      return [plain(dimension, value, { events: figure('events'), visits: visitors, visitors })];
    },
  },
  {
    has: ['page', 'pageviews'],
    rows: (cells, figure) => {
      const read = {
        engaged_ms: Math.round(figure('total_time_on_page') + figure('time_on_page')) * 1000,
        scrolled: figure('total_scroll_depth_visits'),
        scroll_percent: figure('total_scroll_depth'),
      };
      // Older exports have no visits by page.
      const visits = figure('visits') || figure('visitors');
      const seen = { views: figure('pageviews'), visits, visitors: figure('visitors') };
      return [
        plain('page', plainPath(cells('page')), { ...seen, ...read }),
        // The site's own depth is told nowhere else.
        plain('scroll', '', { scrolled: read.scrolled, scroll_percent: read.scroll_percent }),
      ];
    },
  },
  {
    has: ['entry_page', 'entrances'],
    rows: (cells, figure) => [plain('entry', plainPath(cells('entry_page')), ofVisits(figure, figure('entrances')))],
  },
  {
    has: ['exit_page', 'exits'],
    rows: (cells, figure) => [plain('exit', plainPath(cells('exit_page')), ofVisits(figure, figure('exits')))],
  },
  {
    has: ['source', 'utm_medium'],
    rows: (cells, figure) => {
      const measures = ofVisits(figure);
      const source = cells('source');
      return [
        plain('source', NO_SOURCE.test(source) ? '' : plainValue(source), measures),
        plain('referrer', plainAddress(cells('referrer')), measures),
        ...(['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] as const).map((name) =>
          plain(name, plainValue(cells(name)), measures),
        ),
      ];
    },
  },
  {
    has: ['country', 'visits'],
    rows: (cells, figure) => [
      plain('country', /^[A-Z]{2}$/.test(cells('country')) ? cells('country') : '', ofVisits(figure)),
    ],
  },
  {
    has: ['device', 'visits'],
    rows: (cells, figure) => [plain('device', DEVICES[cells('device')] ?? 'other', ofVisits(figure))],
  },
  {
    has: ['browser', 'visits'],
    rows: (cells, figure) => [
      plain('browser', plainValue(cells('browser')), ofVisits(figure)),
      plain('browser_version', named(cells('browser'), cells('browser_version')), ofVisits(figure)),
    ],
  },
  {
    has: ['operating_system', 'visits'],
    rows: (cells, figure) => {
      const name = SYSTEMS[cells('operating_system')] ?? cells('operating_system');
      return [
        plain('os', plainValue(name), ofVisits(figure)),
        plain('os_version', named(name, cells('operating_system_version')), ofVisits(figure)),
      ];
    },
  },
  {
    has: ['visitors', 'pageviews', 'visits', 'bounces'],
    rows: (_cells, figure) => [plain('total', '', ofVisits(figure))],
  },
];

/** Null if the columns are none of Plausible's. */
export function readPlausible(columns: readonly string[]): ReadSums | null {
  if (!columns.includes('date')) return null;
  const table = TABLES.find(({ has }) => has.every((column) => columns.includes(column)));
  return table ? (cells) => readRow(table, cells) : null;
}

function readRow(table: Table, cells: Cells): ReadRow {
  const day = readDay(cells('date'));
  if (day === null) return { broken: 'bad date' };
  let broken = false;
  const figure = (column: string): number => {
    const value = readFigure(cells(column));
    if (value === null) broken = true;
    return value ?? 0;
  };
  const rows = table.rows(cells, figure).map((row) => ({ ...row, day }));
  return broken ? { broken: 'bad number' } : rows;
}
