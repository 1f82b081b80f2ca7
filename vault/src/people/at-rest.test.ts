import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@avow/engines/testing';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NotAuthentic } from '../platform/keys/aes-gcm.ts';
import { KeyDestroyed } from '../platform/keys/data-key.ts';
import { openKeyring } from '../platform/keys/keyring.ts';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { destroyDoomedKeys, tombstoneOf } from './erasure.ts';
import { openPeople } from './people.ts';
import { openSession } from './sessions.ts';
import { issueToken } from './tokens.ts';

let vault: TestVault;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
});

afterAll(() => vault.close());

const FIELDS = ['givenName', 'familyName', 'telephone', 'address.streetAddress', 'address.locality'] as const;

async function createMarked(mark: string): Promise<string> {
  const fields: Record<string, string> = { email: `${mark}@example.org` };
  for (const path of FIELDS) fields[path] = `${mark} ${path}`;
  const day = '2026-11-23';
  const id = await vault.people.create(vault.db, { fields, language: 'en', country: 'GB', act: 'registration', day });
  if (typeof id !== 'string') throw new Error('the address is taken');
  return id;
}

const newMark = () => `mark${randomUUID().replaceAll('-', '')}`;

/** Every table of the main database, every row as text; bytea also as the bytes it is. */
async function dumpMainDatabase(): Promise<string> {
  const tables = await sql<{ name: string }>`
    SELECT format('%I.%I', schemaname, relname) AS name FROM pg_stat_user_tables`.execute(vault.db);
  let dump = '';
  for (const { name } of tables.rows) {
    const { rows } = await sql<Record<string, unknown>>`SELECT * FROM ${sql.raw(name)}`.execute(vault.db);
    for (const row of rows) {
      dump += JSON.stringify(row);
      for (const value of Object.values(row)) if (Buffer.isBuffer(value)) dump += value.toString('latin1');
    }
  }
  return dump;
}

test('the main database alone holds none of the values, in any table', async () => {
  const mark = newMark();
  const id = await createMarked(mark);
  const { db, people } = vault;
  await people.change(db, id, { givenName: `${mark} changed` }, { by: 'person', act: 'correction', day: '2026-11-24' });
  await people.changeEmail(db, id, `new-${mark}@example.org`, { by: 'person', act: 'correction', day: '2026-11-24' });
  const words = `${mark} words`;
  await people.recordConsent(db, id, { given: true, words, language: 'en', statementVersion: 8, day: '2026-11-24' });
  const secrets = [
    await issueToken(db, { act: 'email-change', subject: `${mark} subject`, days: 7 }),
    await issueToken(db, { act: 'sign-in', subject: `${mark} subject`, minutes: 15 }),
    await openSession(db, id),
  ];
  // The search itself has to be able to find something.
  await sql`CREATE TABLE planted (value bytea)`.execute(db);
  await sql`INSERT INTO planted VALUES (${Buffer.from('a planted mark')})`.execute(db);

  const dump = await dumpMainDatabase();
  expect(dump).toContain('a planted mark');
  expect(dump).toContain(id);
  for (const hidden of [mark, Buffer.from(mark).toString('base64').slice(0, 20), ...secrets]) {
    expect(dump).not.toContain(hidden);
  }
});

test('sessions and tokens do not name the person they belong to', async () => {
  const id = await createMarked(newMark());
  await openSession(vault.db, id);
  await issueToken(vault.db, { act: 'sign-in', subject: id, minutes: 15 });
  const rows = [
    ...(await vault.db.selectFrom('sessions').selectAll().execute()),
    ...(await vault.db.selectFrom('minute_tokens').selectAll().execute()),
  ];
  expect(rows.length).toBeGreaterThanOrEqual(2);
  expect(JSON.stringify(rows)).not.toContain(id);
});

test('values swapped between persons, fields or keys are refused, whichever two', async () => {
  const ids = [await createMarked(newMark()), await createMarked(newMark()), await createMarked(newMark())] as const;
  const place = fc.record({ person: fc.constantFrom(...ids), path: fc.constantFrom(...FIELDS) });
  await fc.assert(
    fc.asyncProperty(place, place, async (from, to) => {
      fc.pre(from.person !== to.person || from.path !== to.path);
      const there = await valueAt(to);
      await setValueAt(to, await valueAt(from));
      await expect(vault.people.get(vault.db, to.person)).rejects.toThrow(NotAuthentic);
      await setValueAt(to, there);
      await vault.people.get(vault.db, to.person);
    }),
    { numRuns: 30 },
  );
});

test('a person whose key row was swapped for another is refused', async () => {
  const [one, two] = [await createMarked(newMark()), await createMarked(newMark())];
  const foreign = (await vault.people.get(vault.db, two)).dataKeyId;
  await vault.people.erase(vault.db, two, '2026-11-24');
  await vault.db.updateTable('persons').set({ data_key_id: foreign }).where('id', '=', one).execute();
  await expect(vault.people.get(vault.db, one)).rejects.toThrow(NotAuthentic);
});

test('after erasing neither rows nor key are left, and rows from a backup stay unreadable', async () => {
  const { db, people, keyring } = vault;
  const mark = newMark();
  const id = await createMarked(mark);
  const person = await db.selectFrom('persons').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const fields = await db.selectFrom('person_fields').selectAll().where('person_id', '=', id).execute();

  await db.transaction().execute((tx) => people.erase(tx, id, '2026-11-25'));
  await db.transaction().execute((tx) => people.erase(tx, id, '2026-11-26'));
  expect(await destroyDoomedKeys(db, keyring)).toBeGreaterThan(0);
  expect(await destroyDoomedKeys(db, keyring)).toBe(0);
  expect(await people.findByEmail(db, `${mark}@example.org`)).toBeNull();
  expect(await dumpMainDatabase()).not.toContain(id);
  const tombstones = await db.selectFrom('person_tombstones').selectAll().execute();
  expect(tombstones).toContainEqual({ person_hash: tombstoneOf(keyring, id), day: '2026-11-25' });

  await db.insertInto('persons').values(person).execute();
  await db.insertInto('person_fields').values(fields).execute();
  await expect(people.get(db, id)).rejects.toThrow(KeyDestroyed);
  const restarted = await openKeyring({ db: vault.keyringDb, masterKey: vault.masterKey });
  await expect(openPeople({ keyring: restarted }).get(db, id)).rejects.toThrow(KeyDestroyed);
});

test('an erasure that is rolled back leaves the person readable', async () => {
  const { db, people, keyring } = vault;
  const id = await createMarked(newMark());
  await db
    .transaction()
    .execute(async (tx) => {
      await people.erase(tx, id, '2026-11-25');
      throw new Error('power cut');
    })
    .catch(() => {});
  await destroyDoomedKeys(db, keyring);
  expect((await people.get(db, id)).fields.givenName?.value).toContain('givenName');
});

test('no column about persons is finer than the day, and nothing counts upwards over persons', async () => {
  const { rows } = await sql<{ name: string; type: string }>`
    SELECT table_name || '.' || column_name AS name, data_type AS type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name LIKE 'person%'`.execute(vault.db);
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter(({ type }) => type.startsWith('time'))).toEqual([]);
  const sequences = await sql<{ owner: string }>`
    SELECT table_name AS owner FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name LIKE 'person%'
      AND (column_default LIKE 'nextval%' OR is_identity = 'YES')`.execute(vault.db);
  expect(sequences.rows).toEqual([]);
});

type Place = { person: string; path: string };

async function valueAt({ person, path }: Place): Promise<Buffer> {
  const row = await vault.db
    .selectFrom('person_fields')
    .select('value')
    .where('person_id', '=', person)
    .where('path', '=', path)
    .executeTakeFirstOrThrow();
  return row.value;
}

async function setValueAt({ person, path }: Place, value: Buffer): Promise<void> {
  await vault.db
    .updateTable('person_fields')
    .set({ value })
    .where('person_id', '=', person)
    .where('path', '=', path)
    .execute();
}
