/** From a question to its answer: the same for every screen, export and program. */
import type { Answer, AnswerRow, ComparedFigure, Figure, ImportedDays } from '@avow/protocol/staff/visits';
import type { ClickHouseClient } from '@clickhouse/client';
import { addDays, isoDay } from '../../platform/day.ts';
import { type KeptDays, shortestKept } from '../kept-days.ts';
import { daysFrom } from '../reporting-day.ts';
import type { RolledUpDay } from '../rollup-days.ts';
import { bucketOfDay, bucketsOf, type Granularity } from './buckets.ts';
import { expiredDays, spanOf } from './expired-days.ts';
import { createExplain, definitionsOf } from './explain.ts';
import { type FinishedSums, rememberFinishedSums } from './finished-sums.ts';
import { type MetricName, PARTS, type Part, partsOf } from './metrics.ts';
import { comparedDays, type Days, daysOf } from './period.ts';
import { type QueryText, storedDays, type Wanted } from './query-text.ts';
import type { Question } from './question.ts';
import { readSums } from './read-sums.ts';
import { addsImported } from './roll-up-branches.ts';
import { groundScope, type Scope } from './scope.ts';
import { type SummedRow, type ToldRow, tellRows, tellTotals } from './suppress.ts';
import { localDay } from './zone.ts';

export interface Asking {
  clickhouse: ClickHouseClient;
  /** Sums of earlier questions. Without: nothing is remembered. */
  finished?: FinishedSums;
  /** Ids of all sites of the configuration. */
  sites: readonly string[];
  reportingZone: string;
  now: Date;
  /** How long single events are kept. */
  kept: KeptDays;
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
  const [answer] = await answerQuestions(asking, [question]);
  if (!answer) throw new Error('a question was not answered');
  return answer;
}

/** Each as if it were asked alone. Together they cost less than one by one. */
export async function answerQuestions(asking: Asking, questions: readonly Question[]): Promise<Answer[]> {
  const knownDays = rememberDays(asking);
  const plans = await Promise.all(
    questions.map(async (question) => {
      const zone = question.timeZone ?? asking.reportingZone;
      const days = daysOf(question.period, localDay(Math.floor(asking.now.getTime() / 1000), zone));
      const compared = question.compare && comparedDays(days, question.compare);
      const now = plan(asking, question, { days, zone }, await knownDays(days));
      const before = compared
        ? await plan(asking, question, { days: compared, zone }, await knownDays(compared))
        : null;
      return { question, now, before };
    }),
  );
  const read = await readSums(
    { clickhouse: asking.clickhouse, finished: asking.finished ?? rememberFinishedSums() },
    plans.flatMap(({ now, before }) => [...now.wanted, ...(before?.wanted ?? [])]),
  );
  const found = { lists: read.lists.values(), queries: read.queries.values() };
  const explain = createExplain(asking.clickhouse);
  return Promise.all(
    plans
      .map(({ question, now, before }) => ({
        question,
        now: measure(asking, question, now, found),
        before: before && measure(asking, question, before, found),
      }))
      .map(async ({ question, now, before }) => ({
        ...tell(asking, question, now, before),
        ...(question.explain && {
          explanation: await explain(now.scope, {
            definitions: definitionsOf(question.metrics),
            queries: [...new Set([...now.queries, ...(before?.queries ?? [])])],
          }),
        }),
      })),
  );
}

/** What is known of the same days is looked up once. */
function rememberDays(asking: Asking) {
  const known = new Map<string, Promise<KnownDays>>();
  return (days: Days) => {
    const key = `${days.from} ${days.to}`;
    const found = known.get(key) ?? lookUp(asking, days);
    known.set(key, found);
    return found;
  };
}

interface KnownDays {
  rolledUp: readonly RolledUpDay[];
  imports: readonly ImportedDays[];
  ofSites(sites: readonly string[]): DaysToAsk;
}

async function lookUp(asking: Asking, days: Days): Promise<KnownDays> {
  const [rolledUp, imports] = await Promise.all([asking.rolledUpDays(days), asking.importsOf(days)]);
  const known = new Map<string, DaysToAsk>();
  return {
    rolledUp,
    imports,
    ofSites(sites) {
      const key = sites.join('\0');
      const found = known.get(key) ?? daysToAsk(rolledUp, asking, sites);
      known.set(key, found);
      return found;
    },
  };
}

function tell(asking: Asking, question: Question, now: Measured, before: Measured | null): Answer {
  const earlier = new Map(before?.rows.map((row) => [row.place, row.figures]));
  const rows = order(now.rows, question).map(({ time, values, figures, place }): AnswerRow => {
    const dimensions = Object.fromEntries(question.dimensions.map((name, index) => [name, values[index] ?? '']));
    const compare = before ? (earlier.get(place) ?? nothing(question.metrics)) : null;
    return { ...(time !== null && { time }), dimensions, figures: withCompared(figures, compare) };
  });
  return {
    period: now.scope.days,
    ...(before && { compared: before.scope.days }),
    timeZone: now.scope.zone,
    sites: [...now.scope.sites],
    suppressedBelow: asking.suppressBelow,
    totals: withCompared(now.totals, before?.totals ?? null),
    rows: rows.slice(0, question.limit),
    more: rows.length > question.limit,
    eventsKeptSince: addDays(isoDay(asking.now), -shortestKept(asking.kept, now.scope.sites)),
    ...spanOf('missing', now.missing),
    ...(before && spanOf('comparedMissing', before.missing)),
    ...(now.imports.length > 0 && { imported: now.imports }),
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
  queries: readonly QueryText[];
  /** What of other programs is in the figures. */
  imports: ImportedDays[];
  missing: readonly string[];
}

interface Plan {
  scope: Scope;
  /** The totals; then the rows, where there are any. */
  wanted: Wanted[];
  imports: ImportedDays[];
  /** Days, in order, that need single events which have expired. */
  missing: readonly string[];
}

function plan(
  asking: Asking,
  question: Question,
  { days, zone }: { days: Days; zone: string },
  { rolledUp, imports, ofSites: daysOfSites }: KnownDays,
): Plan {
  const { metrics, dimensions, granularity = null } = question;
  const ground = groundScope(asking, question, days);
  const ofSites = imports.filter(({ site }) => ground.sites.includes(site));
  const scope: Scope = {
    ...ground,
    zone,
    ...daysOfSites(ground.sites),
    imported: ofSites.length > 0,
    metrics,
    dimensions,
    granularity,
  };
  const needed = new Set<Part>([...partsOf(metrics), ...(asking.suppressBelow > 0 ? (['visitors'] as const) : [])]);
  const parts = PARTS.filter((part) => needed.has(part));
  const whole = { ...scope, dimensions: [], granularity: null };
  const wanted: Wanted[] = [{ name: 'totals', scope: whole, parts, limit: 1 }];
  if (dimensions.length > 0 || granularity) wanted.push({ name: 'rows', scope, parts, limit: MOST_VALUES });
  const [stored = new Set<string>(), ...more] = wanted.map((one) => new Set(storedDays(one.scope, one.parts)));
  const expired = new Set(expiredDays(rolledUp, asking, ground.sites));
  const missing = daysFrom(days.from, days.to).filter(
    (day) => expired.has(day) && !(stored.has(day) && more.every((days) => days.has(day))),
  );
  return { scope, wanted, missing, imports: addsImported(scope, [...partsOf(metrics)]) ? ofSites : [] };
}

/** Takes what was found for the plan. */
function measure(
  { suppressBelow: k, reportingZone }: Asking,
  { metrics }: Question,
  { scope, wanted, imports, missing }: Plan,
  found: { lists: Iterator<SummedRow[]>; queries: Iterator<QueryText[]> },
): Measured {
  const { days, granularity, dimensions, zone } = scope;
  const queries = wanted.flatMap(() => found.queries.next().value ?? []);
  const [totals = [], rows = []] = wanted.map(() => found.lists.next().value ?? []);
  const buckets = granularity ? bucketsOf(days, granularity, zone, reportingZone) : [];
  const filled = granularity && dimensions.length === 0 ? fill(rows, buckets) : rows;
  return {
    scope,
    totals: tellTotals(totals[0]?.sums ?? {}, metrics, k),
    rows: tellRows(filled, metrics, k)
      .map((row) => place(row, buckets, granularity))
      .map(withoutMissing(scope, missing)),
    queries,
    imports,
    missing,
  };
}

/** Of which nobody knows anything tells nothing: that is no zero. */
function withoutMissing({ days, granularity }: Scope, missing: readonly string[]) {
  const gone = new Set(missing);
  const bucketName = (day: string) => (granularity && granularity !== 'hour' ? bucketOfDay(day, granularity) : day);
  const known = new Set(
    daysFrom(days.from, days.to)
      .filter((day) => !gone.has(day))
      .map(bucketName),
  );
  return (row: MeasuredRow): MeasuredRow => {
    if (row.time === null || known.has(row.time.slice(0, 10))) return row;
    return { ...row, figures: Object.fromEntries(Object.keys(row.figures).map((name) => [name, { value: null }])) };
  };
}

type DaysToAsk = Pick<Scope, 'rolledUp' | 'wholeDays' | 'visitDays' | 'builds'>;

/** Days by what can be asked of their roll-ups. */
function daysToAsk(rolledUp: readonly RolledUpDay[], asking: Asking, sites: readonly string[]): DaysToAsk {
  const whole = rolledUp.filter((one) => one.whole);
  const expired = new Set(expiredDays(rolledUp, asking, sites));
  const names = (days: readonly RolledUpDay[]) => days.map(({ day }) => day);
  return {
    rolledUp: names(rolledUp),
    wholeDays: names(whole),
    visitDays: names(whole.filter(({ day }) => !expired.has(day))),
    builds: new Map(rolledUp.map(({ day, builds }) => [day, builds])),
  };
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
