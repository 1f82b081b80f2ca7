import { createTestDatabase } from '@avow/engines/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestVault, type TestVault } from '../test-vault.ts';
import type { NewPerson } from './people.ts';
import { UnknownPerson } from './person-store.ts';

let vault: TestVault;
let count = 0;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
});

afterAll(() => vault.close());

function somebody(fields: Record<string, string> = {}): NewPerson {
  count += 1;
  return {
    fields: { email: `person${count}@example.org`, givenName: 'Ada', familyName: 'Lovelace', ...fields },
    language: 'en',
    country: 'GB',
    act: 'registration',
    day: '2026-11-23',
  };
}

async function create(fields: Record<string, string> = {}): Promise<string> {
  const id = await vault.people.create(vault.db, somebody(fields));
  if (typeof id !== 'string') throw new Error('the address is taken');
  return id;
}

const byPerson = { by: 'person', act: 'correction', day: '2026-11-24' } as const;

test('a person is read back field by field, with act and day; empty fields are not kept', async () => {
  const id = await create({ email: 'ada@example.org', telephone: '', 'address.streetAddress': '1 Ä Street\nFlat 2' });
  const person = await vault.people.get(vault.db, id);
  expect(person).toMatchObject({ id, language: 'en', country: 'GB', day: '2026-11-23' });
  expect(person.fields).toEqual({
    email: { value: 'ada@example.org', act: 'registration', day: '2026-11-23' },
    givenName: { value: 'Ada', act: 'registration', day: '2026-11-23' },
    familyName: { value: 'Lovelace', act: 'registration', day: '2026-11-23' },
    'address.streetAddress': { value: '1 Ä Street\nFlat 2', act: 'registration', day: '2026-11-23' },
  });
});

test('any text comes back exactly', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (text) => {
      const id = await create({ givenName: text });
      expect((await vault.people.get(vault.db, id)).fields.givenName?.value).toBe(text);
    }),
    { numRuns: 25 },
  );
});

test('a person is found by the address however it is written, and by no other', async () => {
  const id = await create({ email: 'Grace.Hopper@BÜCHER.example' });
  for (const email of [
    'grace.hopper@bücher.example',
    ' GRACE.HOPPER@xn--bcher-kva.example ',
    'grace.hopper@bücher.example.',
  ]) {
    expect(await vault.people.findByEmail(vault.db, email)).toBe(id);
  }
  for (const email of ['gracehopper@bücher.example', 'grace.hopper+x@bücher.example', '', '@']) {
    expect(await vault.people.findByEmail(vault.db, email)).toBeNull();
  }
});

test('of ten that create the same address at once one wins and the others are told who', async () => {
  const keysBefore = await countKeys();
  const attempts = Array.from({ length: 10 }, () => ({ ...somebody(), fields: { email: 'race@example.org' } }));
  const results = await Promise.all(
    attempts.map((person) => vault.db.transaction().execute((tx) => vault.people.create(tx, person))),
  );
  const winners = results.filter((result) => typeof result === 'string');
  expect(winners).toHaveLength(1);
  expect(results.filter((result) => typeof result !== 'string')).toEqual(
    Array.from({ length: 9 }, () => ({ taken: true, personId: winners[0] })),
  );
  expect(await countKeys()).toBe(keysBefore + 1);
});

test('after losing an address the transaction is still usable', async () => {
  const id = await create({ email: 'first@example.org' });
  await vault.db.transaction().execute(async (tx) => {
    const result = await vault.people.create(tx, { ...somebody(), fields: { email: 'FIRST@example.org' } });
    expect(result).toEqual({ taken: true, personId: id });
    await vault.people.change(tx, id, { givenName: 'Countess' }, byPerson);
  });
  expect((await vault.people.get(vault.db, id)).fields.givenName?.value).toBe('Countess');
});

test('a change keeps what was there before, in order, and reports only what really changed', async () => {
  const id = await create({ telephone: '1' });
  const { people, db } = vault;
  expect(await people.change(db, id, { givenName: 'Ada', familyName: 'Byron', telephone: '' }, byPerson)).toEqual([
    'familyName',
    'telephone',
  ]);
  expect(
    await people.change(db, id, { familyName: 'King', telephone: '2' }, { ...byPerson, by: 'staff' }),
  ).toHaveLength(2);
  const how = { act: 'correction', day: '2026-11-24' };
  expect(await people.history(db, id)).toEqual([
    { field: 'familyName', before: 'Lovelace', after: 'Byron', by: 'person', ...how },
    { field: 'familyName', before: 'Byron', after: 'King', by: 'staff', ...how },
    { field: 'telephone', before: '1', after: '', by: 'person', ...how },
    { field: 'telephone', before: '', after: '2', by: 'staff', ...how },
  ]);
  const { fields } = await people.get(db, id);
  expect(fields.familyName).toEqual({ value: 'King', ...how });
});

test('changes of one field at the same moment form one unbroken history', async () => {
  const id = await create();
  const names = Array.from({ length: 8 }, (_, index) => `Name ${index}`);
  await Promise.all(
    names.map((givenName) =>
      vault.db.transaction().execute((tx) => vault.people.change(tx, id, { givenName }, byPerson)),
    ),
  );
  const history = await vault.people.history(vault.db, id);
  expect(history.map((change) => change.after).toSorted()).toEqual(names);
  expect(history.map((change) => change.before)).toEqual([
    'Ada',
    ...history.slice(0, -1).map((change) => change.after),
  ]);
});

test('the readable country and language follow the corrected ones', async () => {
  const id = await create({ 'address.country': 'GB' });
  await vault.people.change(vault.db, id, { 'address.country': 'DE', language: 'de', constructor: 'x' }, byPerson);
  expect(await vault.people.get(vault.db, id)).toMatchObject({ country: 'DE', language: 'de' });
});

test('an address moves with history and frees the old one', async () => {
  const id = await create({ email: 'old@example.org' });
  const { people, db } = vault;
  expect(await people.changeEmail(db, id, 'New@Example.org', byPerson)).toBeNull();
  expect(await people.findByEmail(db, 'old@example.org')).toBeNull();
  expect(await people.findByEmail(db, 'new@example.org')).toBe(id);
  expect(await people.history(db, id)).toMatchObject([
    { field: 'email', before: 'old@example.org', after: 'New@Example.org' },
  ]);
  expect(await people.changeEmail(db, id, 'NEW@example.org', byPerson)).toBeNull();
  await expect(people.change(db, id, { email: 'x@example.org' }, byPerson)).rejects.toThrow(TypeError);
  expect(typeof (await people.create(db, { ...somebody(), fields: { email: 'old@example.org' } }))).toBe('string');
});

test('two persons who move to one address at once: one gets it, the other keeps the old one', async () => {
  const ids = [await create({ email: 'left@example.org' }), await create({ email: 'right@example.org' })];
  const results = await Promise.all(
    ids.map((id) =>
      vault.db.transaction().execute((tx) => vault.people.changeEmail(tx, id, 'middle@example.org', byPerson)),
    ),
  );
  const winner = ids[results.indexOf(null)];
  const loser = ids.find((id) => id !== winner) ?? '';
  expect(results).toContainEqual({ taken: true, personId: winner });
  const { fields } = await vault.people.get(vault.db, loser);
  expect(await vault.people.findByEmail(vault.db, fields.email?.value ?? '')).toBe(loser);
});

test('two persons who swap addresses at once do not block each other for ever', async () => {
  const ids = [await create({ email: 'one@swap.example' }), await create({ email: 'two@swap.example' })] as const;
  const results = await Promise.all([
    vault.db.transaction().execute((tx) => vault.people.changeEmail(tx, ids[0], 'two@swap.example', byPerson)),
    vault.db.transaction().execute((tx) => vault.people.changeEmail(tx, ids[1], 'one@swap.example', byPerson)),
  ]);
  expect(results).toEqual([
    { taken: true, personId: ids[1] },
    { taken: true, personId: ids[0] },
  ]);
});

test('consents are kept with the exact words, newest first', async () => {
  const id = await create();
  const consent = { language: 'en', statementVersion: 8, day: '2026-11-23', words: 'Yes, send me offers.' } as const;
  await vault.people.recordConsent(vault.db, id, { ...consent, given: false });
  await vault.people.recordConsent(vault.db, id, { ...consent, given: true, words: 'Ja, gerne.', language: 'de' });
  expect(await vault.people.consents(vault.db, id)).toMatchObject([
    { given: true, words: 'Ja, gerne.', language: 'de', statementVersion: 8, day: '2026-11-23' },
    {
      given: false,
      words: 'Yes, send me offers.',
      wordsHash: '5c16de691dcd6135e7d2a5b4332deaff2863b496c09b31e0566ae89a51f383c2',
    },
  ]);
});

test('an unknown person is an error, not an empty answer', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000';
  await expect(vault.people.get(vault.db, nobody)).rejects.toThrow(UnknownPerson);
  await expect(vault.people.change(vault.db, nobody, { givenName: 'x' }, byPerson)).rejects.toThrow(UnknownPerson);
  expect(await vault.people.history(vault.db, nobody)).toEqual([]);
});

async function countKeys(): Promise<number> {
  return (await vault.keyringDb.selectFrom('data_keys').select('id').execute()).length;
}
