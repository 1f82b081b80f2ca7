import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { Answer } from '@avow/protocol/staff/visits';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueApiToken, TOKEN_PERMISSIONS } from '../../platform/http/api-tokens.ts';
import { createStaffApi } from '../../platform/http/staff-api.ts';
import { openTestStore, type TestStore } from '../test-store.ts';
import {
  answerSchema,
  definitionsSchema,
  funnelAnswerSchema,
  houseSchema,
  journeyAnswerSchema,
  realtimeSchema,
  screenAnswerSchema,
  weeklyReportSchema,
} from './answer-schema.ts';
import type { Filter, QuestionInput } from './question.ts';
import { visitRoutes } from './routes.ts';
import { savedListSchema, savedSchema } from './saved.ts';
import { insertEvents, traffic } from './test-traffic.ts';

const now = new Date('2026-11-01T12:34:56Z');
const everything = { from: '2025-12-20', to: '2026-11-01' };
let store: TestStore;
let api: ReturnType<typeof createStaffApi>;
let authorization: string;

beforeAll(async () => {
  store = await openTestStore(createTestDatabase, createTestClickHouse);
  const { db, clickhouse } = store;
  const clock = () => now;
  const config = await loadConfig(join(import.meta.dirname, '../../../../examples/vendor/avow.config.ts'));
  const active = () => [
    { site: 'main', visits: 12 },
    { site: 'labs', visits: 3 },
  ];
  api = createStaffApi({ db, clock, routes: visitRoutes({ config, db, clickhouse, clock, active }) });
  const { token } = await issueApiToken(db, {
    label: 'test',
    permissions: TOKEN_PERMISSIONS,
    validThrough: null,
    today: '2026-11-01',
  });
  authorization = `Bearer ${token}`;
  await insertEvents(clickhouse, fc.sample(traffic, { seed: 8, numRuns: 1 })[0] ?? []);
});

afterAll(() => store.close());

const get = (path: string) => api.request(path, { headers: { authorization } });

function post(body: unknown, path = '/visits/query') {
  const headers = { authorization, 'content-type': 'application/json' };
  return api.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function ask(question: Partial<QuestionInput>): Promise<Answer> {
  const answer = await post({ metrics: ['visits', 'pageViews'], period: everything, ...question });
  expect(answer.status).toBe(200);
  const told = await answer.json();
  expect(answerSchema.parse(told)).toEqual(told);
  return told as Answer;
}

describe('a question', () => {
  test('is answered the same in a body and in a query string', async () => {
    const filters = [{ dimension: 'page' as const, operator: 'starts with' as const, values: ['/docs'] }];
    const inBody = await ask({ filters, dimensions: ['source'], granularity: 'month' });
    const query = new URLSearchParams({
      metrics: 'visits,pageViews',
      ...everything,
      filters: JSON.stringify(filters),
      dimensions: 'source',
      granularity: 'month',
    });
    expect(await (await get(`/visits/query?${query}`)).json()).toEqual(inBody);
    expect(inBody.rows.length).toBeGreaterThan(3);
  });

  test('tells nothing of a small group, and does not call it zero', async () => {
    const { rows, totals, suppressedBelow } = await ask({ dimensions: ['page', 'source'] });
    expect(suppressedBelow).toBe(10);
    expect(totals.visits?.value).toBeGreaterThan(50);
    const figures = rows.flatMap(({ figures }) => Object.values(figures));
    expect(figures.some(({ suppressed }) => suppressed)).toBe(true);
    expect(figures.some(({ value }) => value !== null)).toBe(true);
    for (const { value, suppressed } of figures)
      expect(suppressed ? value === null : value === null || value === 0 || value >= 10).toBe(true);
  });

  test('compares with the time before, bucket by bucket', async () => {
    const { rows, compared, totals } = await ask({
      period: { from: '2026-10-24', to: '2026-10-26' },
      compare: { from: '2026-03-28', to: '2026-03-30' },
      granularity: 'day',
    });
    expect(compared).toEqual({ from: '2026-03-28', to: '2026-03-30' });
    expect(rows.map(({ time }) => time)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
    const before = await ask({ period: { from: '2026-03-28', to: '2026-03-30' }, granularity: 'day' });
    expect(rows.map(({ figures }) => figures.visits?.compared)).toEqual(
      before.rows.map(({ figures }) => figures.visits),
    );
    expect(totals.visits?.compared).toEqual(before.totals.visits);
  });

  test('is explained: definition, query, what was dropped, what is a program', async () => {
    const insert = (table: string, row: object) =>
      store.clickhouse.insert({
        table,
        values: [{ ...row, received: '2026-10-25', batch: crypto.randomUUID() }],
        format: 'JSONEachRow',
      });
    await insert('drop_counts', {
      hour: 1_792_900_000,
      day: '2026-10-25',
      site: 'main',
      reason: 'malformed',
      count: 7,
    });
    await insert('quiet_views', { day: '2026-10-25', site: 'main', path: '/', views: 5 });
    const { explanation } = await ask({ explain: true, sites: ['main'] });
    expect(explanation?.definitions.visits?.en).toMatch(/gaps under 30 minutes/);
    expect(explanation?.queries.map(({ text }) => text.split('\n')[0])).toEqual(['/* visits.totals */']);
    expect(explanation).toMatchObject({ dropped: [{ reason: 'malformed', count: 7 }], quietViews: 5 });
    expect(explanation?.bots).toEqual([{ reason: 'word list', events: expect.any(Number) }]);
    expect(explanation?.events).toBeGreaterThan(explanation?.bots[0]?.events ?? 0);
  });

  test.each([
    [{ metrics: ['visits); DROP TABLE visit_events'] }, 'metrics.0'],
    [{ dimensions: ["site FROM visit_events -- '"] }, 'dimensions.0'],
    [{ dimensions: ["property:a'] FROM x"] }, 'dimensions.0'],
    [{ timeZone: "UTC') --" }, 'timeZone'],
    [{ period: { from: '2026-10-26', to: '2026-10-25' } }, 'period.to'],
    [{ period: { from: '2026-02-30', to: '2026-10-25' } }, 'period.from'],
    [{ period: everything, granularity: 'hour' }, 'granularity'],
    [{ order: { by: 'visitors' } }, 'order.by'],
    [{ sites: ['elsewhere'] }, 'sites'],
    [{ limit: 100_000 }, 'limit'],
    [{ sql: 'SELECT 1' }, 'sql'],
  ])('is refused by its field: %j', async (part, field) => {
    const answer = await post({ metrics: ['visits'], period: everything, ...part });
    expect(answer.status).toBe(422);
    const { error } = (await answer.json()) as { error: { fields: Record<string, object> } };
    expect(Object.keys(error.fields)).toEqual([field]);
  });

  test('may be about any text: values never become part of a query', async () => {
    const texts = [
      "'",
      '\\',
      "'); DROP TABLE visit_events; --",
      '{p0:String}',
      '\u0000',
      '🙂',
      '%',
      "\\'",
      '\n',
      "['a']",
    ];
    const { rows } = await ask({
      dimensions: ['page'],
      filters: (['is not', 'contains', 'starts with', 'is'] as const).flatMap((operator) =>
        operator === 'is not' ? [{ dimension: 'page', operator, values: texts }] : [],
      ),
    });
    expect(rows.length).toBeGreaterThan(2);
    for (const operator of ['is', 'contains', 'starts with'] as const) {
      expect((await ask({ filters: [{ dimension: 'page', operator, values: texts }] })).totals.pageViews?.value).toBe(
        0,
      );
    }
  });

  test('can be had as a table for spreadsheets, small groups marked', async () => {
    const question = { metrics: ['visits', 'bounceRate'], period: everything, dimensions: ['page', 'source'] };
    const answer = await post(question, '/visits/query.csv');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = (await answer.text()).split('\r\n');
    expect(lines[0]).toBe('page,source,visits,bounceRate');
    expect(lines.some((line) => line.endsWith('suppressed,suppressed'))).toBe(true);
    expect(lines.some((line) => /^\/,Google,\d+,[\d.]+$/.test(line))).toBe(true);
  });
});

test('a screen is answered as each of its questions alone', async () => {
  const ground = { period: everything, sites: ['main'] };
  const panels = {
    head: { metrics: ['visits', 'bounceRate'], compare: 'previous year' },
    'by day': { metrics: ['visits', 'bounceRate'], granularity: 'day' },
    sources: { metrics: ['visitors'], dimensions: ['source'], limit: 2 },
  } satisfies Record<string, Partial<QuestionInput>>;
  const answer = await post({ ...ground, panels }, '/visits/screen');
  const told = screenAnswerSchema.parse(await answer.json()).panels;
  expect(Object.keys(told)).toEqual(Object.keys(panels));
  for (const [name, panel] of Object.entries(panels)) {
    expect(told[name]).toEqual(await ask({ ...ground, ...(panel as Partial<QuestionInput>) }));
  }
  const wrong = await post(
    { ...ground, panels: { 'by hour': { metrics: ['visits'], granularity: 'hour' } } },
    '/visits/screen',
  );
  expect(((await wrong.json()) as { error: { fields: object } }).error.fields).toHaveProperty([
    'panels.by hour.granularity',
  ]);
});

test('journeys and funnels are answered as they are described', async () => {
  const journey = await post({ period: everything, page: '/' }, '/visits/journey');
  expect(journeyAnswerSchema.parse(await journey.json()).after.length).toBeGreaterThan(1);
  const steps = [
    { dimension: 'page', operator: 'is', values: ['/'] },
    { dimension: 'event', operator: 'is', values: ['signup'] },
  ];
  const funnel = funnelAnswerSchema.parse(await (await post({ period: everything, steps }, '/visits/funnel')).json());
  expect(funnel.steps[0]?.value).toBeGreaterThan(10);
  expect((await post({ period: everything, steps, sites: ['none'] }, '/visits/funnel')).status).toBe(422);
});

describe('what the staff keep', () => {
  const filters: Filter[] = [{ dimension: 'source', operator: 'is', values: ['Google'] }];
  const step = { dimension: 'event', operator: 'is', values: ['signup'] } as const;

  test('is saved, listed and deleted', async () => {
    const kept = await post({ name: 'Relaunch', content: { kind: 'annotation', day: '2026-10-25' } }, '/visits/saved');
    const { id } = savedSchema.parse(await kept.json());
    const list = async () => savedListSchema.parse(await (await get('/visits/saved?kind=annotation')).json()).saved;
    expect(await list()).toMatchObject([{ id, name: 'Relaunch', created: '2026-11-01' }]);
    const remove = () => api.request(`/visits/saved/${id}`, { method: 'DELETE', headers: { authorization } });
    expect((await remove()).status).toBe(200);
    expect((await remove()).status).toBe(404);
    expect(await list()).toEqual([]);
    expect((await post({ name: 'x', content: { kind: 'goal', step: { sql: 1 } } }, '/visits/saved')).status).toBe(422);
  });

  test('a segment gives the figures of its filters', async () => {
    const kept = await post({ name: 'Searching', content: { kind: 'segment', filters } }, '/visits/saved');
    const { id } = savedSchema.parse(await kept.json());
    expect((await ask({ segment: id })).totals).toEqual((await ask({ filters })).totals);
    expect((await post({ metrics: ['visits'], period: everything, segment: crypto.randomUUID() })).status).toBe(422);
  });

  test('a goal counts the visits in which it was reached', async () => {
    await post({ name: 'Signed up', content: { kind: 'goal', step } }, '/visits/saved');
    const { goals } = (await (await post({ period: everything }, '/visits/goals')).json()) as { goals: object[] };
    const { totals } = await ask({ filters: [{ ...step, values: ['signup'], within: 'visit' }] });
    expect(totals.visits?.value).toBeGreaterThan(10);
    expect(goals).toMatchObject([{ name: 'Signed up', visits: totals.visits }]);
  });
});

test('the events themselves come in a stream', async () => {
  const range = `from=${everything.from}&to=${everything.to}`;
  const lines = (await (await get(`/visits/events?${range}&site=main`)).text()).trim().split('\n');
  expect(lines.length).toBeGreaterThan(50);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ site: 'main', visit: expect.any(String) });
  const csv = await get(`/visits/events?${range}&format=csv`);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect((await csv.text()).split('\n')[0]).toContain('"path"');
  expect((await get(`/visits/events?${range}&site=none`)).status).toBe(422);
});

test('realtime tells the last thirty minutes, and no small group', async () => {
  const at = (minutesAgo: number) => Math.floor(now.getTime() / 60_000 - minutesAgo) * 60;
  const values = [
    { minute: at(0), site: 'main', path: '/', views: 12 },
    { minute: at(29), site: 'main', path: '/docs', views: 15 },
    { minute: at(30), site: 'main', path: '/', views: 100 },
    { minute: at(3), site: 'labs', path: '/', views: 6 },
    { minute: at(4), site: 'labs', path: '/a', views: 6 },
  ].map((row) => ({ ...row, batch: crypto.randomUUID() }));
  // The table forgets by the real clock.
  await store.clickhouse.command({ query: 'ALTER TABLE minute_counts REMOVE TTL' });
  await store.clickhouse.insert({ table: 'minute_counts', values, format: 'JSONEachRow' });
  const answer = await get('/visits/realtime');
  const told = realtimeSchema.parse(await answer.json());
  expect(told.minutes).toHaveLength(30);
  expect(told.minutes.at(-1)).toEqual({ minute: '2026-11-01T12:34:00Z', value: 12 });
  expect(told.pages.slice(0, 1)).toEqual([{ site: 'main', page: '/docs', value: 15 }]);
  expect(told.pages).toContainEqual({ site: 'labs', page: '/', value: null, suppressed: true });
  expect(told.activeVisits.every(({ suppressed }) => suppressed)).toBe(true);
  const main = realtimeSchema.parse(await (await get('/visits/realtime?site=main')).json());
  expect(main.activeVisits).toEqual([{ site: 'main', value: 12 }]);
  expect((await get('/visits/realtime?site=none')).status).toBe(422);
});

test('every figure and dimension has its definition in both languages', async () => {
  const { metrics, dimensions } = definitionsSchema.parse(await (await get('/visits/definitions')).json());
  for (const { en, de } of [...Object.values(metrics), ...Object.values(dimensions)]) {
    expect(en).toMatch(/\.$/);
    expect(de).not.toBe(en);
  }
});

test('what there is to ask about is told as the configuration has it', async () => {
  const house = houseSchema.parse(await (await get('/visits/house')).json());
  expect(house).toMatchObject({ timeZone: 'Europe/Berlin', suppressedBelow: 10, eventsKeptDays: 90 });
  expect(house.sites.map(({ id }) => id)).toEqual(['main', 'labs', 'media']);
  expect(house.sites[0]?.events).toContainEqual({ name: 'Trial started', properties: ['edition'] });
  const report = weeklyReportSchema.parse(await (await get('/visits/weekly-report')).json());
  expect(report).toEqual({ to: [], language: 'en' });
});

test('the description of the API has the whole question', async () => {
  const text = await (await api.request('/openapi.json')).text();
  for (const word of [
    'bounceRate',
    'exitPage',
    'last 12 months',
    '^property:',
    'previous year',
    '/api/visits/realtime',
  ]) {
    expect(text).toContain(word);
  }
});

test('a store that is away is told as such', async () => {
  const config = await loadConfig(join(import.meta.dirname, '../../../../examples/vendor/avow.config.ts'));
  const { openClickHouse } = await import('../../platform/clickhouse.ts');
  const gone = openClickHouse('http://127.0.0.1:9');
  const routes = visitRoutes({ config, db: store.db, clickhouse: gone, clock: () => now, active: () => [] });
  const away = createStaffApi({ db: store.db, clock: () => now, routes });
  const answer = await away.request('/visits/query?metrics=visits&period=today', { headers: { authorization } });
  expect(answer.status).toBe(503);
  await gone.close();
});
