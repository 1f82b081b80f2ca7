import { createTestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shuffleTable } from '../platform/shuffle.ts';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { createPeopleFeature } from './feature.ts';
import { UnknownPerson } from './person-store.ts';
import { openSession } from './sessions.ts';
import { BY_OPERATOR, readForStaff, staffAccesses } from './staff-access.ts';
import { issueToken } from './tokens.ts';

let vault: TestVault;
let now = new Date('2026-11-23T12:00:00Z');

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
});

afterAll(() => vault.close());

const feature = () => createPeopleFeature({ ...vault, clock: () => now, log: pino({ enabled: false }) });

async function run(name: string): Promise<void> {
  const task = feature().schedule.find((one) => one.name === name);
  if (!task) throw new Error(`no task ${name}`);
  await task.run();
}

async function create(email: string): Promise<string> {
  const id = await vault.people.create(vault.db, {
    fields: { email },
    language: 'en',
    country: 'GB',
    act: 'registration',
    day: '2026-11-23',
  });
  if (typeof id !== 'string') throw new Error('the address is taken');
  return id;
}

test('every table of the people migrations and of the keyring has its line in the record of processing', async () => {
  const keeps = feature().keeps;
  const known = (database: 'vault' | 'keyring') =>
    keeps.filter((kept) => kept.database === database).map((kept) => kept.table);
  const keyring = (await vault.keyringDb.introspection.getTables()).map((table) => table.name);
  expect(known('keyring').toSorted()).toEqual(keyring.toSorted());
  const tables = (await vault.db.introspection.getTables()).map((table) => table.name);
  expect(tables).toEqual(expect.arrayContaining(known('vault')));
  expect(known('vault')).toEqual(
    expect.arrayContaining(
      tables.filter((name) =>
        /^(person(?!_questions)|sessions|staff_access|key_|doomed|(day|minute)_tokens)/.test(name),
      ),
    ),
  );
});

test('after the nightly rewrite everybody is readable, and the order of rows no longer is the order of arrival', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 12; n += 1) ids.push(await create(`shuffle${n}@example.org`));
  for (const { database, table, shuffled } of feature().keeps) {
    if (!shuffled) continue;
    if (database === 'vault') await shuffleTable(vault.db, table);
    else await shuffleTable(vault.keyringDb, table);
  }
  for (const [n, id] of ids.entries()) {
    expect((await vault.people.get(vault.db, id)).fields.email?.value).toBe(`shuffle${n}@example.org`);
    expect(await vault.people.findByEmail(vault.db, `shuffle${n}@example.org`)).toBe(id);
  }
  const { rows } = await sql<{ id: string; xmin: string }>`SELECT id, xmin::text FROM persons ORDER BY ctid`.execute(
    vault.db,
  );
  expect(new Set(rows.map((row) => row.xmin)).size).toBe(1);
  expect(rows.map((row) => row.id)).toEqual(rows.map((row) => row.id).toSorted());
});

test('forgetting a person is finished by the next run of the schedule', async () => {
  const id = await create('forget@example.org');
  const { dataKeyId } = await vault.people.get(vault.db, id);
  const { stays } = await vault.db.transaction().execute((tx) => feature().forgetPerson(tx, id));
  expect(stays).toHaveLength(1);
  await expect(vault.people.get(vault.db, id)).rejects.toThrow(UnknownPerson);
  await run('people.destroyDoomedKeys');
  await expect(vault.keyring.dataKey(dataKeyId)).rejects.toThrow();
  expect(await vault.db.selectFrom('doomed_keys').selectAll().execute()).toEqual([]);
});

test('the schedule clears tokens and sessions that have run out, and staff accesses of more than a year ago', async () => {
  const id = await create('staff@example.org');
  await issueToken(vault.db, { act: 'sign-in', subject: id, minutes: 15 }, now);
  await issueToken(vault.db, { act: 'confirm', subject: id, days: 14 }, now);
  await openSession(vault.db, id, now);
  const how = { by: BY_OPERATOR, command: 'avow people find' };
  const access = { purpose: 'customer-service-issue', personId: id, ...how } as const;
  await readForStaff(vault, { ...access, day: '2026-11-23' });
  const rows = async () => [
    await vault.db.selectFrom('minute_tokens').select('hash').execute(),
    await vault.db.selectFrom('day_tokens').select('hash').execute(),
    await vault.db.selectFrom('sessions').select('hash').execute(),
    await vault.db.selectFrom('staff_access').select('id').execute(),
  ];
  const count = async () => {
    await run('people.forgetExpired');
    await run('people.forgetStaffAccess');
    return (await rows()).map((table) => table.length);
  };
  expect(await count()).toEqual([1, 1, 1, 1]);
  now = new Date('2026-11-24T12:00:00Z');
  expect(await count()).toEqual([0, 1, 0, 1]);
  now = new Date('2026-12-08T00:00:00Z');
  expect(await count()).toEqual([0, 0, 0, 1]);
  now = new Date('2027-11-23T12:00:00Z');
  expect(await count()).toEqual([0, 0, 0, 1]);
  now = new Date('2027-11-24T12:00:00Z');
  expect(await count()).toEqual([0, 0, 0, 0]);
});

test('staff who read a person are on record; an access to nobody is neither answered nor recorded', async () => {
  const id = await create('read@example.org');
  const how = { by: BY_OPERATOR, command: 'avow people find', day: '2026-11-23' };
  const access = { purpose: 'clarify-inaccurate-information', ...how } as const;
  const record = await readForStaff(vault, { ...access, personId: id });
  expect(record.fields.email?.value).toBe('read@example.org');
  expect(await staffAccesses(vault.db, id)).toEqual([{ ...access, personId: id }]);
  const nobody = '00000000-0000-4000-8000-000000000000';
  await expect(readForStaff(vault, { ...access, personId: nobody })).rejects.toThrow(UnknownPerson);
  expect(await staffAccesses(vault.db, nobody)).toEqual([]);
});
