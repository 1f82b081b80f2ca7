import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { expect, test } from 'vitest';
import { createTestClickHouse } from './testing.ts';

test('each test file has a ClickHouse database of its own, on one engine', async () => {
  const databases = await Promise.all([createTestClickHouse(), createTestClickHouse()]);
  const [one, other] = databases.map(({ url }) => createClient({ url, log: { level: ClickHouseLogLevel.OFF } }));
  await one?.command({ query: 'CREATE TABLE mine (id UInt8) ENGINE = MergeTree ORDER BY id' });
  await one?.insert({ table: 'mine', values: [{ id: 7 }], format: 'JSONEachRow' });
  const found = await one?.query({ query: 'SELECT id FROM mine', format: 'JSONEachRow' });
  expect(await found?.json()).toEqual([{ id: 7 }]);
  await expect(other?.query({ query: 'SELECT id FROM mine' })).rejects.toMatchObject({ code: '60' });
  await Promise.all([one?.close(), other?.close()]);
  await Promise.all(databases.map((database) => database.drop()));
});
