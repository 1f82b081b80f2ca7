import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { VisitEvent } from '@avow/protocol/visits';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../test-store.ts';
import { readFunnel, readJourney, tellSteps } from './journeys.ts';
import type { Filter } from './question.ts';
import { groundScope, type Scope } from './scope.ts';
import { insertEvents, PATHS, traffic } from './test-traffic.ts';

let store: TestStore;
const events: readonly VisitEvent[] = fc.sample(traffic, { seed: 3, numRuns: 1 })[0] ?? [];
const visits = [
  ...Map.groupBy(
    events.filter(({ bot }) => bot === ''),
    ({ visit }) => visit,
  ).values(),
].map((visit) => visit.sort((one, other) => one.seq - other.seq));

beforeAll(async () => {
  store = await openTestStore(createTestDatabase, createTestClickHouse);
  await insertEvents(store.clickhouse, events);
});
afterAll(() => store.close());

function scopeOf(filters: Filter[] = []): Scope {
  const days = { from: '2025-12-20', to: '2026-11-01' };
  const house = { sites: ['main', 'labs'], reportingZone: 'Europe/Berlin' };
  return groundScope(house, { period: days, filters, bots: 'out' }, days);
}

const counted = (pages: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const page of pages) counts.set(page, (counts.get(page) ?? 0) + 1);
  return Object.fromEntries(counts);
};

test.each(PATHS)('what comes before and after %s agrees with the events', async (page) => {
  const { told } = await readJourney(store.clickhouse, scopeOf(), { page, limit: 1000 }, 0);
  const { before, after } = told;
  const neighbours = (step: 1 | -1) =>
    visits.flatMap((visit) => {
      const views = visit.filter(({ kind }) => kind === 'view').map(({ path }) => path);
      return [...new Set(views.flatMap((path, at) => (path === page ? [views[at + step] ?? ''] : [])))];
    });
  const plain = (rows: typeof before) => Object.fromEntries(rows.map(({ page, value }) => [page, value]));
  expect(plain(after)).toEqual(counted(neighbours(1)));
  expect(plain(before)).toEqual(counted(neighbours(-1)));
});

test('filters choose whole visits', async () => {
  const filters: Filter[] = [{ dimension: 'event', operator: 'is', values: ['signup'] }];
  const { after } = (await readJourney(store.clickhouse, scopeOf(filters), { page: '/', limit: 1000 }, 0)).told;
  const signed = visits.filter((visit) => visit.some(({ kind, name }) => kind === 'event' && name === 'signup'));
  const left = signed.filter((visit) => visit.findLast(({ kind }) => kind === 'view')?.path === '/');
  expect(after.find(({ page }) => page === '')?.value).toBe(left.length);
});

test('small groups are not told', async () => {
  const { after } = (await readJourney(store.clickhouse, scopeOf(), { page: '/', limit: 1000 }, 10)).told;
  expect(after.some(({ suppressed }) => suppressed)).toBe(true);
  for (const { value } of after) expect(value === null || value >= 10).toBe(true);
});

test('a funnel counts the visits that came along its steps, in their order', async () => {
  const steps: Filter[] = [
    { dimension: 'page', operator: 'starts with', values: ['/docs'] },
    { dimension: 'page', operator: 'is', values: ['/'] },
    { dimension: 'event', operator: 'is', values: ['signup', 'play'] },
  ];
  const passes = [
    ({ path }: VisitEvent) => path.startsWith('/docs'),
    ({ path }: VisitEvent) => path === '/',
    ({ kind }: VisitEvent) => kind === 'event',
  ];
  const reached = visits.map((visit) => {
    let step = 0;
    for (const event of visit) if (passes[step]?.(event)) step += 1;
    return step;
  });
  const { told } = await readFunnel(store.clickhouse, scopeOf(), { steps }, 0);
  expect(told.steps.map(({ value }) => value)).toEqual(
    [1, 2, 3].map((step) => reached.filter((at) => at >= step).length),
  );
  expect(told.steps[2]?.value).toBeGreaterThan(0);
});

test('nor do the lost of a funnel tell of a small group', () => {
  const step = (visits: number) => ({ visits, visitors: visits });
  expect(tellSteps([50, 45, 30, 9, 0].map(step), 10).map(({ value }) => value)).toEqual([50, null, 30, null, 0]);
  expect(tellSteps([50, 50, 40].map(step), 10).map(({ value }) => value)).toEqual([50, 50, 40]);
  expect(tellSteps([3, 0].map(step), 10).map(({ value }) => value)).toEqual([null, 0]);
});
