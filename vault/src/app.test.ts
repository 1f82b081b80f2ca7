import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import { SEALED_ROUTES } from '@avow/protocol/sealed-routes';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handlersOf, openVault, type Vault } from './app.ts';
import { recordOfProcessing } from './platform/records.ts';
import { startSchedule } from './platform/schedule.ts';
import { shuffleTable } from './platform/shuffle.ts';
import { prepareVault } from './prepare.ts';

const databases = await Promise.all([createTestDatabase(), createTestDatabase()]);
const clickhouse = await createTestClickHouse();
const [vaultUrl = '', keyringUrl = ''] = databases.map(({ url }) => url);
const folder = await mkdtemp(join(tmpdir(), 'avow-app-'));
const log = pino({ level: 'silent' });
let vault: Vault;

beforeAll(async () => {
  const keysDir = join(folder, 'keys');
  await prepareVault({ keysDir, rootKeyFile: join(folder, 'root.key'), vaultUrl, keyringUrl });
  const config = await loadConfig(join(import.meta.dirname, '../../examples/vendor/avow.config.ts'));
  vault = await openVault({
    config,
    log,
    environment: {
      vaultDatabaseUrl: vaultUrl,
      keyringDatabaseUrl: keyringUrl,
      clickhouseUrl: clickhouse.url,
      smtpUrl: 'smtp://127.0.0.1:9',
      keysDir,
      caughtMail: null,
      consoleDist: null,
      edges: [],
      port: 0,
      publicUrl: 'http://localhost:8080',
    },
  });
});

afterAll(async () => {
  await vault.db.destroy();
  await vault.keyringDb.destroy();
  await vault.clickhouse?.close();
  for (const database of [...databases, clickhouse]) await database.drop();
  await rm(folder, { recursive: true });
});

describe('the list of features', () => {
  test('accepts every sealed route, each in one feature', () => {
    expect([...handlersOf(vault.features).keys()].sort()).toEqual(Object.keys(SEALED_ROUTES).sort());
  });

  test('refuses a route that two features accept', () => {
    const [feature] = vault.features.filter(({ accepts }) => accepts.length > 0);
    if (!feature) throw new Error('no feature accepts anything');
    expect(() => handlersOf([feature, feature])).toThrow(/two features accept/);
  });

  test.each(Object.keys(SEALED_ROUTES))('refuses a field of %s that nobody asked for', (route) => {
    const schema = handlersOf(vault.features).get(route)?.body;
    const result = schema?.safeParse({ notAskedFor: 1 });
    const takesNothing = schema?.safeParse(null).success;
    const named = result?.error?.issues.some(
      (issue) => issue.code === 'unrecognized_keys' && issue.keys.includes('notAskedFor'),
    );
    expect(takesNothing || named).toBe(true);
  });

  test('has names of its own for features and tasks, and a time for each task', () => {
    const names = vault.features.map(({ name }) => name);
    const tasks = vault.features.flatMap(({ schedule }) => schedule);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(tasks.map(({ name }) => name)).size).toBe(tasks.length);
    for (const { cron } of tasks) expect(cron.split(' ')).toHaveLength(5);
  });
});

describe('the record of processing', () => {
  async function tablesOf(db: Vault['db'] | Vault['keyringDb']): Promise<string[]> {
    const { rows } = await sql<{ name: string }>`
      SELECT CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`.execute(
      db as Vault['db'],
    );
    return rows.map(({ name }) => name).sort();
  }

  const covers = (kept: string, table: string) =>
    kept === table || (kept.endsWith('.*') && table.startsWith(kept.slice(0, -1)));

  test.each(['vault', 'keyring'] as const)(
    'has each table of the %s database in exactly one place',
    async (database) => {
      // pg-boss makes its tables when it starts.
      const schedule = await startSchedule({ databaseUrl: vaultUrl, tasks: [], log });
      await schedule.stop();
      const tables = await tablesOf(database === 'vault' ? vault.db : vault.keyringDb);
      const kept = recordOfProcessing(vault.features).filter((line) => line.database === database);
      for (const table of tables) {
        expect(
          kept.filter((line) => covers(line.table, table)),
          `${table} in the record`,
        ).toHaveLength(1);
      }
      for (const line of kept) {
        expect(
          tables.some((table) => covers(line.table, table)),
          `${line.table} in the database`,
        ).toBe(true);
      }
    },
  );

  test('has each table of ClickHouse', async () => {
    await vault.visits?.start();
    const answer = await vault.clickhouse?.query({
      query: 'SELECT name FROM system.tables WHERE database = currentDatabase()',
      format: 'JSONEachRow',
    });
    const tables = ((await answer?.json<{ name: string }>()) ?? []).map(({ name }) => name);
    const kept = recordOfProcessing(vault.features).filter((line) => line.database === 'clickhouse');
    expect(kept.map(({ table }) => table).sort()).toEqual(tables.sort());
  });

  test('says of each table why, for how long in both languages, and who reads it', () => {
    for (const line of recordOfProcessing(vault.features)) {
      expect(line.why.length, line.table).toBeGreaterThan(10);
      expect(line.keptFor.en && line.keptFor.de, line.table).toBeTruthy();
      expect(line.readers.length, line.table).toBeGreaterThan(0);
    }
  });

  test('shuffles only tables that can be shuffled', async () => {
    for (const { table, database } of recordOfProcessing(vault.features).filter(({ shuffled }) => shuffled)) {
      await (database === 'vault' ? shuffleTable(vault.db, table) : shuffleTable(vault.keyringDb, table));
    }
  });

  test('shuffles by keys that are random: never by a number or a day', async () => {
    for (const { table, database } of recordOfProcessing(vault.features).filter(({ shuffled }) => shuffled)) {
      const { rows } = await sql<{ type: string }>`
        SELECT a.atttypid::regtype::text AS type FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = ${table}::regclass AND i.indisprimary`.execute(
        (database === 'vault' ? vault.db : vault.keyringDb) as Vault['db'],
      );
      expect(['uuid', 'bytea'], table).toContain(rows[0]?.type);
    }
  });

  test('keeps what knows minutes in unlogged tables: in no write-ahead log, on no replica, in no backup of the cluster', async () => {
    const { rows } = await sql<{ table: string; persistence: string }>`
      SELECT DISTINCT c.relname AS table, c.relpersistence AS persistence FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname = 'public' AND c.relname NOT LIKE 'kysely%'
        AND a.atttypid IN ('timestamptz'::regtype, 'timestamp'::regtype, 'time'::regtype)`.execute(vault.db);
    expect(rows.map(({ table }) => table)).toEqual(expect.arrayContaining(['sessions', 'staff_sessions']));
    for (const { table, persistence } of rows) expect(persistence, table).toBe('u');
  });

  test('has no column about persons that is finer than the day', async () => {
    // All of them UNLOGGED; the last five know links, secrets and staff, no persons.
    const shortLived = [
      'sessions',
      'minute_tokens',
      'signed_out',
      'visit_shared_readers',
      'visit_shared_attempts',
      'staff_sessions',
      'staff_challenges',
      'staff_attempts',
    ];
    const { rows } = await sql<{ place: string }>`
      SELECT table_name || '.' || column_name AS place FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name NOT LIKE 'kysely%' AND data_type LIKE 'time%'
        AND table_name <> ALL (${shortLived})`.execute(vault.db);
    expect(rows).toEqual([]);
  });
});
