import { createTestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, afterEach, expect, test } from 'vitest';
import { openVaultDatabase } from './database.ts';
import { type Schedule, startSchedule } from './schedule.ts';

const database = await createTestDatabase();
const db = openVaultDatabase(database.url);
const lines: string[] = [];
const log = pino({}, { write: (line: string) => lines.push(line) });
let schedule: Schedule | null = null;

afterEach(async () => {
  await schedule?.stop();
  schedule = null;
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const start = async (tasks: Parameters<typeof startSchedule>[0]['tasks']) => {
  schedule = await startSchedule({ databaseUrl: database.url, tasks, log, lookEverySeconds: 0.5 });
  return schedule;
};

test('a task runs when it is due, in UTC, and its time is in the table', async () => {
  let runs = 0;
  const running = await start([{ name: 'test.count', cron: '5 4 * * *', run: async () => void runs++ }]);
  const { rows } = await sql`SELECT name, cron, timezone FROM pgboss.schedule`.execute(db);
  expect(rows).toEqual([{ name: 'test.count', cron: '5 4 * * *', timezone: 'UTC' }]);
  await running.runNow('test.count');
  await expect.poll(() => runs).toBe(1);
});

test('a task that fails is logged and kept without the words of its error', async () => {
  const running = await start([
    {
      name: 'test.fail',
      cron: '5 4 * * *',
      run: async () => {
        throw new Error('quotes ada@example.org');
      },
    },
  ]);
  await running.runNow('test.fail');
  await expect.poll(() => lines.join('')).toContain('test.fail');
  await expect
    .poll(async () => (await sql`SELECT 1 FROM pgboss.job WHERE output IS NOT NULL`.execute(db)).rows.length)
    .toBe(1);
  const { rows } = await sql<{ row: string }>`SELECT output::text AS row FROM pgboss.job`.execute(db);
  expect(lines.join('') + JSON.stringify(rows)).not.toContain('ada@example.org');
});

test('a task that is no longer in the list is no longer due', async () => {
  await start([]);
  expect((await sql`SELECT name FROM pgboss.schedule`.execute(db)).rows).toEqual([]);
});
