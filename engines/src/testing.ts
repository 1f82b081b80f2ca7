/** A database of one's own for a test file, on the run's real PostgreSQL or ClickHouse. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdministrator((client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdministrator((client) => drop(client, name)) };
}

/** Pools call themselves ended while their connections still are closing; cut off then, they would throw where nobody catches. */
async function drop(client: Client, name: string): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt++) {
    const { rowCount } = await client.query('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [name]);
    if (rowCount === 0) break;
    await sleep(25);
  }
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function asAdministrator(act: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await act(client);
  } finally {
    await client.end();
  }
}

/** The engine is started by the first test file that asks. The URL is for `@clickhouse/client`. */
export async function createTestClickHouse(): Promise<TestDatabase> {
  const answer = await fetch(inject('clickhouseAskAt'));
  const server = await answer.text();
  if (!answer.ok) throw new Error(server);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await command(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => command(server, `DROP DATABASE IF EXISTS ${name} SYNC`) };
}

async function command(server: string, sql: string): Promise<void> {
  const { origin, username, password } = new URL(server);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const answer = await fetch(origin, { method: 'POST', body: sql, headers: { authorization } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
}
