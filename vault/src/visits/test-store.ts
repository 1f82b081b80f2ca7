/** For tests: a vault's PostgreSQL and ClickHouse, migrated. The clock is the real one, as ClickHouse's own is (TTL), until it is set. */
import type { ClickHouseClient } from '@clickhouse/client';
import { migrateClickHouse, openClickHouse } from '../platform/clickhouse.ts';
import { openVaultDatabase, type VaultDatabase } from '../platform/database.ts';
import { migrateVaultDatabase } from '../platform/migrate.ts';

interface Database {
  url: string;
  drop(): Promise<void>;
}

export interface TestStore {
  db: VaultDatabase;
  clickhouse: ClickHouseClient;
  clock: () => Date;
  setClock(moment: Date | null): void;
  rows<Row>(query: string, parameters?: Record<string, unknown>): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openTestStore(
  createDatabase: () => Promise<Database>,
  createClickHouse: () => Promise<Database>,
): Promise<TestStore> {
  const [postgres, engine] = await Promise.all([createDatabase(), createClickHouse()]);
  const db = openVaultDatabase(postgres.url);
  const clickhouse = openClickHouse(engine.url);
  await Promise.all([migrateVaultDatabase(db), migrateClickHouse(clickhouse)]);
  let now: Date | null = null;
  return {
    db,
    clickhouse,
    clock: () => now ?? new Date(),
    setClock(moment) {
      now = moment;
    },
    async rows<Row>(query: string, query_params: Record<string, unknown> = {}) {
      const answer = await clickhouse.query({ query, query_params, format: 'JSONEachRow' });
      return answer.json<Row>();
    },
    async close() {
      await Promise.all([db.destroy(), clickhouse.close()]);
      await Promise.all([postgres.drop(), engine.drop()]);
    },
  };
}
