import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKeyringDatabase, openVaultDatabase, type VaultDatabase } from './database.ts';
import { MigrationFailed, migrate, migrateKeyringDatabase, migrateVaultDatabase } from './migrate.ts';

let database: TestDatabase;
let db: VaultDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase();
  db = openVaultDatabase(database.url, 4);
  folder = await mkdtemp(join(tmpdir(), 'avow-migrations-'));
});

afterEach(async () => {
  await db.destroy();
  await database.drop();
  await rm(folder, { recursive: true });
});

test('several processes that start at once migrate once', async () => {
  const others = [1, 2, 3].map(() => openVaultDatabase(database.url, 2));
  const applied = await Promise.all([db, ...others].map((one) => migrateVaultDatabase(one)));
  await Promise.all(others.map((one) => one.destroy()));
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  expect(applied.flat()).toContain('2026-11-23-01-persons');
  expect(await migrateVaultDatabase(db)).toEqual([]);
});

test('the keyring has a folder of its own, without tables of persons', async () => {
  const keyring = openKeyringDatabase(database.url, 2);
  await migrateKeyringDatabase(keyring);
  const tables = (await keyring.introspection.getTables()).map((table) => table.name);
  await keyring.destroy();
  expect(tables).toContain('data_keys');
  expect(tables).not.toContain('persons');
});

test('a migration that fails leaves nothing behind, not even those before it', async () => {
  await writeFile(
    join(folder, '2026-01-01-01-good.ts'),
    "export async function up(db) { await db.schema.createTable('good').addColumn('id', 'integer').execute(); }",
  );
  await writeFile(
    join(folder, '2026-01-01-02-bad.ts'),
    "export async function up(db) { await db.schema.dropTable('missing').execute(); }",
  );
  const failure = await migrate(db, folder).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MigrationFailed);
  expect(String(failure)).toContain('2026-01-01-02-bad');
  const { rows } = await sql<{ found: string | null }>`SELECT to_regclass('good')::text AS found`.execute(db);
  expect(rows).toEqual([{ found: null }]);
});

test('a file that is not named like a migration is refused, not passed over', async () => {
  await writeFile(join(folder, 'persons-again.ts'), 'export async function up() {}');
  await expect(migrate(db, folder)).rejects.toThrow(MigrationFailed);
});

test('a database that has run a migration this program does not know is refused', async () => {
  await writeFile(join(folder, '2026-01-01-01-one.ts'), 'export async function up() {}');
  await migrate(db, folder);
  await rm(join(folder, '2026-01-01-01-one.ts'));
  await writeFile(join(folder, '2026-01-01-02-two.ts'), 'export async function up() {}');
  await expect(migrate(db, folder)).rejects.toThrow(MigrationFailed);
});
