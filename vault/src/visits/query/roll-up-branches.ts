/**
 * The parts of a query over roll-ups, for what they can tell: whole days of the reporting zone, unfiltered, split by site and one more
 * dimension. What their columns mean stands with the tables: migrations/clickhouse/2026-11-23-03-visit-rollups.ts.
 */
import type { Branch } from './branches.ts';
import type { DimensionName } from './dimensions.ts';
import type { Part } from './metrics.ts';
import type { Parameters } from './parameters.ts';
import type { Scope } from './scope.ts';

/** Names in the column `dimension`. */
const ROLLED_UP: Partial<Record<string, string>> = {
  page: 'page',
  entryPage: 'entry',
  source: 'source',
  referrer: 'referrer',
  channel: 'channel',
  utmSource: 'utm_source',
  utmMedium: 'utm_medium',
  utmCampaign: 'utm_campaign',
  utmContent: 'utm_content',
  utmTerm: 'utm_term',
  country: 'country',
  language: 'language',
  device: 'device',
  browser: 'browser',
  browserVersion: 'browser_version',
  os: 'os',
  osVersion: 'os_version',
  event: 'event',
  outbound: 'outbound',
  download: 'download',
  notFound: 'not-found',
  form: 'form',
} satisfies Partial<Record<DimensionName, string>>;

/** Parts that count events of one kind: there they are the column `events` of that dimension. */
const KIND_PARTS = {
  events: 'event',
  outbound: 'outbound',
  downloads: 'download',
  not_found: 'not-found',
  forms: 'form',
} satisfies Partial<Record<Part, string>>;

const SUMMED: Partial<Record<Part, string>> = {
  views: 'views',
  visits: 'visits',
  visit_starts: 'visit_starts',
  bounces: 'bounces',
  visit_views: 'visit_views',
  visit_engaged_ms: 'visit_engaged_ms',
  engaged_ms: 'engaged_ms',
  scroll_percent: 'scroll_percent',
  scrolled_pages: 'scrolled',
};

const isKindPart = (part: Part): part is keyof typeof KIND_PARTS => part in KIND_PARTS;
const byValue = ({ dimensions }: Scope) => dimensions.find((name) => name !== 'site');

export function canUseRollUps(scope: Scope, parts: readonly Part[]): boolean {
  const { dimensions, filters, granularity, zone, reportingZone } = scope;
  if (filters.length > 0 || zone !== reportingZone) return false;
  const split = dimensions.filter((name) => name !== 'site');
  if (split.length > 1) return false;
  const name = byValue(scope);
  if (name === undefined) return granularity !== 'hour' || !parts.some(isKindPart);
  const rolledUp = ROLLED_UP[name];
  if (rolledUp === undefined || granularity === 'hour') return false;
  return parts.every((part) => {
    if (isKindPart(part)) return Object.values(KIND_PARTS).includes(rolledUp as 'event');
    return part !== 'scroll_percent' && part !== 'scrolled_pages' ? true : name === 'page' || isAct(rolledUp);
  });
}

/** Of single events nothing is viewed or scrolled. */
function isAct(rolledUp: string): boolean {
  return Object.values(KIND_PARTS).includes(rolledUp as 'event');
}

export function rollUpBranches(scope: Scope, parts: readonly Part[], parameters: Parameters): Branch[] {
  const name = byValue(scope);
  const rolledUp = name === undefined ? null : (ROLLED_UP[name] ?? null);
  if (rolledUp !== null) return [branchOf(scope, parts, parameters, { table: 'visits_by_value_daily', rolledUp })];
  const kinds = parts.filter(isKindPart);
  const main = parts.filter((part) => !isKindPart(part));
  return [
    ...(main.length > 0 ? [branchOf(scope, main, parameters, { table: 'visits_hourly', rolledUp: null })] : []),
    ...kinds.map((part) =>
      branchOf(scope, [part], parameters, { table: 'visits_by_value_daily', rolledUp: KIND_PARTS[part] }),
    ),
  ];
}

/** Whether what other programs counted can be added: nobody in it is known as a program, and no day has hours. */
export function addsImported(scope: Scope, parts: readonly Part[]): boolean {
  return scope.imported && scope.bots !== 'only' && scope.granularity !== 'hour' && canUseRollUps(scope, parts);
}

/** What other programs counted on days before this house did: the same parts, from their sums. */
export function importedBranches(scope: Scope, parts: readonly Part[], parameters: Parameters): Branch[] {
  if (!addsImported(scope, parts)) return [];
  const name = byValue(scope);
  const rolledUp = name === undefined ? null : (ROLLED_UP[name] ?? null);
  const kinds = rolledUp === null ? parts.filter(isKindPart) : [];
  const ofDimension = (dimensions: readonly string[], some: readonly Part[]): Branch => ({
    hour: null,
    values: scope.dimensions.map((dimension) => (dimension === 'site' ? 'site' : 'value')),
    sums: Object.fromEntries(
      some
        .filter((part) => !isKindPart(part) || dimensions.includes(KIND_PARTS[part]))
        .map((part) => [part, importedSumOf(part)]),
    ),
    from: 'imported_sums',
    where: [
      `dimension IN ${parameters.add(dimensions, 'Array(String)')}`,
      `site IN ${parameters.add(scope.sites, 'Array(String)')}`,
      `day BETWEEN ${parameters.add(scope.days.from, 'Date')} AND ${parameters.add(scope.days.to, 'Date')}`,
    ],
  });
  const main = parts.filter((part) => !kinds.some((kind) => kind === part));
  return [
    ...(main.length > 0 ? [ofDimension(rolledUp === null ? ['total', 'scroll'] : [rolledUp], main)] : []),
    ...kinds.map((part) => ofDimension([KIND_PARTS[part]], [part])),
  ];
}

function importedSumOf(part: Part): string {
  if (part === 'visitors') return 'sum(visitors)';
  return isKindPart(part) ? 'sum(events)' : `sum(${SUMMED[part]})`;
}

function branchOf(
  scope: Scope,
  parts: readonly Part[],
  parameters: Parameters,
  { table, rolledUp }: { table: 'visits_hourly' | 'visits_by_value_daily'; rolledUp: string | null },
): Branch {
  const split = byValue(scope) !== undefined;
  const columns = [scope.granularity === 'hour' ? 'hour' : 'day', 'site', ...(split ? ['value'] : [])];
  const sums: Partial<Record<Part, string>> = {};
  const inner: string[] = [];
  for (const part of parts) {
    const column = sumOf(part, rolledUp);
    if (column === null) continue;
    inner.push(`${column} AS r_${part}`);
    sums[part] = `sum(r_${part})`;
  }
  const where = [
    ...(rolledUp === null ? [] : [`dimension = ${parameters.add(rolledUp, 'String')}`]),
    `site IN ${parameters.add(scope.sites, 'Array(String)')}`,
    `day IN ${parameters.add(scope.rolledUp, 'Array(Date)')}`,
    ...(scope.bots === 'in' ? [] : [`is_bot = ${scope.bots === 'out' ? 0 : 1}`]),
  ];
  return {
    hour: scope.granularity === 'hour' ? 'hour' : null,
    values: scope.dimensions.map((name) => (name === 'site' ? 'site' : 'value')),
    sums,
    // Visitors are added up over days and sites, so each day and site is brought together before.
    from: `(SELECT ${[...columns, ...inner].join(', ')} FROM ${table} WHERE ${where.join(' AND ')} GROUP BY ${columns.join(', ')})`,
    where: [],
  };
}

function sumOf(part: Part, rolledUp: string | null): string | null {
  if (part === 'visitors') return 'uniqCombinedMerge(visitors)';
  if (isKindPart(part)) return KIND_PARTS[part] === rolledUp ? 'sum(events)' : null;
  return `sum(${SUMMED[part]})`;
}
