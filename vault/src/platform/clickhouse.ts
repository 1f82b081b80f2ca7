/** The vault's ClickHouse: one client for everything, and the migrations that bring it to today's shape. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { CLUSTER_SETTINGS, clusterStatements } from './cluster-statements.ts';
import { MigrationFailed } from './migrate.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'migrations', 'clickhouse');
const FILE_NAME = /^(\d{4}-\d{2}-\d{2}-\d{2}-[a-z0-9-]+)\.ts$/;

/** Class of the lock under which the tables are changed ("VisM" in ASCII). */
export const PREPARING_CLICKHOUSE = 0x5669734d;

/** As long as the longest rebuilding of a day may take. */
const REQUEST_LIMIT_MS = 15 * 60_000;

/** `cluster`: the name that the servers of a cluster know it by. */
export function openClickHouse(url: string, cluster: string | null = null): ClickHouseClient {
  const client = createClient({
    url,
    request_timeout: REQUEST_LIMIT_MS,
    // It would write to the console, contents included.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: {
      // Its default has changed between versions. Numbers of 64 bits come as text, so that none is rounded.
      output_format_json_quote_64bit_integers: 1,
      // A mutation is done when it is answered.
      mutations_sync: '2',
      ...(cluster !== null && CLUSTER_SETTINGS),
    },
  });
  if (cluster === null) return client;
  const command = client.command.bind(client);
  client.command = async (given) => {
    const statements = clusterStatements(given.query, cluster);
    for (const query of statements.slice(0, -1)) await command({ ...given, query });
    return command({ ...given, query: statements.at(-1) ?? given.query });
  };
  return client;
}

/**
 * Runs every migration that has not run yet, in the order of their names, and returns those names. ClickHouse has no
 * transactions: a migration that broke off in the middle is begun again, so tables that are there are not made again.
 * Callers see to it that only one process migrates at a time (`migrateVaultDatabase` holds a lock; this one is called after it).
 */
export async function migrateClickHouse(client: ClickHouseClient): Promise<string[]> {
  await client.command({
    query: `CREATE TABLE IF NOT EXISTS migrations (name String, ran Date) ENGINE = MergeTree ORDER BY name
      SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  });
  const answer = await client.query({ query: 'SELECT name FROM migrations', format: 'JSONEachRow' });
  const done = new Set((await answer.json<{ name: string }>()).map(({ name }) => name));
  const ran: string[] = [];
  for (const { name, statements } of await readClickHouseMigrations()) {
    if (done.has(name)) continue;
    try {
      for (const query of statements) await client.command({ query: withoutRepeating(query) });
    } catch (cause) {
      throw new MigrationFailed(`ClickHouse could not be migrated (${name})`, { cause });
    }
    const values = [{ name, ran: new Date().toISOString().slice(0, 10) }];
    await client.insert({ table: 'migrations', values, format: 'JSONEachRow' });
    ran.push(name);
  }
  return ran;
}

function withoutRepeating(statement: string): string {
  return statement.replace(/^CREATE TABLE (?!IF)/, 'CREATE TABLE IF NOT EXISTS ');
}

export async function readClickHouseMigrations(): Promise<{ name: string; statements: readonly string[] }[]> {
  const migrations = [];
  for (const file of (await readdir(FOLDER)).sort()) {
    const name = FILE_NAME.exec(file)?.[1];
    if (!name) throw new MigrationFailed(`${join(FOLDER, file)} is not named like a migration`);
    const { up }: { up: readonly string[] } = await import(join(FOLDER, file));
    migrations.push({ name, statements: up });
  }
  return migrations;
}
