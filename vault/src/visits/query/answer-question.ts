/** From a question to its answer: the same for every screen, export and program. */
import type { Answer, AnswerRow, ComparedFigure, Figure, ImportedDays } from '@avow/protocol/staff/visits';
import type { ClickHouseClient } from '@clickhouse/client';
import { addDays, isoDay } from '../../platform/day.ts';
import type { RolledUpDay } from '../rollup-days.ts';
import { bucketsOf, type Granularity } from './buckets.ts';
import { explain } from './explain.ts';
import { type MetricName, PARTS, partsOf, type Sums } from './metrics.ts';
import { comparedDays, type Days, daysOf } from './period.ts';
import { type QueryText, writeQuery } from './query-text.ts';
import type { Question } from './question.ts';
import { addsImported } from './roll-up-branches.ts';
import { groundScope, type Scope } from './scope.ts';
import { type SummedRow, type ToldRow, tellRows, tellTotals } from './suppress.ts';
import { localDay, localHour } from './zone.ts';

export interface Asking {
  clickhouse: ClickHouseClient;
  /** Ids of all sites of the configuration. */
  sites: readonly string[];
  reportingZone: string;
  now: Date;
  /** How long single events are kept. */
  rawDays: number;
  /** 0 for figures that are not suppressed. */
  suppressBelow: number;
  /** Days among these of which the roll-ups are complete. */
  rolledUpDays(days: Days): Promise<readonly RolledUpDay[]>;
  /** What other programs counted on some of these days. */
  importsOf(days: Days): Promise<readonly ImportedDays[]>;
}

/** So many different values are looked at; the rest of a longer list are its smallest. */
const MOST_VALUES = 10_000;

export async function answerQuestion(asking: Asking, question: Question): Promise<Answer> {
  const zone = question.timeZone ?? asking.reportingZone;
  const days = daysOf(question.period, localDay(Math.floor(asking.now.getTime() / 1000), zone));
  const compared = question.compare && comparedDays(days, question.compare);
  const [now, before] = await Promise.all([
    measure(asking, question, { days, zone }),
    compared ? measure(asking, question, { days: compared, zone }) : null,
  ]);
  const earlier = new Map(before?.rows.map((row) => [row.place, row.figures]));
  const rows = order(now.rows, question).map(({ time, values, figures, place }): AnswerRow => {
    const dimensions = Object.fromEntries(question.dimensions.map((name, index) => [name, values[index] ?? '']));
    const compare = before ? (earlier.get(place) ?? nothing(question.metrics)) : null;
    return { ...(time !== null && { time }), dimensions, figures: withCompared(figures, compare) };
  });
  return {
    period: days,
    ...(compared && { compared }),
    timeZone: zone,
    sites: [...now.scope.sites],
    suppressedBelow: asking.suppressBelow,
    totals: withCompared(now.totals, before?.totals ?? null),
    rows: rows.slice(0, question.limit),
    more: rows.length > question.limit,
    eventsKeptSince: addDays(isoDay(asking.now), -asking.rawDays),
    ...(now.imports.length > 0 && { imported: now.imports }),
    ...(question.explain && {
      explanation: await explain(asking.clickhouse, now.scope, [...now.queries, ...(before?.queries ?? [])]),
    }),
  };
}

interface MeasuredRow {
  time: string | null;
  /** Number of the bucket: in autumn, texts of hours do not sort by time. */
  bucket: number;
  values: readonly string[];
  /** What a row of one period has in common with its row of the other: the number of its bucket, and its values. */
  place: string;
  figures: Record<string, Figure>;
}

interface Measured {
  scope: Scope;
  totals: Record<string, Figure>;
  rows: MeasuredRow[];
  queries: QueryText[];
  /** What of other programs is in the figures. */
  imports: ImportedDays[];
}

async function measure(
  asking: Asking,
  question: Question,
  { days, zone }: { days: Days; zone: string },
): Promise<Measured> {
  const { metrics, dimensions, granularity = null } = question;
  const { reportingZone, suppressBelow: k } = asking;
  const [rolledUp, imports] = await Promise.all([asking.rolledUpDays(days), asking.importsOf(days)]);
  const ground = groundScope(asking, question, days);
  const ofSites = imports.filter(({ site }) => ground.sites.includes(site));
  const scope: Scope = {
    ...ground,
    ...daysToAsk(rolledUp, asking),
    imported: ofSites.length > 0,
    metrics,
    dimensions,
    granularity,
  };
  const parts = k > 0 ? (['visitors'] as const) : [];
  const total = writeQuery('totals', { ...scope, dimensions: [], granularity: null }, { parts, limit: 1 });
  const split = dimensions.length > 0 || granularity ? writeQuery('rows', scope, { parts, limit: MOST_VALUES }) : null;
  const [[sums], found] = await Promise.all([
    run(asking, scope, total, true),
    split ? run(asking, scope, split, false) : [],
  ]);
  const buckets = granularity ? bucketsOf(days, granularity, zone, reportingZone) : [];
  const filled = granularity && dimensions.length === 0 ? fill(found, buckets) : found;
  return {
    scope,
    totals: tellTotals(sums?.sums ?? {}, metrics, k),
    rows: tellRows(filled, metrics, k).map((row) => place(row, buckets, granularity)),
    queries: split ? [total, split] : [total],
    imports: addsImported(scope, [...partsOf(metrics)]) ? ofSites : [],
  };
}

/** Days by what can be asked of their roll-ups. */
function daysToAsk(rolledUp: readonly RolledUpDay[], { now, rawDays }: Asking) {
  const whole = rolledUp.filter((one) => one.whole);
  const expired = addDays(isoDay(now), -rawDays);
  const names = (days: readonly RolledUpDay[]) => days.map(({ day }) => day);
  return {
    rolledUp: names(rolledUp),
    wholeDays: names(whole),
    visitDays: names(whole.filter(({ oldestReceived }) => oldestReceived === null || oldestReceived > expired)),
  };
}

async function run({ clickhouse }: Asking, scope: Scope, query: QueryText, total: boolean): Promise<SummedRow[]> {
  const answer = await clickhouse.query({ query: query.text, query_params: query.parameters, format: 'JSONEachRow' });
  const rows = await answer.json<Record<string, string>>();
  return rows.map((row) => {
    const bucket = !total && scope.granularity ? [bucketName(row.bucket ?? '', scope.granularity, scope.zone)] : [];
    const values = total ? [] : scope.dimensions.map((_, index) => row[`d${index}`] ?? '');
    const sums: Sums = {};
    for (const part of PARTS) if (row[`s_${part}`] !== undefined) sums[part] = Number(row[`s_${part}`]);
    return { keys: [...bucket, ...values], sums };
  });
}

function bucketName(bucket: string, granularity: Granularity, zone: string): string {
  return granularity === 'hour' ? localHour(Number(bucket), zone) : bucket;
}

function fill(rows: readonly SummedRow[], buckets: readonly string[]): SummedRow[] {
  const found = new Map(rows.map((row) => [row.keys[0], row]));
  return buckets.map((bucket) => found.get(bucket) ?? { keys: [bucket], sums: {} });
}

function place({ keys, figures }: ToldRow, buckets: readonly string[], granularity: Granularity | null): MeasuredRow {
  if (!granularity) return { time: null, bucket: 0, values: keys, place: JSON.stringify(keys), figures };
  const [time = '', ...values] = keys;
  const bucket = buckets.indexOf(time);
  return { time, bucket, values, place: JSON.stringify([bucket, ...values]), figures };
}

/** By the figures that are told: what is suppressed comes last, in the order of its names. */
function order(rows: readonly MeasuredRow[], { order, granularity, metrics }: Question): MeasuredRow[] {
  const by: MetricName | undefined = order?.by ?? metrics[0];
  const sign = order?.direction === 'ascending' ? 1 : -1;
  const told = (row: MeasuredRow) => row.figures[by ?? '']?.value ?? null;
  return [...rows].sort((one, other) => {
    if (granularity && !order && one.bucket !== other.bucket) return one.bucket - other.bucket;
    const [first, second] = [told(one), told(other)];
    if (first !== second) {
      if (first === null || second === null) return first === null ? 1 : -1;
      return (first - second) * sign;
    }
    return compareTexts(one.values.join('\0'), other.values.join('\0'));
  });
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function withCompared(
  figures: Record<string, Figure>,
  compared: Record<string, Figure> | null,
): Record<string, ComparedFigure> {
  if (!compared) return figures;
  return Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [name, { ...figure, compared: compared[name] ?? { value: null } }]),
  );
}

function nothing(metrics: readonly MetricName[]): Record<string, Figure> {
  return tellTotals({}, metrics, 0);
}
