import { randomBytes, randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type EdgeDatabase, openEdgeDatabase } from '../platform/database.ts';
import { migrateEdge } from '../platform/migrate.ts';
import { emptyTables, NO_MARKS } from '../testing.ts';
import { openSpool, type Spool, StorageFull } from './spool.ts';

let database: TestDatabase;
let db: EdgeDatabase;
let spool: Spool;
let now: number;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

beforeEach(async () => {
  await emptyTables(database.url);
  db = openEdgeDatabase(database.url);
  await migrateEdge(db);
  now = Date.now();
  spool = await openSpool(db, { marks: NO_MARKS, leaseSeconds: 60, clock: () => now });
});

afterEach(async () => {
  await spool.close();
  await db.destroy();
});

async function put(into = spool, body: Uint8Array = randomBytes(100)): Promise<string> {
  const id = randomUUID();
  await into.put({ id, lane: 'prompt', body });
  return id;
}

const ids = (items: { id: string }[]) => items.map((item) => item.id).sort();

describe('what is put', () => {
  test('comes out once, with its bytes', async () => {
    const body = randomBytes(2103);
    const id = await put(spool, body);
    expect(await spool.takeBatch(10)).toEqual([{ id, lane: 'prompt', body }]);
    expect(await spool.takeBatch(10)).toEqual([]);
  });

  test('comes out in batches of the asked size, those first that somebody waits for', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => put()));
    const wanted = all.slice(30, 33);
    const first = await spool.takeBatch(3, { first: wanted });
    expect(ids(first)).toEqual([...wanted].sort());
    const second = await spool.takeBatch(30, { first: wanted });
    const third = await spool.takeBatch(30);
    expect([second.length, third.length]).toEqual([30, 7]);
    expect(ids([...first, ...second, ...third])).toEqual([...all].sort());
  });

  test('is on disk when put has resolved: a second program sees it', async () => {
    await Promise.all(Array.from({ length: 300 }, () => put()));
    const other = openEdgeDatabase(database.url);
    const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM spool_items`.execute(other);
    await other.destroy();
    expect(rows).toEqual([{ n: 300 }]);
  });

  test('leaves no time finer than the day behind', async () => {
    await put();
    const { rows } = await sql<{ data_type: string }>`
      SELECT DISTINCT data_type FROM information_schema.columns
      WHERE table_name = 'spool_items' AND (data_type LIKE '%time%' OR data_type = 'date')`.execute(db);
    expect(rows).toEqual([{ data_type: 'date' }]);
  });

  test('outlives a lost database connection', async () => {
    const ended = sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    const written = Promise.all(Array.from({ length: 200 }, () => put()));
    await ended.execute(db);
    const all = await written;
    expect(new Set(all).size).toBe(200);
    const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM spool_items`.execute(db);
    expect(rows).toEqual([{ n: 200 }]);
  });
});

describe('what is taken', () => {
  test('is gone after the acknowledgement, and unknown ids do no harm', async () => {
    const id = await put();
    await spool.takeBatch(1);
    await spool.acknowledge([id, randomUUID()]);
    await spool.acknowledge([id]);
    now += 120_000;
    expect(await spool.takeBatch(1)).toEqual([]);
    expect(await spool.collectAnswer(id)).toBe('unknown');
  });

  test('comes again when its lease has ended without one', async () => {
    const id = await put();
    await spool.takeBatch(1);
    now += 59_999;
    expect(await spool.takeBatch(1)).toEqual([]);
    now += 1;
    expect(ids(await spool.takeBatch(1))).toEqual([id]);
  });

  test('comes again at once when it is given back, and soon when leases are shortened', async () => {
    const id = await put();
    await spool.takeBatch(1);
    await spool.giveBack([id]);
    expect(ids(await spool.takeBatch(1))).toEqual([id]);
    spool.shortenLeases(3);
    expect(spool.nextLeaseEnd()).toBe(now + 3000);
    now += 3000;
    expect(ids(await spool.takeBatch(1))).toEqual([id]);
    spool.shortenLeases(300);
    expect(spool.nextLeaseEnd()).toBe(now + 60_000);
  });

  test('goes to one of two programs on the same database, never to both', async () => {
    const otherDb = openEdgeDatabase(database.url);
    const other = await openSpool(otherDb, { marks: NO_MARKS });
    const all = await Promise.all(Array.from({ length: 200 }, () => put()));
    const taken: string[] = [];
    const drain = async (from: Spool) => {
      for (let batch = await from.takeBatch(7); batch.length > 0; batch = await from.takeBatch(7)) {
        taken.push(...ids(batch));
      }
    };
    await Promise.all([drain(spool), drain(other), drain(spool), drain(other)]);
    expect(taken.sort()).toEqual([...all].sort());
    await other.close();
    await otherDb.destroy();
  });

  test('by a process that died is free again at the next start; what a living one has is not', async () => {
    await Promise.all([put(), put(), put()]);
    const [mine] = await spool.takeBatch(1);
    const deadDb = openEdgeDatabase(database.url);
    const dead = await openSpool(deadDb, { marks: NO_MARKS });
    expect(await dead.takeBatch(1)).toHaveLength(1);
    // What the kernel does for a killed process: its connections end, nothing is given back.
    await sql`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
      AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())
      AND objid <> (SELECT claimed_by FROM spool_items WHERE id = ${mine?.id})`.execute(db);
    const nextDb = openEdgeDatabase(database.url);
    const next = await openSpool(nextDb, { marks: NO_MARKS });
    const free = await next.takeBatch(10);
    expect(free).toHaveLength(2);
    expect(ids(free)).not.toContain(mine?.id);
    await next.close();
    await nextDb.destroy();
    await dead.close();
    await deadDb.destroy();
  });

  test('stays ours when our own connection was lost in between', async () => {
    const id = await put();
    await spool.takeBatch(1);
    await sql`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
      AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`.execute(db);
    await spool.tidy();
    expect(await spool.takeBatch(1)).toEqual([]);
    await spool.storeAnswer([{ id, body: Buffer.from('answer') }]);
    expect(await spool.collectAnswer(id)).toEqual({ body: Buffer.from('answer') });
  });
});

test('only handing out and being done go over the connections that do not wait for the disk', async () => {
  const undoable = openEdgeDatabase(database.url, { durable: false });
  const quick = await openSpool(db, { marks: NO_MARKS, undoable });
  const [done, answered] = [await put(quick), await put(quick)];
  expect(ids(await quick.takeBatch(10))).toEqual([done, answered].sort());
  await quick.acknowledge([done]);
  expect(await quick.collectAnswer(done)).toBe('unknown');
  await undoable.destroy();
  await quick.storeAnswer([{ id: answered, body: Buffer.from('answer') }]);
  expect(await quick.collectAnswer(answered)).toEqual({ body: Buffer.from('answer') });
  const waiting = await put(quick);
  await expect(quick.takeBatch(1)).rejects.toThrow();
  expect(ids(await spool.takeBatch(1))).toEqual([waiting]);
  await quick.close();
});

describe('an answer', () => {
  test('can be collected once, and the request itself is gone before', async () => {
    const id = await put();
    expect(await spool.collectAnswer(id)).toBe('waiting');
    await spool.takeBatch(1);
    await spool.storeAnswer([{ id, body: Buffer.from('sealed') }]);
    const { rows } = await sql`SELECT octet_length(body) AS length FROM spool_items`.execute(db);
    expect(rows).toEqual([{ length: 0 }]);
    expect(await spool.collectAnswer(id)).toEqual({ body: Buffer.from('sealed') });
    expect(await spool.collectAnswer(id)).toBe('unknown');
  });

  test('ends the item: it is not handed out again, and a later answer does not replace the first', async () => {
    const id = await put();
    await spool.takeBatch(1);
    await spool.storeAnswer([{ id, body: Buffer.from('first') }]);
    await spool.storeAnswer([{ id, refused: 'malformed' }]);
    now += 120_000;
    expect(await spool.takeBatch(1)).toEqual([]);
    expect(await spool.collectAnswer(id)).toEqual({ body: Buffer.from('first') });
  });

  test('can be a refusal', async () => {
    const id = await put();
    await spool.storeAnswer([
      { id, refused: 'key_unknown' },
      { id: randomUUID(), body: Buffer.from('for nobody') },
    ]);
    expect(await spool.collectAnswer(id)).toEqual({ refused: 'key_unknown' });
  });

  test('that nobody collects is forgotten after a whole day; what is unanswered is not, however old', async () => {
    const [answered, old, unanswered] = await Promise.all([put(), put(), put()]);
    await spool.storeAnswer([
      { id: answered, body: Buffer.from('a') },
      { id: old, body: Buffer.from('b') },
    ]);
    await sql`UPDATE spool_items SET day = current_date - 1 WHERE id = ${answered}`.execute(db);
    await sql`UPDATE spool_items SET day = current_date - 2 WHERE id IN (${old}, ${unanswered})`.execute(db);
    await spool.tidy();
    expect(await spool.collectAnswer(old)).toBe('unknown');
    expect(await spool.collectAnswer(answered)).toEqual({ body: Buffer.from('a') });
    expect(ids(await spool.takeBatch(9))).toEqual([unanswered]);
  });
});

describe('the depth', () => {
  test('counts what waits, not what is in hand or answered', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => put()));
    expect(await spool.depth()).toBe(5);
    const taken = await spool.takeBatch(2);
    expect(await spool.depth()).toBe(3);
    await spool.acknowledge(ids(taken).slice(0, 1));
    await spool.storeAnswer([{ id: ids(taken)[1] ?? '', body: Buffer.from('x') }]);
    expect(await spool.depth()).toBe(3);
    now += 20_000;
    expect(await spool.depth()).toBe(3);
    await spool.acknowledge(all);
    expect(await spool.depth()).toBe(0);
  });

  test('knows the age of the oldest item that waits, in days and no finer', async () => {
    expect(await spool.oldestDays()).toBeNull();
    const [older, held] = [await put(), crypto.randomUUID()];
    await spool.put({ id: held, lane: 'held', body: Buffer.from('x') });
    const later = () => {
      now += 20_000;
      return spool.oldestDays();
    };
    expect(await spool.oldestDays()).toBe(0);
    await sql`UPDATE spool_items SET day = day - 9 WHERE id = ${held}`.execute(db);
    await sql`UPDATE spool_items SET day = day - 3 WHERE id = ${older}`.execute(db);
    await expect.poll(later).toBe(3);
    await spool.acknowledge([older]);
    await expect.poll(later).toBe(0);
    await spool.acknowledge([held]);
    expect(await spool.oldestDays()).toBeNull();
  });
});

describe('at a storage mark', () => {
  test('nothing is kept, and there is room again when the vault has drained', async () => {
    const small = await openSpool(db, { marks: { ...NO_MARKS, spoolMaxBytes: 1000 }, clock: () => now });
    const results = await Promise.allSettled(Array.from({ length: 15 }, () => put(small)));
    const kept = results.filter((result) => result.status === 'fulfilled');
    expect(kept).toHaveLength(10);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StorageFull);
    }
    const taken = await small.takeBatch(20);
    expect(taken).toHaveLength(10);
    await small.acknowledge(ids(taken));
    now += 1_001;
    await put(small);
    await small.close();
  });

  test('that leaves too little free disk, nothing is kept either', async () => {
    const marks = { ...NO_MARKS, diskMinFreeBytes: Number.MAX_SAFE_INTEGER };
    const full = await openSpool(db, { marks, clock: () => now });
    await expect(put(full)).rejects.toBeInstanceOf(StorageFull);
    expect(await full.takeBatch(1)).toEqual([]);
    await full.close();
  });

  test('that only the database sees, nothing is kept, and nothing is counted', async () => {
    await sql`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`.execute(db);
    await sql`CREATE TRIGGER no_room BEFORE INSERT ON spool_items EXECUTE FUNCTION no_room()`.execute(db);
    await expect(put()).rejects.toBeInstanceOf(StorageFull);
    await sql`DROP TRIGGER no_room ON spool_items`.execute(db);
    expect(await spool.depth()).toBe(0);
    await put();
    expect(await spool.depth()).toBe(1);
  });
});
