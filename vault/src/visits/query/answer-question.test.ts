import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { Answer } from '@avow/protocol/staff/visits';
import { EVENT_KINDS, type VisitEvent } from '@avow/protocol/visits';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findImportedDays } from '../imported-sums/queries.ts';
import { createRollups } from '../rebuild-rollups.ts';
import { daysFrom } from '../reporting-day.ts';
import { findRolledUpDays } from '../rollup-days.ts';
import { openTestStore, type TestStore } from '../test-store.ts';
import { answerQuestions } from './answer-question.ts';
import { GRANULARITIES } from './buckets.ts';
import { DIMENSION_NAMES } from './dimensions.ts';
import { rememberFinishedSums } from './finished-sums.ts';
import { METRIC_NAMES } from './metrics.ts';
import { type QuestionInput, questionSchema } from './question.ts';
import { reference } from './test-reference.ts';
import { insertEvents, PATHS, traffic } from './test-traffic.ts';

const KEPT = { house: 90, sites: [{ site: 'labs', days: 80 }] };

let store: TestStore;
let events: readonly VisitEvent[];
/** Of all questions of this file: what is remembered must be right all along. */
const finished = rememberFinishedSums();

const REPORTING_ZONE = 'Europe/Berlin';
const PERIODS = [
  { from: '2026-03-28', to: '2026-03-30' },
  { from: '2026-10-25', to: '2026-10-25' },
  { from: '2025-12-31', to: '2026-01-01' },
  { from: '2025-12-20', to: '2026-11-01' },
] as const;

beforeAll(async () => {
  store = await openTestStore(createTestDatabase, createTestClickHouse);
  await fill(8);
});

/** Other traffic in place of what was there. */
async function fill(seed: number): Promise<void> {
  events = fc.sample(traffic, { seed, numRuns: 1 })[0] ?? [];
  await store.clickhouse.command({ query: 'TRUNCATE TABLE visit_events' });
  await insertEvents(store.clickhouse, events);
}

afterAll(() => store.close());

async function ask(input: Partial<QuestionInput>): Promise<Answer> {
  const [answer] = await askTogether([input]);
  if (!answer) throw new Error('no answer');
  return answer;
}

function askTogether(inputs: readonly Partial<QuestionInput>[]): Promise<Answer[]> {
  const questions = inputs.map((input) =>
    questionSchema.parse({ metrics: METRIC_NAMES, period: PERIODS[3], limit: 1000, ...input }),
  );
  return answerQuestions(
    {
      clickhouse: store.clickhouse,
      finished,
      sites: ['main', 'labs'],
      reportingZone: REPORTING_ZONE,
      now: new Date('2026-11-01T12:00Z'),
      suppressBelow: 0,
      kept: KEPT,
      rolledUpDays: ({ from, to }) => findRolledUpDays(store.db, from, to),
      importsOf: (days) => findImportedDays(store.db, days),
    },
    questions,
  );
}

/** Cells of the answer that are not all zero, as the reference names them. */
function cellsOf({ rows }: Answer, dimensions: readonly string[]): Map<string, Record<string, number | null>> {
  const cells = new Map<string, Record<string, number | null>>();
  for (const { time, dimensions: values, figures } of rows) {
    const key = [...(time === undefined ? [] : [time]), ...dimensions.map((name) => values[name] ?? '')];
    const plain = Object.fromEntries(Object.entries(figures).map(([name, { value }]) => [name, value]));
    if (Object.values(plain).some((value) => value !== 0 && value !== null)) cells.set(JSON.stringify(key), plain);
  }
  return cells;
}

/** Figures of these metrics, as they are rounded for an answer, of cells in which there is something. */
function round(cells: Map<string, Record<string, number | null>>, metrics: readonly string[]) {
  const rounded = [...cells].map(([key, figures]) => {
    const told = metrics.map((name) => [name, Math.round((figures[name] ?? -1) * 10_000) / 10_000] as const);
    return [key, Object.fromEntries(told)] as const;
  });
  const something = rounded.filter(([, figures]) => Object.values(figures).some((value) => value > 0));
  return Object.fromEntries(something.sort(([one], [other]) => (one < other ? -1 : 1)));
}

type Asked = Partial<QuestionInput> & { period: (typeof PERIODS)[number] };

async function agrees(input: Asked): Promise<void> {
  const {
    dimensions = [],
    granularity = null,
    filters = [],
    bots = 'out',
    sites = ['main', 'labs'],
    timeZone: zone = REPORTING_ZONE,
    period: days,
  } = input;
  const { metrics = METRIC_NAMES } = input;
  const answer = await ask(input);
  const asked = { sites, days, zone, filters, bots };
  if (dimensions.length > 0 || granularity) {
    const expected = reference(events, { ...asked, dimensions, granularity });
    expect(round(cellsOf(answer, dimensions), metrics)).toEqual(round(expected, metrics));
  }
  const totals = Object.fromEntries(Object.entries(answer.totals).map(([name, { value }]) => [name, value]));
  const expected = reference(events, { ...asked, dimensions: [], granularity: null });
  expect(round(new Map([['[]', totals]]), metrics)).toEqual(round(expected, metrics));
}

const splits = [...DIMENSION_NAMES, 'property:plan' as const];

test('the traffic has something of everything', () => {
  expect(events.length).toBeGreaterThan(200);
  for (const kind of EVENT_KINDS) expect(events.some((event) => event.kind === kind)).toBe(true);
  const days = Map.groupBy(events, ({ visit }) => visit).values();
  expect([...days].filter((visit) => new Set(visit.map(({ day }) => day)).size > 1).length).toBeGreaterThan(3);
});

const values = (dimension: string): readonly string[] => {
  if (dimension === 'page' || dimension === 'entryPage' || dimension === 'exitPage') return PATHS;
  return [
    '',
    'main',
    'Google',
    'search',
    'DE',
    'd',
    'de',
    'desktop',
    '141',
    'signup',
    'p',
    'pro',
    'example.org/a',
    '/404',
  ];
};
const filter = fc.constantFrom(...splits).chain((dimension) =>
  fc.record(
    {
      dimension: fc.constant(dimension),
      operator: fc.constantFrom('is' as const, 'is not' as const, 'contains' as const, 'starts with' as const),
      values: fc.uniqueArray(fc.constantFrom(...values(dimension)), { minLength: 1, maxLength: 3 }),
      within: fc.constantFrom('event' as const, 'visit' as const),
    },
    { requiredKeys: ['dimension', 'operator', 'values'] },
  ),
);
const question = fc.record(
  {
    period: fc.constantFrom(...PERIODS),
    dimensions: fc.uniqueArray(fc.constantFrom(...splits), { maxLength: 2 }),
    granularity: fc.constantFrom(...GRANULARITIES),
    filters: fc.array(filter, { maxLength: 2 }),
    bots: fc.constantFrom('out' as const, 'in' as const, 'only' as const),
    sites: fc.subarray(['main', 'labs'], { minLength: 1 }),
    timeZone: fc.constantFrom('UTC', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata'),
  },
  { requiredKeys: ['period'] },
);
const askable = question
  .filter(({ granularity, period }) => granularity !== 'hour' || period !== PERIODS[3])
  .map((asked): Asked => asked);

describe('every figure agrees with the reference', () => {
  test.each(splits)('split by %s, with and without time', async (dimension) => {
    const granularity = GRANULARITIES[splits.indexOf(dimension) % GRANULARITIES.length];
    await agrees({ dimensions: [dimension], period: PERIODS[0], ...(granularity && { granularity }) });
    await agrees({ dimensions: [dimension], period: PERIODS[3] });
  });

  test.each([1, 2, 3])(
    'filtered by anything, in any zone, over the changes of the clocks (traffic %i)',
    async (seed) => {
      await fill(seed);
      await fc.assert(fc.asyncProperty(askable, agrees), { numRuns: 15 });
    },
  );
});

describe('roll-ups and events together', () => {
  const KINDS: readonly string[] = ['events', 'outboundLinks', 'downloads', 'notFoundPages', 'formsSent'];
  const kindSplits: readonly string[] = ['event', 'outbound', 'download', 'notFound', 'form'];
  const build = (from: string, to: string) =>
    createRollups({ ...store, timeZone: REPORTING_ZONE, kept: KEPT }).rebuildRollups({ from, to });

  beforeAll(async () => {
    await fill(8);
    expect(await build('2026-03-28', '2026-03-29')).toHaveLength(2);
    expect(await build('2026-10-25', '2026-10-25')).toHaveLength(1);
    expect(await build('2025-12-31', '2026-01-02')).not.toHaveLength(0);
  });

  test.each(splits)('give the same by %s', async (dimension) => {
    // What the roll-ups of this dimension have; with anything else in the question, all of it comes from the events.
    const metrics = METRIC_NAMES.filter((name) =>
      name === 'scrollDepth' ? dimension === 'page' : KINDS.includes(name) === kindSplits.includes(dimension),
    );
    const granularity = GRANULARITIES[1 + (splits.indexOf(dimension) % 3)] ?? 'day';
    await agrees({ metrics, dimensions: [dimension], period: PERIODS[3] });
    await agrees({ metrics, dimensions: [dimension, 'site'], period: PERIODS[0], bots: 'in', granularity });
  });

  test.each(GRANULARITIES)('give the same by %s', async (granularity) => {
    await agrees({ granularity, period: PERIODS[0] });
    await agrees({ granularity, period: PERIODS[1], dimensions: ['site'], bots: 'only' });
    await agrees({ granularity, period: PERIODS[0], timeZone: 'America/New_York' });
  });

  test('give the same, filtered by anything', async () => {
    await fc.assert(fc.asyncProperty(askable, agrees), { numRuns: 25 });
  });

  test('asked together, each question gets the answer that it gets alone', async () => {
    const metrics = fc.constantFrom(
      METRIC_NAMES,
      ['visits', 'visitors', 'bounceRate'] as const,
      ['downloads'] as const,
    );
    const panel = fc.record({
      metrics: metrics.map((names) => [...names]),
      dimensions: fc.uniqueArray(fc.constantFrom(...splits), { maxLength: 2 }),
      granularity: fc.constantFrom('day' as const, 'month' as const, undefined),
      compare: fc.constantFrom({ from: '2025-12-31', to: '2026-01-01' }, undefined),
    });
    const screen = fc.record({ ground: askable, panels: fc.array(panel, { minLength: 6, maxLength: 6 }) });
    await fc.assert(
      fc.asyncProperty(screen, async ({ ground: { granularity: _, dimensions: __, ...ground }, panels }) => {
        const together = panels.map((one) => ({ ...ground, ...one }));
        const alone = [];
        for (const question of together) alone.push(await ask(question));
        expect(await askTogether(together)).toEqual(alone);
      }),
      { numRuns: 4 },
    );
  });

  test('by months give the same', async () => {
    expect(await build('2026-03-01', '2026-03-31')).not.toHaveLength(0);
    await store.db
      .insertInto('visit_rollup_days')
      .values(
        daysFrom('2026-03-01', '2026-03-31').map((day) => ({
          day,
          stale: false,
          touched: 0,
          oldest_received: null,
          shape: 2,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const asked: Asked = {
      dimensions: ['exitPage'],
      metrics: ['visits', 'visitors', 'pageViews', 'bounceRate'],
      period: PERIODS[3],
    };
    const { explanation } = await ask({ ...asked, explain: true });
    expect(explanation?.queries.some(({ text }) => text.includes('visits_by_month'))).toBe(true);
    for (const bots of ['in', 'out', 'only'] as const) {
      await agrees({ ...asked, bots });
      await agrees({ ...asked, bots, granularity: 'month' });
    }
  });

  test('are what is asked, where they can tell', async () => {
    const { explanation } = await ask({
      metrics: ['visits', 'bounceRate', 'visitors'],
      dimensions: ['page'],
      period: { from: '2026-03-28', to: '2026-03-29' },
      explain: true,
    });
    for (const { text } of explanation?.queries ?? []) expect(text).not.toContain('visit_events');

    const filtered = await ask({
      metrics: ['visits', 'bounceRate', 'visitors', 'pageViews', 'events'],
      dimensions: ['exitPage'],
      filters: [{ dimension: 'country', operator: 'is', values: ['DE'] }],
      period: { from: '2026-03-28', to: '2026-03-29' },
      explain: true,
    });
    for (const { text } of filtered.explanation?.queries ?? []) expect(text).not.toContain('visit_events');
  });

  test('tell what a question cannot reach any more: the days are named, and are no zeros', async () => {
    const period = { from: '2026-03-27', to: '2026-03-30' };
    await store.db
      .updateTable('visit_rollup_days')
      .set({ oldest_received: '2026-03-29' })
      .where('day', '=', '2026-03-28')
      .execute();
    const filters = [{ dimension: 'page' as const, operator: 'is' as const, values: ['/docs'] }];
    const filtered = await ask({ period, filters, granularity: 'day', compare: period });
    expect(filtered.missing).toEqual({ from: '2026-03-28', to: '2026-03-28' });
    expect(filtered.comparedMissing).toEqual(filtered.missing);
    expect(filtered.rows.map(({ time, figures }) => [time, figures.visits?.value === null])).toEqual([
      ['2026-03-27', false],
      ['2026-03-28', true],
      ['2026-03-29', false],
      ['2026-03-30', false],
    ]);
    const plain = await ask({ period, granularity: 'day' });
    expect(plain.missing).toBeUndefined();
    expect(plain.rows[1]?.figures.visits?.value).toBeGreaterThan(0);
  });
});

test('events are kept as long as each site that is asked about keeps them', async () => {
  const since = async (sites?: string[]) =>
    (await ask({ metrics: ['visits'], ...(sites && { sites }) })).eventsKeptSince;
  expect([await since(['main']), await since(['labs']), await since()]).toEqual([
    '2026-08-03',
    '2026-08-13',
    '2026-08-13',
  ]);
});
