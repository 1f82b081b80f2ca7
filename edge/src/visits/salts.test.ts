/** W6: nobody, the operator included, can later ask "was this address here?". */
import { createHash } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type EdgeDatabase, openEdgeDatabase } from '../platform/database.ts';
import { emptyTables } from '../testing.ts';
import { openSalts } from './salts.ts';

let database: TestDatabase;
let db: EdgeDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

beforeEach(async () => {
  await emptyTables(database.url);
  db = openEdgeDatabase(database.url);
});

afterEach(() => db.destroy());

const at = (time: string) => Date.parse(`2026-11-${time}Z`);
const NOON = at('23T12:00');

async function stored(): Promise<string[]> {
  const rows = await db.selectFrom('visit_salts').select('day').orderBy('day').execute();
  return rows.map(({ day }) => day);
}

test('W6: salts are 32 random bytes in a table that PostgreSQL never writes to its log', async () => {
  const salts = await openSalts(db, NOON);
  expect(salts.at(NOON)?.today).toHaveLength(32);
  const { rows } = await sql<{ relpersistence: string }>`
    SELECT relpersistence FROM pg_class WHERE relname = 'visit_salts'`.execute(db);
  expect(rows).toEqual([{ relpersistence: 'u' }]);
});

test('a restart, and a second edge on the same database, go on with the salt of the day', async () => {
  const [one, other] = await Promise.all([openSalts(db, NOON), openSalts(db, NOON)]);
  expect(one.at(NOON)?.today).toEqual(other.at(NOON)?.today);
  expect((await openSalts(db, NOON)).at(NOON)?.today).toEqual(one.at(NOON)?.today);
});

test('W6: after midnight there is a new one; the old one serves visits until three, then it is destroyed with a receipt', async () => {
  const salts = await openSalts(db, NOON);
  const old = Buffer.from(salts.at(NOON)?.today ?? '');
  expect(salts.at(at('24T00:00'))).toBeNull();

  await salts.turn(at('23T23:30'));
  expect(await stored()).toEqual(['2026-11-23', '2026-11-24']);
  const midnight = salts.at(at('24T00:00'));
  expect(midnight?.previous).toEqual(old);
  expect(midnight?.today).not.toEqual(old);

  await salts.turn(at('24T02:59'));
  expect(salts.at(at('24T02:59'))?.previous).toEqual(old);
  expect(await db.selectFrom('salt_receipts').selectAll().execute()).toEqual([]);

  await salts.turn(at('24T03:00'));
  expect(salts.at(at('24T03:00'))?.previous).toBeNull();
  expect(await stored()).toEqual(['2026-11-24']);
  const hash = createHash('sha256').update(old).digest();
  expect(await db.selectFrom('salt_receipts').select(['day', 'salt_hash']).execute()).toEqual([
    { day: '2026-11-23', salt_hash: hash },
  ]);
  // The very bytes that were in use are gone, too.
  expect(midnight?.previous).toEqual(Buffer.alloc(32));
});

test('W6: a salt that lay there while the edge was off is destroyed at the next start', async () => {
  (await openSalts(db, at('20T12:00'))).close();
  const { rows: before } = await sql`SELECT pg_relation_filenode('visit_salts') AS node`.execute(db);
  await openSalts(db, NOON);
  expect(await stored()).toEqual(['2026-11-23']);
  expect(await db.selectFrom('salt_receipts').select('day').execute()).toEqual([{ day: '2026-11-20' }]);
  // A new file: in the old one the deleted row would still be readable.
  const { rows: after } = await sql`SELECT pg_relation_filenode('visit_salts') AS node`.execute(db);
  expect(after).not.toEqual(before);
});

test('a crash of the database that empties the table does not change the salt of the day', async () => {
  const salts = await openSalts(db, NOON);
  const before = Buffer.from(salts.at(NOON)?.today ?? '');
  await sql`TRUNCATE visit_salts`.execute(db);
  await salts.turn(NOON);
  expect(salts.at(NOON)?.today).toEqual(before);
  expect((await openSalts(db, NOON)).at(NOON)?.today).toEqual(before);
});

test('an edge whose salt was lost takes that of the others, and leaves a receipt for its own', async () => {
  const salts = await openSalts(db, NOON);
  await sql`TRUNCATE visit_salts`.execute(db);
  const other = await openSalts(db, NOON);
  await salts.turn(NOON);
  expect(salts.at(NOON)?.today).toEqual(other.at(NOON)?.today);
  expect(await db.selectFrom('salt_receipts').select('day').execute()).toEqual([{ day: '2026-11-23' }]);
});
