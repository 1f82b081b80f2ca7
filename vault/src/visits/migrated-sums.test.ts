/** Sums that an earlier version kept, with states for visitors, are brought into today's tables when that version is left. */
import { createTestClickHouse } from '@avow/engines/testing';
import type { ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateClickHouse, openClickHouse, readClickHouseMigrations } from '../platform/clickhouse.ts';

/** The first that copies. */
const COPYING = '2026-11-24-20-visit-sums';

interface OldSum {
  hour: number;
  site: string;
  is_bot: number;
  ids: readonly number[];
  views: number;
  bounces: number;
}

const HOUR = Date.UTC(2026, 8, 29, 21) / 1000;
// Two months, two kinds, ids that come again, and a key with two rows that were never merged.
const OLD: readonly OldSum[] = [
  { hour: HOUR, site: 'main', is_bot: 0, ids: [1, 2, 3], views: 7, bounces: 1 },
  { hour: HOUR, site: 'main', is_bot: 0, ids: [3, 4], views: 2, bounces: 0 },
  { hour: HOUR + 3600, site: 'main', is_bot: 0, ids: [1, 5], views: 3, bounces: 1 },
  { hour: HOUR + 3600, site: 'main', is_bot: 1, ids: [5, 90], views: 9, bounces: 2 },
  { hour: HOUR + 3600, site: 'labs', is_bot: 0, ids: [1], views: 1, bounces: 1 },
  { hour: HOUR + 48 * 3600, site: 'main', is_bot: 0, ids: [1, 2], views: 4, bounces: 0 },
];
const dayOf = ({ hour }: OldSum) => new Date(hour * 1000).toISOString().slice(0, 10);

let database: Awaited<ReturnType<typeof createTestClickHouse>>;
let client: ClickHouseClient;

beforeAll(async () => {
  database = await createTestClickHouse();
  client = openClickHouse(database.url);
  for (const { name, statements } of await readClickHouseMigrations()) {
    if (name >= COPYING) continue;
    for (const query of statements) await client.command({ query });
  }
  for (const one of OLD) {
    const { hour, site, is_bot, ids, views, bounces } = one;
    const query_params = { day: dayOf(one), hour, site, is_bot, ids, views, bounces };
    const state = `arrayReduce('uniqCombinedState', {ids:Array(UInt64)})`;
    await client.command({
      query: `INSERT INTO visits_hourly (day, hour, site, is_bot, visitors, views, bounces)
        SELECT {day:Date}, toDateTime({hour:UInt32}), {site:String}, {is_bot:UInt8}, ${state}, {views:UInt64}, {bounces:UInt64}`,
      query_params,
    });
    await client.command({
      query: `INSERT INTO visits_by_value_daily (dimension, day, site, is_bot, value, visitors, views, bounces)
        SELECT 'page', {day:Date}, {site:String}, {is_bot:UInt8}, '/', ${state}, {views:UInt64}, {bounces:UInt64}`,
      query_params,
    });
  }
});
afterAll(async () => {
  await client.close();
  await database.drop();
});

async function rows(query: string): Promise<Record<string, string>[]> {
  return (await client.query({ query, format: 'JSONEachRow' })).json();
}

/** The same added up from the list. */
function summed(keyOf: (one: OldSum) => readonly (string | number)[]) {
  return [...Map.groupBy(OLD, (one) => keyOf(one).join(' '))]
    .map(([key, of]) => ({
      key,
      visitors: new Set(of.flatMap(({ ids }) => ids)).size,
      views: of.reduce((sum, { views }) => sum + views, 0),
      bounces: of.reduce((sum, { bounces }) => sum + bounces, 0),
    }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
}

const asSummed = (found: readonly Record<string, string>[]) =>
  found.map(({ key, visitors, views, bounces }) => ({
    key,
    visitors: Number(visitors),
    views: Number(views),
    bounces: Number(bounces),
  }));

const summing = (table: string, key: string) => `SELECT arrayStringConcat([${key}], ' ') AS key,
  sum(visitors) AS visitors, sum(views) AS views, sum(bounces) AS bounces FROM ${table} GROUP BY key ORDER BY key`;

test('every hour, day and month has what it had, whether the copying went through at once or was begun again', async () => {
  await client.command({ query: 'CREATE TABLE migrations (name String, ran Date) ENGINE = MergeTree ORDER BY name' });
  const names = (await readClickHouseMigrations()).map(({ name }) => name).filter((name) => name < COPYING);
  await client.insert({
    table: 'migrations',
    values: names.map((name) => ({ name, ran: '2026-11-23' })),
    format: 'JSONEachRow',
  });
  // Broken off after the copying, before it was written down.
  const copying = (await readClickHouseMigrations()).find(({ name }) => name === COPYING);
  for (const query of copying?.statements ?? []) await client.command({ query });
  expect((await migrateClickHouse(client))[0]).toBe(COPYING);

  const hours = await rows(summing('visits_by_hour', 'toString(toUnixTimestamp(hour)), site, toString(is_bot)'));
  expect(asSummed(hours)).toEqual(summed(({ hour, site, is_bot }) => [hour, site, is_bot]));
  const days = await rows(summing('visits_by_day', 'dimension, toString(day), site, toString(is_bot), value'));
  expect(asSummed(days)).toEqual(summed((one) => ['page', dayOf(one), one.site, one.is_bot, '/']));
  // Days of one month are added up, visitors too: an id lives one day.
  const months = await rows(summing('visits_by_month', 'toString(day), site'));
  const september = days.filter(({ key }) => key?.includes('2026-09') && key.includes('main'));
  expect(months.find(({ key }) => key === '2026-09-01 main')?.visitors).toBe(
    String(september.reduce((sum, { visitors }) => sum + Number(visitors), 0)),
  );
  expect(months.map(({ key }) => key)).toEqual(['2026-09-01 labs', '2026-09-01 main', '2026-10-01 main']);
});

test('each visitor of a day is in the first hour that saw it, so that hours add up to the day', async () => {
  const found = await rows(`SELECT toUnixTimestamp(hour) - ${HOUR} AS at, sum(day_visitors) AS first
    FROM visits_by_hour WHERE site = 'main' AND is_bot = 0 GROUP BY at ORDER BY at`);
  expect(found.map(({ at, first }) => [Number(at), Number(first)])).toEqual([
    [0, 4],
    [3600, 1],
    [48 * 3600, 2],
  ]);
});

test('what was copied is gone', async () => {
  expect(
    await rows(`SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'visits_hourly%'`),
  ).toEqual([]);
});
