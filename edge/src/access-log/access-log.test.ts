import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EdgeDatabase, openEdgeDatabase } from '../platform/database.ts';
import { silentLog } from '../platform/log.ts';
import { migrateEdge } from '../platform/migrate.ts';
import { sealedBytes, startTestEdge } from '../testing.ts';
import { openAccessLog } from './access-log.ts';
import type { DomainResolver } from './domain-resolver.ts';
import { createEntryWriter } from './entries.ts';
import { accessLogReport } from './report.ts';

let database: TestDatabase;
let db: EdgeDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  db = openEdgeDatabase(database.url);
  await migrateEdge(db);
});

afterEach(async () => {
  await db.destroy();
  await database.drop();
});

const named: DomainResolver = { domainOf: async (address) => `host-of.${address}.example`, stop: () => {} };
/** Of today: a test that runs across a full hour counts into one all the same. */
const noon = new Date(`${new Date().toISOString().slice(0, 10)}T12:00:00Z`);
const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });

async function partitions(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'access_log'::regclass ORDER BY relname`.execute(db);
  return rows.map((row) => row.name);
}

async function columns(): Promise<string[]> {
  const { rows } = await sql<{ column: string }>`
    SELECT column_name || ' ' || data_type AS column FROM information_schema.columns
    WHERE table_name = 'access_log' ORDER BY ordinal_position`.execute(db);
  return rows.map((row) => row.column);
}

describe('the access log', () => {
  test('has exactly three fields: domain name, address, date and time (W10)', async () => {
    expect(await columns()).toEqual(['domain text', 'address inet', 'at timestamp with time zone']);
  });

  test('keeps 14 days, today included, and drops the others as whole tables', async () => {
    let now = new Date('2026-11-23T12:00:00Z');
    const accessLog = await openAccessLog({
      db,
      keepDays: 14,
      log: silentLog,
      reverseLookup: false,
      clock: () => now,
    });
    for (let day = 0; day < 20; day++) {
      await sql`INSERT INTO access_log VALUES (NULL, '203.0.113.7', ${now.toISOString()}::timestamptz)`.execute(db);
      await sql`INSERT INTO failure_counts VALUES (${now.toISOString().slice(0, 10)}, '203.0.113.7', 1)`.execute(db);
      await sql`INSERT INTO request_counts VALUES (${now.toISOString()}::timestamptz, 'pages', 1, 1, 0)`.execute(db);
      now = new Date(now.getTime() + 86_400_000);
      await accessLog.turnDays();
    }
    // It is 2026-12-13 now: 14 days are 11-30 to 12-13, and two days are made ahead.
    const names = await partitions();
    expect([names[0], names.at(-1), names.length]).toEqual(['access_log_2026_11_30', 'access_log_2026_12_15', 16]);
    const { rows } = await sql<{ first: string; n: number; failures: number; hours: number }>`
      SELECT to_char(min(at AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS first, count(*) AS n,
        (SELECT count(*) FROM failure_counts) AS failures, (SELECT count(*) FROM request_counts) AS hours
      FROM access_log`.execute(db);
    expect(rows).toEqual([{ first: '2026-11-30', n: 13, failures: 13, hours: 13 }]);
    await accessLog.close();
  });

  test('makes a missing partition when an entry needs it', async () => {
    const writer = createEntryWriter(db, named);
    expect(await partitions()).toEqual([]);
    writer.write('203.0.113.7', new Date());
    await writer.settled();
    expect(writer.takeLost()).toBe(0);
    expect((await accessLogReport(db)).entries).toHaveLength(1);
  });

  test('fills neither memory nor disk when look-ups hang: what is too much is counted as lost', async () => {
    const accessLog = await openAccessLog({ db, keepDays: 14, log: silentLog, reverseLookup: false });
    const hang = Promise.withResolvers<null>();
    const writer = createEntryWriter(db, { domainOf: () => hang.promise, stop: () => {} }, 10);
    for (let n = 0; n < 25; n++) writer.write('203.0.113.7', new Date());
    expect(writer.takeLost()).toBe(15);
    hang.resolve(null);
    await writer.settled();
    expect((await accessLogReport(db)).totals).toEqual({ entries: 10, addresses: 1 });
    await accessLog.close();
  });
});

describe('requests', () => {
  test('are not delayed by the look-up of their address, and are all there after the close', async () => {
    const hang = Promise.withResolvers<string>();
    const resolver = { domainOf: () => hang.promise, stop: () => hang.resolve('late.example') };
    const edge = await startTestEdge(database.url, { accessLog: { resolver } });
    for (let n = 0; n < 5; n++) await edge.app.request('/keys.json', {}, from('203.0.113.7'));
    await edge.close();
    const { rows } = await sql`SELECT at FROM access_log WHERE at <> date_trunc('second', at)`.execute(db);
    expect(rows, 'times finer than a second').toEqual([]);
    const report = await accessLogReport(db);
    expect(report.entries).toHaveLength(5);
    expect(report.entries[0]).toEqual({
      domain: 'late.example',
      address: '203.0.113.7',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  test('of the vault and of health checks leave no entry', async () => {
    const edge = await startTestEdge(database.url);
    await edge.dial();
    await edge.app.request('/health', {}, from('203.0.113.7'));
    await edge.close();
    expect((await accessLogReport(db)).totals).toEqual({ entries: 0, addresses: 0 });
  });
});

describe('the report', () => {
  test('gives entries, busiest and failing addresses, and rates of requests and errors', async () => {
    const edge = await startTestEdge(database.url, { accessLog: { resolver: named, clock: () => noon } });
    const get = (path: string, address: string) => edge.app.request(path, {}, from(address));
    for (let n = 0; n < 7; n++) await get('/', '203.0.113.7');
    for (let n = 0; n < 3; n++) await get('/nowhere', '2001:db8::1');
    await get('/nowhere', '2001:db8::2');
    await get('/nowhere', '198.51.100.9');
    await edge.app.request('/relay', { method: 'POST', body: sealedBytes() }, from('198.51.100.9'));
    await get('/keys.json', '198.51.100.9');
    await edge.close();

    const report = await accessLogReport(db, { days: 1, addresses: 2, entries: 4 });
    expect(report.since).toBe(new Date().toISOString().slice(0, 10));
    expect(report.totals).toEqual({ entries: 14, addresses: 4 });
    expect(report.entries).toHaveLength(4);
    expect(report.busiest).toEqual([
      { address: '203.0.113.7', domain: 'host-of.203.0.113.7.example', requests: 7 },
      { address: '198.51.100.9', domain: 'host-of.198.51.100.9.example', requests: 3 },
    ]);
    expect(report.failing).toEqual([
      { address: '2001:db8::/64', failures: 4 },
      { address: '198.51.100.9', failures: 3 },
    ]);
    expect(report.rates).toEqual([
      expect.objectContaining({
        routeClass: 'pages',
        requests: 12,
        perMinute: 0.2,
        refusals: 5,
        errors: 0,
        errorRate: 0,
      }),
      expect.objectContaining({ routeClass: 'relay', requests: 2, refusals: 1, errors: 1, errorRate: 0.5 }),
    ]);
  });

  test('of an empty log is empty', async () => {
    expect(await accessLogReport(db)).toEqual({
      since: expect.any(String),
      entries: [],
      totals: { entries: 0, addresses: 0 },
      busiest: [],
      failing: [],
      rates: [],
    });
  });

  test('keeps counts that could not be written, for the next time', async () => {
    const edge = await startTestEdge(database.url, { accessLog: { clock: () => noon } });
    await edge.app.request('/nowhere', {}, from('198.51.100.9'));
    await sql`ALTER TABLE failure_counts RENAME TO away`.execute(db);
    const accessLog = await openAccessLog({ db, keepDays: 14, log: silentLog, reverseLookup: false });
    await accessLog.close();
    await expect(edge.close()).rejects.toThrow();
    await sql`ALTER TABLE away RENAME TO failure_counts`.execute(db);
    await edge.close();
    const report = await accessLogReport(db);
    expect(report.failing).toEqual([{ address: '198.51.100.9', failures: 1 }]);
    expect(report.rates).toEqual([expect.objectContaining({ requests: 1 })]);
  });
});
