import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openVaultDatabase, type VaultDatabase } from './database.ts';
import { shuffleTable } from './shuffle.ts';

const database = await createTestDatabase();
let db: VaultDatabase;

beforeAll(async () => {
  db = openVaultDatabase(database.url);
  await sql`CREATE TABLE entries (id uuid PRIMARY KEY, arrival integer NOT NULL, large text)`.execute(db);
  for (let arrival = 0; arrival < 60; arrival++) {
    await sql`INSERT INTO entries VALUES (${randomUUID()}, ${arrival}, repeat('x', 9000))`.execute(db);
  }
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

interface Row {
  id: string;
  arrival: number;
  writer: string;
}

const physicalOrder = async () =>
  (await sql<Row>`SELECT id, arrival, xmin::text AS writer FROM entries ORDER BY ctid`.execute(db)).rows;

test('after the rewrite neither order nor writing transaction tell which row came first', async () => {
  const before = await physicalOrder();
  expect(before.map(({ arrival }) => arrival)).toEqual([...Array(60).keys()]);
  expect(new Set(before.map(({ writer }) => writer)).size).toBe(60);

  await shuffleTable(db, 'entries');

  const after = await physicalOrder();
  expect(new Set(after.map(({ writer }) => writer)).size).toBe(1);
  const ids = after.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted());
  expect(after.map(({ arrival }) => arrival).toSorted((a, b) => a - b)).toEqual([...Array(60).keys()]);
});

const pages = async () =>
  (await sql<{ pages: number }>`SELECT (pg_relation_size('entries') / 8192)::int AS pages`.execute(db)).rows[0]?.pages;

// Sixty rows whose large value is compressed fit into two pages; with their old versions they would not.
test('the old rows are gone from the file', async () => {
  expect(await pages()).toBe(2);
});

test.each(['a writer', 'a reader'])('%s who can still see the old rows is waited for', async (who) => {
  let leave: () => void = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const entered = Promise.withResolvers<void>();
  const visit = db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      // Any snapshot will do; one of this table's would also be waited for by its lock.
      await sql`SELECT count(*) FROM pg_class`.execute(tx);
      if (who === 'a writer') await sql`SELECT pg_current_xact_id()`.execute(tx);
      entered.resolve();
      await left;
    });
  await entered.promise;
  let done = false;
  const shuffled = shuffleTable(db, 'entries').then(() => {
    done = true;
  });
  await sleep(300);
  expect(done).toBe(false);
  leave();
  await visit;
  await shuffled;
  expect(await pages()).toBe(2);
});

test('a table without a primary key is a mistake, and is told', async () => {
  await sql`CREATE TABLE keyless (a integer)`.execute(db);
  await expect(shuffleTable(db, 'keyless')).rejects.toThrow('has no primary key');
});
