/** The figures of a week, of each site and the group, compared with the week before. Small groups are suppressed, for mails leave the house. */

import type { AnswerRow, ComparedFigure } from '@avow/protocol/staff/visits';
import { addDays, type IsoDay } from '../../platform/day.ts';
import { askVisits, type VisitFigures } from '../ask-visits.ts';
import type { DimensionName } from '../query/dimensions.ts';
import type { MetricName } from '../query/metrics.ts';

export const REPORT_METRICS = ['pageViews', 'visits', 'visitors', 'bounceRate', 'engagedTime'] as const;
export type ReportMetric = (typeof REPORT_METRICS)[number];

export interface ListedValue {
  /** Name of its site, in a list of the whole group. */
  site: string | null;
  value: string;
  figure: ComparedFigure;
}

export interface ReportPart {
  /** Null: the whole group. */
  name: string | null;
  figures: Partial<Record<string, ComparedFigure>>;
  /** By page views. */
  pages: ListedValue[];
  /** By visits. */
  sources: ListedValue[];
}

export interface WeeklyReport {
  /** Monday and Sunday. */
  from: IsoDay;
  to: IsoDay;
  suppressedBelow: number;
  /** The group first, where there is more than one site. */
  parts: ReportPart[];
  /** Nothing was counted, neither in this week nor in the one before. */
  empty: boolean;
}

const LISTED = 10;
const MOST_ROWS = 10_000;
/** Sums without a single visit: a site without a row. */
const NOTHING: Record<ReportMetric, ComparedFigure> = {
  pageViews: { value: 0, compared: { value: 0 } },
  visits: { value: 0, compared: { value: 0 } },
  visitors: { value: 0, compared: { value: 0 } },
  bounceRate: { value: null, compared: { value: null } },
  engagedTime: { value: null, compared: { value: null } },
};

export async function readReport(house: VisitFigures, week: IsoDay): Promise<WeeklyReport> {
  const { config } = house;
  const { suppressBelow } = config.visits;
  const [from, to] = [week, addDays(week, 6)];
  const ask = (metrics: readonly MetricName[], dimensions: DimensionName[]) =>
    askVisits(
      house,
      { period: { from, to }, compare: 'previous period', metrics: [...metrics], dimensions },
      { suppressBelow, rows: MOST_ROWS },
    );
  const [bySite, pages, siteSources, sources] = await Promise.all([
    ask(REPORT_METRICS, ['site']),
    ask(['pageViews'], ['site', 'page']),
    ask(['visits'], ['site', 'source']),
    ask(['visits'], ['source']),
  ]);
  const figuresOf = (site: string) =>
    bySite.rows.find(({ dimensions }) => dimensions.site === site)?.figures ?? NOTHING;
  const total = (metric: ReportMetric) => (row: AnswerRow) => figuresOf(row.dimensions.site ?? '')[metric];
  const pagesToTell = withoutHidden(pages.rows, 'pageViews', total('pageViews'));
  const sourcesToTell = withoutHidden(siteSources.rows, 'visits', total('visits'));
  const siteName = (id: string | undefined) => config.sites.find((site) => site.id === id)?.name ?? null;
  const ofSite = (rows: readonly AnswerRow[], id: string) => rows.filter(({ dimensions }) => dimensions.site === id);

  const sites = config.sites.map(({ id, name }): ReportPart => {
    const own = { pages: ofSite(pagesToTell, id), sources: ofSite(sourcesToTell, id) };
    return {
      name,
      figures: figuresOf(id),
      pages: listed(own.pages, 'pageViews', 'page', () => null),
      sources: listed(own.sources, 'visits', 'source', () => null),
    };
  });
  const group: ReportPart = {
    name: null,
    figures: bySite.totals,
    pages: listed(pagesToTell, 'pageViews', 'page', ({ dimensions }) => siteName(dimensions.site)),
    sources: listed(sources.rows, 'visits', 'source', () => null),
  };
  return {
    from,
    to,
    suppressedBelow: suppressBelow,
    parts: sites.length > 1 ? [group, ...sites] : sites,
    empty: bySite.rows.length === 0 && bySite.totals.pageViews?.compared?.value === 0,
  };
}

/** Without the values of a site whose total is not told, in either week: they could be added up to it. */
function withoutHidden(
  rows: readonly AnswerRow[],
  metric: ReportMetric,
  totalOf: (row: AnswerRow) => ComparedFigure | undefined,
): AnswerRow[] {
  return rows.flatMap((row) => {
    const [total, figure] = [totalOf(row), row.figures[metric]];
    if (!figure || total?.suppressed) return [];
    if (!total?.compared?.suppressed) return [row];
    const alone = { ...figure, compared: { value: null, suppressed: true } as const };
    return [{ ...row, figures: { ...row.figures, [metric]: alone } }];
  });
}

/** The greatest of those that are told. */
function listed(
  rows: readonly AnswerRow[],
  metric: ReportMetric,
  dimension: DimensionName,
  siteOf: (row: AnswerRow) => string | null,
): ListedValue[] {
  return rows
    .flatMap((row) => {
      const figure = row.figures[metric];
      if (!figure?.value) return [];
      return [{ site: siteOf(row), value: row.dimensions[dimension] ?? '', figure }];
    })
    .slice(0, LISTED);
}
