import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createTestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openEdgeDatabase } from './database.ts';
import { migrateEdge } from './migrate.ts';

test('a connection that the server ends during a query fails that query and nothing else', async () => {
  const database = await createTestDatabase();
  const lost: Error[] = [];
  const db = openEdgeDatabase(database.url, { onLost: (error) => lost.push(error) });
  try {
    const slow = sql`SELECT pg_sleep(20)`.execute(db);
    slow.catch(() => {});
    await expect
      .poll(
        async () => {
          const ended = await sql<{ ended: boolean }>`
          SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
          WHERE query = 'SELECT pg_sleep(20)' AND datname = current_database()`.execute(db);
          return ended.rows.length;
        },
        { timeout: 15_000 },
      )
      .toBe(1);
    await expect(slow).rejects.toThrow();
    await expect
      .poll(() => sql<{ n: number }>`SELECT 1 AS n`.execute(db).then(({ rows }) => rows, String), { timeout: 15_000 })
      .toEqual([{ n: 1 }]);
    expect(lost.length).toBeGreaterThan(0);
  } finally {
    await db.destroy();
    await database.drop();
  }
});

test('a commit waits for the disk, unless it was asked not to', async () => {
  const database = await createTestDatabase();
  const modes = [openEdgeDatabase(database.url), openEdgeDatabase(database.url, { durable: false })];
  try {
    const settings = modes.map((db) => sql<{ synchronous_commit: string }>`SHOW synchronous_commit`.execute(db));
    expect((await Promise.all(settings)).map(({ rows }) => rows[0]?.synchronous_commit)).toEqual(['on', 'off']);
  } finally {
    for (const db of modes) await db.destroy();
    await database.drop();
  }
});

test('migrations run once, and two programs that start together do not disturb each other', async () => {
  const database = await createTestDatabase();
  const one = openEdgeDatabase(database.url);
  const other = openEdgeDatabase(database.url);
  try {
    const files = await readdir(path.join(import.meta.dirname, '../../migrations'));
    expect(files.length).toBeGreaterThan(3);
    const [first, second] = await Promise.all([migrateEdge(one), migrateEdge(other)]);
    expect([...first, ...second].sort()).toEqual(files.map((file) => file.replace('.ts', '')).sort());
    expect(await migrateEdge(one)).toEqual([]);
  } finally {
    await one.destroy();
    await other.destroy();
    await database.drop();
  }
});
