import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { Answer } from '@avow/protocol/staff/visits';
import type { VisitEvent } from '@avow/protocol/visits';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findImportedDays } from '../imported-sums/queries.ts';
import { createRollups } from '../rebuild-rollups.ts';
import { findRolledUpDays } from '../rollup-days.ts';
import { openTestStore, type TestStore } from '../test-store.ts';
import { answerQuestions } from './answer-question.ts';
import { rememberFinishedSums } from './finished-sums.ts';
import { type QuestionInput, questionSchema } from './question.ts';
import { readSums } from './read-sums.ts';
import { groundScope } from './scope.ts';
import { insertEvents, traffic } from './test-traffic.ts';

const ZONE = 'Europe/Berlin';
const KEPT = { house: 90, sites: [] };
const PERIOD = { from: '2026-03-01', to: '2026-03-31' };
const METRICS = ['visits', 'visitors', 'pageViews', 'bounceRate', 'events'] as const;
/** One of each kind of list: without a split, over time, by a value, by visits with a filter. */
const SCREEN: Partial<QuestionInput>[] = [
  { compare: { from: '2026-02-01', to: '2026-02-28' } },
  { granularity: 'week' },
  { metrics: ['visits', 'pageViews'], dimensions: ['page'] },
  { metrics: ['visits', 'bounceRate'], dimensions: ['exitPage'] },
  { dimensions: ['country'], filters: [{ dimension: 'source', operator: 'is', values: ['Google'] }] },
];

let store: TestStore;
let events: readonly VisitEvent[];
let asked: string[] = [];

beforeAll(async () => {
  store = await openTestStore(createTestDatabase, createTestClickHouse);
  const query = store.clickhouse.query.bind(store.clickhouse);
  store.clickhouse.query = (given) => {
    asked.push(given.query);
    return query(given);
  };
  events = fc.sample(traffic, { seed: 8, numRuns: 1 })[0] ?? [];
  await insertEvents(store.clickhouse, events);
});
afterAll(() => store.close());

function ask(finished = rememberFinishedSums(), inputs = SCREEN): Promise<Answer[]> {
  const questions = inputs.map((input) =>
    questionSchema.parse({ metrics: METRICS, period: PERIOD, limit: 1000, ...input }),
  );
  return answerQuestions(
    {
      clickhouse: store.clickhouse,
      finished,
      sites: ['main', 'labs'],
      reportingZone: ZONE,
      now: new Date('2026-11-01T12:00Z'),
      suppressBelow: 0,
      kept: KEPT,
      rolledUpDays: ({ from, to }) => findRolledUpDays(store.db, from, to),
      importsOf: (days) => findImportedDays(store.db, days),
    },
    questions,
  );
}

const rebuild = () =>
  createRollups({ ...store, timeZone: ZONE, kept: KEPT }).rebuildRollups({ from: '2026-03-01', to: '2026-03-31' });

const ofSums = () => asked.filter((text) => /FROM visit(s_by_\w+|_days)\b/.test(text));

test('sums of finished days are read once, until a day is rolled up again', async () => {
  await rebuild();
  const finished = rememberFinishedSums();
  asked = [];
  const first = await ask(finished);
  expect(ofSums().length).toBeGreaterThan(3);
  asked = [];
  expect(await ask(finished)).toEqual(first);
  expect(ofSums()).toEqual([]);
  expect(await ask(finished, [{ granularity: 'day' }])).toEqual(
    await ask(rememberFinishedSums(), [{ granularity: 'day' }]),
  );

  const late = events
    .filter(({ day, source, bot }) => day === '2026-03-29' && source === 'Google' && bot === '')
    .map((event) => ({ ...event, visit: `${event.visit}0000`, visitor: `${event.visitor}7` }));
  expect(late.length).toBeGreaterThan(0);
  await insertEvents(store.clickhouse, late);
  expect(await ask(finished)).toEqual(first);
  await rebuild();
  const again = await ask(finished);
  expect(again).toEqual(await ask());
  for (const [at, { totals }] of again.entries()) {
    expect(totals.visits?.value).toBeGreaterThan(first[at]?.totals.visits?.value ?? 0);
  }
});

test('what has no room is read again', async () => {
  const whole = await ask();
  const little = rememberFinishedSums(3);
  expect(await ask(little)).toEqual(whole);
  expect(await ask(little)).toEqual(whole);
});

test('of more values than are looked at, those are told that are the greatest over all tables together', async () => {
  const scope = {
    ...groundScope(
      { sites: ['main', 'labs'], reportingZone: ZONE },
      questionSchema.parse({ metrics: METRICS, period: PERIOD }),
      { from: '2026-03-01', to: '2026-04-30' },
    ),
    dimensions: ['page' as const],
  };
  const rolledUp = (await findRolledUpDays(store.db, '2026-03-01', '2026-03-28')).map(({ day }) => day);
  expect(rolledUp.length).toBeGreaterThan(0);
  const read = async (limit: number, days: readonly string[]) => {
    const wanted = { name: 'rows', scope: { ...scope, rolledUp: days }, parts: ['views' as const], limit };
    return (await readSums({ ...store, finished: rememberFinishedSums() }, [wanted])).lists[0];
  };
  const all = await read(1000, []);
  expect(all?.length).toBeGreaterThan(2);
  expect(await read(2, rolledUp)).toEqual(all?.slice(0, 2));
});
