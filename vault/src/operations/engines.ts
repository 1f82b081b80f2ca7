/** The databases under the house: whether they answer, which they are, and how much room they take. */
import { statfs } from 'node:fs/promises';
import type { Engine, OperationsState } from '@avow/protocol/staff/operations';
import type { ClickHouseClient } from '@clickhouse/client';
import { sql } from 'kysely';
import type { KeyringDatabase, VaultDatabase } from '../platform/database.ts';

const PATIENCE_MS = 2_000;

async function within<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE_MS);
  });
  try {
    return await Promise.race([work().catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
}

function readPostgres(name: 'vault' | 'keyring', db: VaultDatabase | KeyringDatabase): Promise<Engine> {
  return within<Engine>(
    async () => {
      const { rows } = await sql<{ version: string; bytes: number }>`/* operations.postgres */
        SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes`.execute(
        db as VaultDatabase,
      );
      const [row] = rows;
      return { name, state: 'reachable', version: row?.version ?? null, bytes: row?.bytes ?? null };
    },
    { name, state: 'away', version: null, bytes: null },
  );
}

async function readClickHouse(client: ClickHouseClient | null): Promise<Engine> {
  const name = 'clickhouse';
  if (client === null) return { name, state: 'not configured', version: null, bytes: null };
  return within<Engine>(
    async () => {
      const answer = await client.query({
        query: `/* operations.clickhouse */ SELECT version() AS version,
          (SELECT toFloat64(sum(bytes_on_disk)) FROM system.parts WHERE active AND database = currentDatabase()) AS bytes`,
        format: 'JSONEachRow',
      });
      const [row] = await answer.json<{ version: string; bytes: number }>();
      return { name, state: 'reachable', version: row?.version ?? null, bytes: row?.bytes ?? null };
    },
    { name, state: 'away', version: null, bytes: null },
  );
}

export function readEngines(house: {
  db: VaultDatabase;
  keyringDb: KeyringDatabase;
  clickhouse: ClickHouseClient | null;
}): Promise<Engine[]> {
  return Promise.all([
    readPostgres('vault', house.db),
    readPostgres('keyring', house.keyringDb),
    readClickHouse(house.clickhouse),
  ]);
}

/** Of the disk on which `folder` lies. */
export function readDisk(folder: string): Promise<OperationsState['disk']> {
  return within(async () => {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  }, null);
}
