import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { VisitEvent } from '@avow/protocol/visits';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { METRIC_NAMES } from '../query/metrics.ts';
import { PATHS, traffic } from '../query/test-traffic.ts';
import { openTestStore, type TestStore } from '../test-store.ts';
import { openSharedHouse, type SharedHouse } from './test-shared.ts';

/**
 * Of two houses, one has only the visits that the link may show. Whatever is asked through the link, both answer the same: so nothing of
 * the other visits is in any answer.
 */
const stores: TestStore[] = [];
let whole: SharedHouse;
let part: SharedHouse;

const WITHIN = { dimension: 'page', operator: 'is', values: ['/docs'], within: 'visit' } as const;
/** What links are restricted to, and which visits those are. */
const RESTRICTIONS = [
  { sites: ['main'], filters: [], shows: () => true },
  {
    sites: ['main'],
    filters: [{ dimension: 'source', operator: 'is', values: ['Google'] }],
    shows: (visit: VisitEvent[]) => visit[0]?.source === 'Google',
  },
  {
    sites: ['main', 'labs'],
    filters: [
      { dimension: 'country', operator: 'is not', values: ['DE'] },
      { dimension: 'device', operator: 'is', values: ['desktop'] },
    ],
    shows: (visit: VisitEvent[]) => visit[0]?.country !== 'DE' && visit[0]?.device === 'desktop',
  },
  {
    sites: ['labs'],
    filters: [WITHIN],
    shows: (visit: VisitEvent[]) => visit.some(({ path }) => path === '/docs'),
  },
];

const filter = fc.record({
  dimension: fc.constantFrom(
    'source',
    'country',
    'entryPage',
    'exitPage',
    'page',
    'event',
    'outbound',
    'property:plan',
  ),
  operator: fc.constantFrom('is', 'is not', 'contains', 'starts with'),
  values: fc.uniqueArray(fc.constantFrom('', 'Google', 'DE', '/', '/docs', '/shop/ä', 'signup', 'pro'), {
    minLength: 1,
    maxLength: 3,
  }),
  within: fc.constantFrom('event', 'visit'),
});

const ground = {
  period: fc.constantFrom('last 12 months', { from: '2026-10-24', to: '2026-10-26' }),
  filters: fc.array(filter, { maxLength: 2 }),
  bots: fc.constantFrom('out', 'in', 'only'),
  timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York'),
};

const panel = fc.record({
  metrics: fc.constant([...METRIC_NAMES]),
  dimensions: fc.uniqueArray(fc.constantFrom('page', 'source', 'exitPage', 'country'), { maxLength: 1 }),
  explain: fc.boolean(),
});

const asked = fc.oneof(
  fc.record({
    path: fc.constant('/visits/screen'),
    body: fc.record({ ...ground, panels: fc.record({ one: panel, other: panel }) }),
  }),
  fc.record({
    path: fc.constant('/visits/query'),
    body: fc.record({
      ...ground,
      metrics: fc.constant([...METRIC_NAMES]),
      dimensions: fc.uniqueArray(fc.constantFrom('site', 'page', 'source', 'exitPage', 'country', 'event', 'bot'), {
        maxLength: 2,
      }),
      compare: fc.constantFrom('previous period', 'previous year'),
    }),
  }),
  fc.record({
    path: fc.constant('/visits/journey'),
    body: fc.record({ ...ground, page: fc.constantFrom(...PATHS) }),
  }),
  fc.record({
    path: fc.constant('/visits/funnel'),
    body: fc.record({
      ...ground,
      steps: fc.tuple(
        fc.constantFrom(...PATHS).map((page) => ({ dimension: 'page', operator: 'is', values: [page] })),
        fc.constant({ dimension: 'event', operator: 'is', values: ['signup'] }),
      ),
    }),
  }),
);

beforeAll(async () => {
  const open = () => openTestStore(createTestDatabase, createTestClickHouse);
  stores.push(await open(), await open());
}, 60_000);

afterAll(async () => {
  for (const store of stores) await store.close();
});

test.each(RESTRICTIONS)(
  'no question gets out of a link to $sites restricted by $filters',
  async ({ sites, filters, shows }) => {
    const [large, small] = stores;
    if (!large || !small) throw new Error('no stores');
    // Of other visits and visitors in each part: enough of everything that something is told.
    const events = fc.sample(traffic, { seed: 21, numRuns: 12 }).flatMap((part, number) =>
      part.map((event) => ({
        ...event,
        visit: `${number + 1}000${event.visit}`,
        visitor: `${number + 1}${event.visitor}`,
      })),
    );
    const visits = Map.groupBy(events, ({ visit }) => visit);
    const shown = events.filter(({ site, visit }) => sites.includes(site) && shows(visits.get(visit) ?? []));
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.length).toBeLessThan(events.length);
    for (const store of [large, small]) {
      store.setClock(new Date('2026-11-01T12:34:56Z'));
      await store.clickhouse.command({ query: 'TRUNCATE TABLE visit_events' });
    }
    whole = await openSharedHouse(large, events);
    part = await openSharedHouse(small, shown);
    const readers: Awaited<ReturnType<SharedHouse['readerOf']>>[] = [];
    for (const house of [whole, part]) {
      let segment: string | null = null;
      if (filters.length > 0) {
        const saved = await house.staff('POST', '/visits/saved', { name: 'S', content: { kind: 'segment', filters } });
        segment = ((await saved.json()) as { id: string }).id;
      }
      readers.push(await house.readerOf((await house.share({ sites, segment })).token));
    }
    let told = 0;
    await fc.assert(
      fc.asyncProperty(asked, async ({ path, body }) => {
        const [first, second] = await Promise.all(readers.map(async (read) => (await read(path, body)).json()));
        expect(first).toEqual(second);
        if (/"value":[1-9]/.test(JSON.stringify(first))) told += 1;
      }),
      { numRuns: 50 },
    );
    expect(told).toBeGreaterThan(10);
  },
  120_000,
);
