/**
 * The parts of a query over sums, for what they can tell: whole days of the reporting zone, unfiltered, split by site and one more
 * dimension. What their columns mean stands with the tables: migrations/clickhouse/2026-11-24-20-visit-sums.ts.
 */
import { addDays, type IsoDay } from '../../platform/day.ts';
import type { Branch } from './branches.ts';
import { amongDays } from './conditions.ts';
import type { DimensionName } from './dimensions.ts';
import { PARTS, type Part } from './metrics.ts';
import type { Parameters } from './parameters.ts';
import { firstOfMonth } from './period.ts';
import type { Scope } from './scope.ts';

/** Names in the column `dimension`. */
const ROLLED_UP: Partial<Record<string, string>> = {
  page: 'page',
  entryPage: 'entry',
  exitPage: 'exit',
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

export const isKindPart = (part: Part): part is keyof typeof KIND_PARTS => part in KIND_PARTS;
/** What a row of hours has. */
export const DAILY_PARTS = [...PARTS.filter((part) => !isKindPart(part))];

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

/** The days of which the sums have what the question needs. */
export function summedDays(scope: Scope): readonly IsoDay[] {
  return scope.dimensions.includes('exitPage') ? scope.wholeDays : scope.rolledUp;
}

export function rollUpBranches(scope: Scope, parts: readonly Part[], parameters: Parameters): Branch[] {
  const name = byValue(scope);
  const rolledUp = name === undefined ? null : (ROLLED_UP[name] ?? null);
  const days = summedDays(scope);
  const ofValue = (value: string, some: readonly Part[]) =>
    sumTables(scope).map(({ name: table, rows }) =>
      branchOf(scope, { table, parts: some, rolledUp: value, days: rows }, parameters),
    );
  if (rolledUp !== null) return ofValue(rolledUp, parts);
  const main = parts.filter((part) => !isKindPart(part));
  return [
    ...(main.length > 0 ? [branchOf(scope, { table: 'visits_by_hour', parts: main, rolledUp, days }, parameters)] : []),
    ...parts.filter(isKindPart).flatMap((part) => ofValue(KIND_PARTS[part], [part])),
  ];
}

/** Whether lists of single dimensions can be had in one pass over the sums: they lie one after the other. */
export function canShareSums({ dimensions, granularity }: Scope): boolean {
  const [name, more] = dimensions;
  return name !== undefined && more === undefined && name !== 'site' && granularity === null;
}

/** A table of values, and what of it is read. */
export interface SumTable {
  name: 'visits_by_day' | 'visits_by_month';
  /** In the column `day`. */
  rows: readonly IsoDay[];
  /** What these stand for. */
  days: readonly IsoDay[];
}

/** Whole months from their own table, unless they are split by day or week. */
export function sumTables(scope: Scope): SumTable[] {
  const days = summedDays(scope);
  const fine = scope.granularity === 'day' || scope.granularity === 'week';
  const { months, ofMonths, single } = fine ? { months: [], ofMonths: [], single: days } : wholeMonths(days);
  return [
    ...(months.length > 0 ? [{ name: 'visits_by_month' as const, rows: months, days: ofMonths }] : []),
    ...(single.length > 0 ? [{ name: 'visits_by_day' as const, rows: single, days: single }] : []),
  ];
}

/** The lists of several dimensions from one table: `number` is the expression that tells, from 1, which of these a row belongs to. */
export function valuesBranch(
  scopes: readonly [Scope, ...Scope[]],
  parts: readonly Part[],
  { name, rows }: SumTable,
  parameters: Parameters,
): { number: string; branch: Branch } {
  const names = scopes.map((one) => ROLLED_UP[byValue(one) ?? ''] ?? '');
  const [first = ''] = names;
  const rolledUp = names.length > 1 ? names : first;
  return {
    number: `indexOf(${parameters.add(names, 'Array(String)')}, dimension)`,
    branch: branchOf(scopes[0], { table: name, parts, rolledUp, days: rows }, parameters),
  };
}

interface Summed {
  parts: readonly Part[];
  /** The name in the column `dimension`, or several; null: what is not split. */
  rolledUp: string | readonly string[] | null;
  days: readonly IsoDay[];
}

interface Months {
  /** The first days of the months of which every day is there. */
  months: readonly IsoDay[];
  ofMonths: readonly IsoDay[];
  single: readonly IsoDay[];
}

const known = new WeakMap<readonly IsoDay[], Months>();

/** The same lists for the same list of days, so that what is known of lists is known of these. */
function wholeMonths(days: readonly IsoDay[]): Months {
  const found = known.get(days);
  if (found) return found;
  const whole = [...Map.groupBy(days, firstOfMonth)].filter(
    ([first, of]) => addDays(first, of.length).slice(8) === '01',
  );
  const ofMonths = whole.flatMap(([, of]) => of);
  const gone = new Set(ofMonths);
  const months = {
    months: whole.map(([first]) => first),
    ofMonths,
    single: days.filter((day) => !gone.has(day)),
  };
  known.set(days, months);
  return months;
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
  { table, parts, rolledUp, days }: Summed & { table: 'visits_by_hour' | 'visits_by_day' | 'visits_by_month' },
  parameters: Parameters,
): Branch {
  const { sites, dimensions, granularity, bots } = scope;
  const sums: Partial<Record<Part, string>> = {};
  for (const part of parts) {
    const sum = sumOf(part, rolledUp, scope);
    if (sum !== null) sums[part] = sum;
  }
  return {
    hour: granularity === 'hour' ? 'hour' : null,
    values: dimensions.map((name) => (name === 'site' ? 'site' : 'value')),
    sums,
    from: table,
    where: [
      ...(typeof rolledUp === 'string' ? [`dimension = ${parameters.add(rolledUp, 'String')}`] : []),
      ...(Array.isArray(rolledUp) ? [`dimension IN ${parameters.add(rolledUp, 'Array(String)')}`] : []),
      `site IN ${parameters.add(sites, 'Array(String)')}`,
      amongDays(days, parameters),
      ...(bots === 'in' ? [] : [`is_bot = ${bots === 'out' ? 0 : 1}`]),
    ],
  };
}

function sumOf(part: Part, rolledUp: Summed['rolledUp'], { granularity, bots }: Scope): string | null {
  if (isKindPart(part)) {
    if (Array.isArray(rolledUp)) return `sumIf(events, dimension = '${KIND_PARTS[part]}')`;
    return KIND_PARTS[part] === rolledUp ? 'sum(events)' : null;
  }
  if (part !== 'visitors') return `sum(${SUMMED[part]})`;
  const [visitors, shared] =
    rolledUp === null && granularity !== 'hour' ? ['day_visitors', 'day_shared'] : ['visitors', 'shared'];
  return bots === 'in' ? `sum(${visitors}) - sum(${shared})` : `sum(${visitors})`;
}
