import { createTestClickHouse } from '@avow/engines/testing';
import type { ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateClickHouse, openClickHouse } from './clickhouse.ts';

let database: Awaited<ReturnType<typeof createTestClickHouse>>;
let client: ClickHouseClient;

beforeAll(async () => {
  database = await createTestClickHouse();
  client = openClickHouse(database.url);
});
afterAll(async () => {
  await client.close();
  await database.drop();
});

test('every migration runs once, in order, and one that broke off is finished', async () => {
  const first = await migrateClickHouse(client);
  expect(first).toEqual([...first].sort());
  expect(first.length).toBeGreaterThan(2);
  expect(await migrateClickHouse(client)).toEqual([]);

  await client.command({ query: 'DROP TABLE quiet_views_daily_staging SYNC' });
  await client.command({
    query: `DELETE FROM migrations WHERE name = {name:String}`,
    query_params: { name: first[2] },
  });
  expect(await migrateClickHouse(client)).toEqual([first[2]]);
});

test('every table but those for staging says that an insert is on disk when it is answered', async () => {
  const answer = await client.query({
    query: `SELECT name FROM system.tables WHERE database = currentDatabase() AND name NOT LIKE '%_staging'
      AND NOT (create_table_query LIKE '%fsync_after_insert = 1%' AND create_table_query LIKE '%fsync_part_directory = 1%')`,
    format: 'JSONEachRow',
  });
  expect(await answer.json()).toEqual([]);
});
