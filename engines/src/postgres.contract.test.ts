/** What we rely on PostgreSQL for: the same for the engine from npm and for a server. */
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres } from './postgres.ts';
import { createTestFolder } from './test-folders.ts';
import { createTestDatabase } from './testing.ts';

const targets = [
  { name: 'the engine from npm', open: openEmbedded },
  ...(process.env.TEST_DATABASE_URL ? [{ name: 'the given server', open: openServer }] : []),
];

describe.each(targets)('$name', ({ open }) => {
  let target: { url: string; close(): Promise<void> };
  let pool: Pool;

  beforeAll(async () => {
    target = await open();
    pool = new Pool({ connectionString: target.url, max: 8 });
  });

  afterAll(async () => {
    await pool.end();
    await target.close();
  });

  test('keeps text in UTF-8, also beyond the basic plane', async () => {
    const text = 'ü😀\u{2F81A} ﷽ "quoted" \\ \t';
    expect((await pool.query('SELECT $1::text AS text, length($1::text) AS length', [text])).rows).toEqual([
      { text, length: [...text].length },
    ]);
  });

  test('what is committed is on disk', async () => {
    const { rows } = await pool.query(
      `SELECT current_setting('synchronous_commit') AS commits, current_setting('fsync') AS fsync`,
    );
    expect(rows).toEqual([{ commits: 'on', fsync: 'on' }]);
  });

  test('rows are claimed by many at once, none twice', async () => {
    await pool.query('CREATE TABLE queue (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), body bytea)');
    await pool.query(`INSERT INTO queue (body) SELECT convert_to(n::text, 'UTF8') FROM generate_series(1, 200) n`);
    const take = `DELETE FROM queue WHERE id IN (SELECT id FROM queue LIMIT 16 FOR UPDATE SKIP LOCKED) RETURNING body`;
    const taken: string[] = [];
    const drain = async () => {
      for (;;) {
        const { rows } = await pool.query<{ body: Buffer }>(take);
        if (rows.length === 0) return;
        taken.push(...rows.map(({ body }) => body.toString()));
      }
    };
    await Promise.all([drain(), drain(), drain(), drain()]);
    expect(taken).toHaveLength(200);
    expect(new Set(taken).size).toBe(200);
  });

  test('a batch is inserted as one statement of arrays', async () => {
    await pool.query('CREATE TABLE batch (id int, body bytea, answer jsonb)');
    const bodies = [Buffer.from([0, 255]), Buffer.from('x')];
    await pool.query('INSERT INTO batch SELECT * FROM unnest($1::int[], $2::bytea[], $3::jsonb[])', [
      [1, 2],
      bodies,
      ['{"a":1}', null],
    ]);
    expect((await pool.query('SELECT * FROM batch ORDER BY id')).rows).toEqual([
      { id: 1, body: bodies[0], answer: { a: 1 } },
      { id: 2, body: bodies[1], answer: null },
    ]);
  });

  test('a listener is told after the commit, and not of what was rolled back', async () => {
    const listener = new Client({ connectionString: target.url });
    await listener.connect();
    await listener.query('LISTEN news');
    const heard: string[] = [];
    const second = new Promise<void>((done) =>
      listener.on('notification', ({ payload }) => {
        heard.push(payload ?? '');
        if (payload === 'second') done();
      }),
    );
    await pool.query(`BEGIN; SELECT pg_notify('news', 'first'); ROLLBACK`);
    await pool.query(`SELECT pg_notify('news', 'second')`);
    await second;
    expect(heard).toEqual(['second']);
    await listener.end();
  });

  test('a unique key is kept under competition, with the code for it', async () => {
    await pool.query('CREATE TABLE unique_key (key bytea PRIMARY KEY)');
    const inserts = Array.from({ length: 8 }, () => pool.query(`INSERT INTO unique_key VALUES ('same')`));
    const results = await Promise.allSettled(inserts);
    const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'stored'));
    expect(codes.filter((code) => code === 'stored')).toHaveLength(1);
    expect(codes.filter((code) => code === '23505')).toHaveLength(7);
  });

  test('days are kept in partitions that can be dropped, and short-lived rows in unlogged tables', async () => {
    await pool.query(`
      CREATE TABLE access (at timestamptz NOT NULL, address inet NOT NULL) PARTITION BY RANGE (at);
      CREATE TABLE access_1 PARTITION OF access FOR VALUES FROM ('2026-11-22') TO ('2026-11-23');
      CREATE TABLE access_2 PARTITION OF access FOR VALUES FROM ('2026-11-23') TO ('2026-11-24');
      INSERT INTO access VALUES ('2026-11-22 12:00Z', '192.0.2.1'), ('2026-11-23 12:00Z', '2001:db8::1');
      DROP TABLE access_1;
      CREATE UNLOGGED TABLE brief (hash bytea PRIMARY KEY, expires timestamptz)`);
    expect((await pool.query('SELECT host(address) AS address FROM access')).rows).toEqual([
      { address: '2001:db8::1' },
    ]);
  });

  test('advisory locks hold others off until the transaction ends', async () => {
    const [one, other] = await Promise.all([pool.connect(), pool.connect()]);
    await one.query('BEGIN; SELECT pg_advisory_xact_lock(7)');
    const tryIt = async () => (await other.query('SELECT pg_try_advisory_xact_lock(7) AS got')).rows[0].got;
    expect(await tryIt()).toBe(false);
    await one.query('COMMIT');
    expect(await tryIt()).toBe(true);
    one.release();
    other.release();
  });
});

async function openEmbedded() {
  const folder = await createTestFolder();
  const running = await startPostgres({
    dir: join(folder.path, 'postgres'),
    roles: [{ name: 'contract', database: 'contract' }],
    durable: false,
  });
  return {
    url: running.urls.contract ?? '',
    async close() {
      await running.stop();
      await folder.remove();
    },
  };
}

async function openServer() {
  const { url, drop } = await createTestDatabase();
  return { url, close: drop };
}
