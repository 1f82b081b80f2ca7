import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openClickHouse } from '../platform/clickhouse.ts';
import { addDays, isoDay } from '../platform/day.ts';
import type { Services } from '../platform/services.ts';
import { createVisits } from './feature.ts';
import { findCurrentDays } from './rollup-days.ts';
import { openTestStore, type TestStore } from './test-store.ts';
import { batchOf, eventOf } from './test-traffic.ts';

let store: TestStore;
let services: Services;
const logged: string[] = [];

beforeAll(async () => {
  store = await openTestStore(createTestDatabase, createTestClickHouse);
  const config = await loadConfig(join(import.meta.dirname, '../../../examples/vendor/avow.config.ts'));
  const { db, clock } = store;
  const log = pino({}, { write: (line: string) => logged.push(line) });
  // What this feature has no use for is not there.
  services = { config, db, clock, log } as Services;
});
afterAll(() => store.close());

const visits = () => createVisits(services, store);
const site = () => services.config.sites[0]?.id ?? '';
const TODAY = isoDay(new Date());
const count = async (table: string, of = 'count()') =>
  Number((await store.rows<{ n: string }>(`SELECT ${of} AS n FROM ${table}`))[0]?.n);
const run = (name: string) =>
  visits()
    .schedule.find((task) => task.name === name)
    ?.run();

test('at start the configured days are written into the tables', async () => {
  const rawDays = 33;
  services.config.visits.rawDays = rawDays;
  await visits().start();
  const tables = await store.rows<{ made: string }>(
    `SELECT create_table_query AS made FROM system.tables WHERE database = currentDatabase()
      AND name IN ('visit_events', 'drop_counts', 'quiet_views')`,
  );
  for (const { made } of tables) expect(made).toContain(`TTL received + toIntervalDay(${rawDays})`);
  expect(tables).toHaveLength(3);
});

describe('in time', () => {
  test('events go and their sums stay, also when more of them come too late', async () => {
    const at = `${addDays(TODAY, -3)}T12:00:00Z`;
    const event = () => eventOf({ at, site: site(), firstInVisit: true });
    const feature = visits();
    await feature.receive([batchOf([event(), event()])], 'edge');
    await run('visits.rollUp');
    const day = addDays(TODAY, -3);
    expect(await findCurrentDays(store.db, day, day)).toEqual(new Set([day]));

    await feature.receive([batchOf([event()])], 'edge');
    expect(await findCurrentDays(store.db, day, day)).toEqual(new Set());
    await run('visits.rollUp');
    expect(await count('visits_by_hour', 'sum(views)')).toBe(3);

    store.setClock(new Date(Date.now() + 32 * 86_400_000));
    await run('visits.retention');
    expect(await count('visit_events')).toBe(3);
    store.setClock(new Date(Date.now() + 33 * 86_400_000));
    await run('visits.retention');
    expect(await count('visit_events')).toBe(0);
    await run('visits.rollUp');
    expect(await count('visits_by_hour', 'sum(views)')).toBe(3);
    expect(await findCurrentDays(store.db, day, day)).toEqual(new Set([day]));
    expect(await store.db.selectFrom('visit_batches').select('id').execute()).toEqual([]);
    store.setClock(null);
  });

  test('minutes go after an hour', async () => {
    const minute = Math.floor(Date.now() / 60_000) * 60;
    await visits().receive([batchOf([], { minutes: [{ minute, site: site(), path: '/', views: 1 }] })], 'edge');
    await run('visits.forgetMinutes');
    expect(await count('minute_counts')).toBe(1);
    store.setClock(new Date(Date.now() + 62 * 60_000));
    await run('visits.forgetMinutes');
    expect(await count('minute_counts')).toBe(0);
    store.setClock(null);
  });
});

describe('a site whose contract keeps events shorter', () => {
  const [main, labs] = [() => site(), () => services.config.sites[1]?.id ?? ''];
  const sites = async () =>
    (await store.rows<{ site: string }>('SELECT DISTINCT site FROM visit_events ORDER BY site')).map((row) => row.site);

  beforeEach(async () => {
    for (const table of ['visit_events', 'visit_days', 'drop_counts', 'quiet_views']) {
      await store.clickhouse.command({ query: `TRUNCATE TABLE ${table}` });
    }
  });
  const shorten = () => {
    for (const { id, collect } of services.config.sites) if (id === labs()) collect.rawDays = 5;
  };
  const receiveOnBoth = async () => {
    const at = new Date(store.clock().getTime() - 86_400_000).toISOString();
    const events = [main(), labs()].map((of) => eventOf({ at, site: of, firstInVisit: true }));
    await visits().receive([batchOf(events)], 'edge');
  };
  const daysLater = (days: number) => store.setClock(new Date(Date.now() + days * 86_400_000));

  afterEach(() => {
    store.setClock(null);
    for (const { collect } of services.config.sites) delete collect.rawDays;
  });

  test('loses them every night, and keeps its sums; the other sites keep theirs', async () => {
    shorten();
    await receiveOnBoth();
    await run('visits.rollUp');
    const sums = () => store.rows('SELECT site, sum(views) AS n FROM visits_by_hour GROUP BY site ORDER BY site');
    const before = await sums();
    expect(before).toHaveLength(2);
    daysLater(4);
    await run('visits.retention');
    expect(await sites()).toEqual([labs(), main()].sort());
    daysLater(5);
    await run('visits.retention');
    expect(await sites()).toEqual([main()]);
    await run('visits.rollUp');
    expect(await sums()).toEqual(before);
  });

  test('loses them by the tables themselves', async () => {
    daysLater(-6);
    await receiveOnBoth();
    expect(await sites()).toEqual([labs(), main()].sort());
    shorten();
    await visits().start();
    await store.clickhouse.command({ query: 'OPTIMIZE TABLE visit_events FINAL' });
    expect(await sites()).toEqual([main()]);
  });

  test('has its days in the record of processing', () => {
    shorten();
    const kept = visits().keeps.find(({ table }) => table === 'visit_events')?.keptFor;
    expect(kept).toEqual({ en: `33 days; ${labs()}: 5 days`, de: `33 Tage; ${labs()}: 5 Tage` });
  });
});

test('a store that is away delays nothing but visits, and is prepared when it is back', async () => {
  const database = await createTestClickHouse();
  const clickhouse = openClickHouse(database.url);
  let away = true;
  const sometimes = new Proxy(clickhouse, {
    get(target, key) {
      if (away) throw new Error('connection refused');
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const feature = createVisits(services, { clickhouse: sometimes });
  await feature.start();
  expect(logged.join('')).toContain('cannot be reached');
  const batch = batchOf([eventOf({ at: new Date().toISOString(), site: site() })]);
  await expect(feature.receive([batch], 'edge')).rejects.toThrow();
  away = false;
  expect(await feature.receive([batch], 'edge')).toEqual([{ id: batch.id }]);
  await clickhouse.close();
  await database.drop();
});

test('nothing is told of a person, for nothing is about one', async () => {
  const feature = visits();
  expect(await feature.tellPerson(store.db, 'anybody')).toEqual({});
  expect(await feature.forgetPerson(store.db, 'anybody')).toEqual({ stays: [] });
});
