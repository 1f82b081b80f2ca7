/** What stands beside the figures of journeys, funnels and goals: how they came about, and the days that nobody can tell any more. */
import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { Answer, FunnelAnswer, GoalsAnswer, JourneyAnswer } from '@avow/protocol/staff/visits';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueApiToken, TOKEN_PERMISSIONS } from '../../platform/http/api-tokens.ts';
import { createStaffApi } from '../../platform/http/staff-api.ts';
import { openTestStore, type TestStore } from '../test-store.ts';
import { funnelAnswerSchema, journeyAnswerSchema } from './answer-schema.ts';
import { visitRoutes } from './routes.ts';
import { insertEvents, traffic } from './test-traffic.ts';

const period = { from: '2025-12-20', to: '2026-11-01' };
const now = new Date('2026-11-01T12:34:56Z');
const goal = { dimension: 'event', operator: 'is', values: ['signup'] };
const steps = [{ dimension: 'page', operator: 'is', values: ['/'] }, goal];
const BESIDE = {
  goals: { path: '/visits/goals', body: { period } },
  journey: { path: '/visits/journey', body: { period, page: '/' } },
  funnel: { path: '/visits/funnel', body: { period, steps } },
};

let store: TestStore;
let api: ReturnType<typeof createStaffApi>;
let authorization: string;
const statements: string[] = [];

beforeAll(async () => {
  store = await openTestStore(createTestDatabase, createTestClickHouse);
  const { db, clickhouse } = store;
  const config = await loadConfig(join(import.meta.dirname, '../../../../examples/vendor/avow.config.ts'));
  const clock = () => now;
  const counted = new Proxy(clickhouse, {
    get(client, name) {
      if (name !== 'query') return Reflect.get(client, name);
      return (asked: Parameters<typeof client.query>[0]) => {
        statements.push(asked.query);
        return client.query(asked);
      };
    },
  });
  api = createStaffApi({
    db,
    clock,
    routes: visitRoutes({ config, db, clickhouse: counted, clock, active: () => [] }),
  });
  const asked = { label: 'test', permissions: TOKEN_PERMISSIONS, validThrough: null, today: '2026-11-01' };
  authorization = `Bearer ${(await issueApiToken(db, asked)).token}`;
  await insertEvents(clickhouse, fc.sample(traffic, { seed: 8, numRuns: 1 })[0] ?? []);
  for (const page of ['/', '/docs', '/pricing']) {
    await post('/visits/saved', {
      name: `Saw ${page}`,
      content: { kind: 'goal', step: { dimension: 'page', operator: 'is', values: [page] } },
    });
  }
  await post('/visits/saved', { name: 'Signed up', content: { kind: 'goal', step: goal } });
});

afterAll(() => store.close());

async function post<T>(path: string, body: object): Promise<T> {
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await api.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

const askAll = (more: object = {}) =>
  Promise.all([
    post<GoalsAnswer>(BESIDE.goals.path, { ...BESIDE.goals.body, ...more }),
    post<JourneyAnswer>(BESIDE.journey.path, { ...BESIDE.journey.body, ...more }),
    post<FunnelAnswer>(BESIDE.funnel.path, { ...BESIDE.funnel.body, ...more }),
  ]);

describe('journeys, funnels and goals', () => {
  test('are explained where that is asked for: definition, query, what was dropped, what is a program', async () => {
    const received = { received: '2026-10-25', batch: crypto.randomUUID() };
    const drops = { hour: 1_792_900_000, day: '2026-10-25', site: 'main', reason: 'malformed', count: 7 };
    await store.clickhouse.insert({
      table: 'drop_counts',
      values: [{ ...received, ...drops }],
      format: 'JSONEachRow',
    });
    const [goals, journey, funnel] = await askAll({ explain: true });
    for (const { explanation } of [goals, journey, funnel]) {
      expect(explanation?.dropped).toEqual([{ reason: 'malformed', count: 7 }]);
      expect(explanation?.events).toBeGreaterThan(explanation?.bots[0]?.events ?? 0);
      for (const { en, de } of Object.values(explanation?.definitions ?? {})) expect(en).not.toBe(de);
    }
    expect(Object.keys(goals.explanation?.definitions ?? {})).toEqual(['visits', 'visitors']);
    expect(Object.keys(journey.explanation?.definitions ?? {})).toEqual(['before', 'after']);
    expect(journey.explanation?.queries.map(({ name }) => name)).toEqual(['visits.journey']);
    expect(funnel.explanation?.queries.map(({ name }) => name)).toEqual(['visits.funnel']);
    const text = JSON.stringify(goals.explanation?.queries);
    for (const value of ['/docs', '/pricing', 'signup']) expect(text).toContain(value);
    for (const { explanation } of await askAll()) expect(explanation).toBeUndefined();
    expect(journeyAnswerSchema.parse(journey)).toEqual(journey);
    expect(funnelAnswerSchema.parse(funnel)).toEqual(funnel);
  });

  test('name the days of which the events have expired', async () => {
    for (const { missing } of await askAll()) expect(missing).toBeUndefined();
    const days = ['2026-03-28', '2026-03-29', '2026-10-24'];
    await store.db
      .insertInto('visit_rollup_days')
      .values(
        days.map((day) => ({
          day,
          stale: false,
          touched: 0,
          shape: 2,
          oldest_received: day === '2026-10-24' ? '2026-10-25' : '2026-04-01',
        })),
      )
      .execute();
    for (const { missing } of await askAll()) expect(missing).toEqual({ from: '2026-03-28', to: '2026-03-29' });
    for (const { missing } of await askAll({ period: { from: '2026-10-20', to: '2026-11-01' } })) {
      expect(missing).toBeUndefined();
    }
  });
});

test('all goals are asked together, in as few queries as one of them', async () => {
  const asked = async (work: () => Promise<unknown>) => {
    statements.length = 0;
    await work();
    return statements.length;
  };
  const one = await asked(() =>
    post('/visits/query', { period, metrics: ['visits', 'visitors'], dimensions: ['page'] }),
  );
  expect(await asked(() => post('/visits/goals', { period }))).toBeLessThanOrEqual(one);
  expect(await asked(() => post('/visits/goals', { period, explain: true }))).toBeLessThanOrEqual(one + 3);
});

/** A view of this page and then a sign-up on another, in as many visits of `media`, which has no other traffic. */
function signUps(number: number, path: string, country: string) {
  const [base] = (fc.sample(traffic, { seed: 8, numRuns: 1 })[0] ?? []).filter(({ bot }) => bot === '');
  if (!base) throw new Error('no traffic');
  return Array.from({ length: number }, (_, at) => {
    const id = `${country.charCodeAt(0)}${800_000 + at}`;
    const view = {
      ...base,
      ...{ id: `${id}1`, visit: id, visitor: id, site: 'media', kind: 'view' as const, name: '', seq: 0, country },
      ...{ path, entryPath: path, day: '2026-10-30', hour: Date.UTC(2026, 9, 30, 10) / 1000 },
      ...{ firstInVisit: true, firstOfPath: true, props: {} },
    };
    const done = { kind: 'event' as const, name: 'signup', path: '/done', firstInVisit: false, firstOfPath: false };
    return [view, { ...view, ...done, id: `${id}2`, seq: 1 }];
  }).flat();
}

test('goals are looked for in the visits that are shown, wherever in them they were reached', async () => {
  await insertEvents(store.clickhouse, [...signUps(14, '/plans', 'NO'), ...signUps(11, '/plans', 'SE')]);
  const signedUp = async (...filters: object[]) => {
    const { goals } = await post<GoalsAnswer>('/visits/goals', { period, sites: ['media'], filters });
    return goals.find(({ name }) => name === 'Signed up')?.visits;
  };
  expect(await signedUp()).toEqual({ value: 25 });
  expect(await signedUp({ dimension: 'page', operator: 'is', values: ['/plans'] })).toEqual({ value: 25 });
  expect(await signedUp({ dimension: 'country', operator: 'is', values: ['NO'] })).toEqual({ value: 14 });
});

test('pages are found as people write them, and as they are kept', async () => {
  const kept = '/%C3%BCber-uns';
  await insertEvents(store.clickhouse, signUps(12, kept, 'FI'));
  for (const page of [kept, '/über-uns']) {
    const journey = await post<JourneyAnswer>('/visits/journey', { period, sites: ['media'], page });
    expect(journey.after).toEqual([{ page: '', value: 12 }]);
    const step = { dimension: 'page', operator: 'starts with', values: [page] };
    const funnel = await post<FunnelAnswer>('/visits/funnel', { period, sites: ['media'], steps: [step, step] });
    expect(funnel.steps[0]).toEqual({ step: 1, value: 12 });
    for (const dimension of ['page', 'entryPage', 'exitPage']) {
      const filters = [{ dimension, operator: 'is', values: [page] }];
      const { totals } = await post<Answer>('/visits/query', {
        period,
        metrics: ['visits'],
        filters,
        sites: ['media'],
      });
      expect(totals.visits).toEqual({ value: 12 });
    }
  }
});
