import { createTestClickHouse } from '@avow/engines/testing';
import type { ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClickHouse, readClickHouseMigrations } from './clickhouse.ts';
import { clusterStatements } from './cluster-statements.ts';

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

async function generated(): Promise<string[]> {
  const migrations = await readClickHouseMigrations();
  return migrations.flatMap(({ statements }) => statements.flatMap((one) => clusterStatements(one, 'figures')));
}

test('the statements of the migrations for a cluster are the ones written down', async () => {
  await expect(`${(await generated()).join(';\n\n')};\n`).toMatchFileSnapshot('./cluster-statements.golden.sql');
});

test('every table is replicated, and read through one that is distributed', async () => {
  const statements = await generated();
  const created = statements.flatMap(
    (one) => /^CREATE TABLE (?:IF NOT EXISTS )?(\w+)_local ON CLUSTER/.exec(one)?.[1] ?? [],
  );
  expect(created.length).toBeGreaterThan(15);
  for (const table of created) {
    expect(
      statements.some((one) =>
        one.startsWith(`CREATE TABLE ${table} ON CLUSTER 'figures' AS ${table}_local ENGINE = Distributed(`),
      ),
    ).toBe(true);
  }
  expect(statements.filter((one) => / ENGINE = (?!Replicated|Distributed)/.test(one))).toEqual([]);
});

// The engine from npm has no cluster to run them on; but it reads the language.
test('the engine can read each of them', async () => {
  const upkeep = [
    '/* visits.rebuildRollups */ ALTER TABLE visits_by_day REPLACE PARTITION 202611 FROM visits_by_day_staging',
    'ALTER TABLE visit_events MODIFY TTL received + INTERVAL 90 DAY',
    'TRUNCATE TABLE gathered_staging',
    'OPTIMIZE TABLE gathered_staging FINAL',
    "DELETE FROM visit_events WHERE batch = toUUID('00000000-0000-0000-0000-000000000001')",
  ].flatMap((one) => clusterStatements(one, 'figures'));
  expect(upkeep[0]).toBe(
    "/* visits.rebuildRollups */ ALTER TABLE visits_by_day_local ON CLUSTER 'figures' REPLACE PARTITION 202611 FROM visits_by_day_staging_local",
  );
  expect(upkeep.filter((one) => !one.includes("_local ON CLUSTER 'figures'"))).toEqual([]);
  for (const statement of [...(await generated()), ...upkeep]) {
    const answer = await client.query({
      query: `EXPLAIN AST ${statement.replace(/^\/\*.*?\*\/ /, '')}`,
      format: 'TabSeparated',
    });
    expect(await answer.text(), statement).not.toBe('');
  }
});

test('the name of a cluster is a name', () => {
  expect(() => clusterStatements('TRUNCATE TABLE x', "a' b")).toThrow('CLICKHOUSE_CLUSTER');
});
