/** Visits across midnight and across the group, and what a site's contract leaves out. W5, W6. */
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyTables } from '../testing.ts';
import { eventId, startTestCollector, type TestCollector, type TestCollectorOptions, view } from './testing.ts';

let database: TestDatabase;
let edge: TestCollector | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

beforeEach(() => emptyTables(database.url));

afterEach(() => edge?.close());

const start = async (options: TestCollectorOptions): Promise<TestCollector> => {
  edge = await startTestCollector(database.url, options);
  return edge;
};

test('W5: a visit goes on through midnight UTC; the next visit of the same person is a new visitor', async () => {
  const edge = await start({ now: Date.parse('2026-11-23T23:50:00Z') });
  await edge.send(view('/before'));
  edge.now = Date.parse('2026-11-24T00:05:00Z');
  await edge.send(view('/after'));
  edge.now = Date.parse('2026-11-24T01:00:00Z');
  await edge.send(view('/again'));
  const events = await edge.events();
  const of = (path: string) => events.find((event) => event.path === path);
  expect(of('/after')).toMatchObject({ seq: 1, firstInVisit: false, firstOfDay: false, visit: of('/before')?.visit });
  expect(of('/after')?.visitor).toBe(of('/before')?.visitor);
  expect(of('/again')).toMatchObject({ seq: 0, firstInVisit: true, firstOfDay: true });
  expect(of('/again')?.visitor).not.toBe(of('/before')?.visitor);
  // In Berlin it is one day, and two hours of it.
  expect(new Set(events.map(({ day }) => day))).toEqual(new Set(['2026-11-24']));
});

test('W6: the day after, the same address and browser are somebody else', async () => {
  const edge = await start({});
  await edge.send(view());
  edge.now += 86_400_000;
  await edge.send(view());
  const events = await edge.events();
  expect(new Set(events.map(({ visitor }) => visitor)).size).toBe(2);
});

test('in the scope of the group a visitor is one on all sites, with a visit on each', async () => {
  const edge = await start({
    config(config) {
      config.visits.visitorScope = 'group';
    },
  });
  await edge.send(view());
  await edge.send({ i: eventId(), u: 'https://labs.localhost/' }, { origin: 'https://labs.localhost' });
  const events = await edge.events();
  expect(new Set(events.map(({ visitor }) => visitor)).size).toBe(1);
  expect(new Set(events.map(({ visit }) => visit)).size).toBe(2);
  expect(events.map(({ firstInVisit, firstOfDay }) => [firstInVisit, firstOfDay])).toEqual([
    [true, true],
    [true, true],
  ]);
});

test("what a site's contract does not name is not collected, whatever the page sends", async () => {
  const edge = await start({
    config({ sites: [main] }) {
      if (main)
        main.collect = { fields: ['scroll'], actions: [], geography: 'none', excludePaths: ['/admin*'], events: {} };
    },
  });
  const referred = { r: 'https://www.google.com/' };
  const address = { 'x-forwarded-for': '8.8.8.8' };
  expect((await edge.send(view('/?utm_source=a&gclid=b', referred), address)).status).toBe(202);
  expect((await edge.send(view('/', { k: 'engagement', e: 5000, s: 40 }), address)).status).toBe(202);
  for (const dropped of [
    view('/admin/users'),
    view('/', { k: 'outbound', n: 'https://a.example/' }),
    view('/', { k: 'not-found' }),
    view('/', { k: 'form', n: 'contact' }),
    view('/', { k: 'event', n: 'buy' }),
  ]) {
    expect((await edge.send(dropped, address)).status).toBe(204);
  }
  await edge.collector.flush();
  const batches = await edge.batches();
  // Batches come in the order of their random ids.
  const events = batches.flatMap((batch) => batch.events).sort((one, other) => one.seq - other.seq);
  const [seen, looked, ...more] = events;
  expect(more).toEqual([]);
  const nothing = {
    source: '',
    referrer: '',
    channel: 'direct',
    utmSource: '',
    country: '',
    language: '',
    browser: '',
    os: '',
    device: 'other',
  };
  expect(seen).toMatchObject(nothing);
  expect(looked).toMatchObject({ ...nothing, engagedMs: 0, scrollPercent: 40 });
  const drops = batches.flatMap((batch) => batch.drops);
  expect(drops.map(({ reason, count }) => [reason, count]).sort()).toEqual([
    ['excluded path', 1],
    ['undeclared event', 4],
  ]);
});
