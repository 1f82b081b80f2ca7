import { fileURLToPath } from 'node:url';
import { loadConfig } from '@avow/config/config';
import { createTestDatabase } from '@avow/engines/testing';
import { openTestVault, type TestVault } from '@avow/vault/test-vault';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventedPerson, playPeople } from './play-people.ts';

const CONFIG = fileURLToPath(new URL('../../../examples/vendor/avow.config.ts', import.meta.url));
const PEOPLE = 120;
const BATCHES = 4;

let vault: TestVault;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
});
afterAll(() => vault.close());

async function play(seed: number) {
  const { db, keyringDb, vaultUrl, keyring, people } = vault;
  const config = await loadConfig(CONFIG);
  const steps: number[] = [];
  const played = await playPeople(
    { config, db, keyringDb, vaultUrl, keyring, people, close: async () => {} },
    {
      people: PEOPLE,
      batches: BATCHES,
      seed,
      signal: new AbortController().signal,
      onProgress: (done, total) => steps.push(done / total),
    },
  );
  return { played, steps };
}

const count = async (table: 'persons' | 'serials' | 'serial_holds' | 'product_registrations') => {
  const row = await vault.db
    .selectFrom(table)
    .select((of) => of.fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  return row.rows;
};

test('the played people are the vault’s own: found, readable, with products; the same seed makes nobody twice', {
  timeout: 120_000,
}, async () => {
  const { played, steps } = await play(8);
  expect(played).toMatchObject({ people: PEOPLE, batches: BATCHES, known: 0 });
  expect(steps.at(-1)).toBe(1);
  expect(await count('persons')).toBe(PEOPLE);
  expect(await count('serials')).toBe(played.serials);
  // One of two hundred owners, and at least one, has somebody else claim the same serial.
  expect(played.holds).toBe(await count('serial_holds'));
  expect(await count('product_registrations')).toBe(played.products + played.holds);

  const { fields } = inventedPerson(8, 7).person;
  const personId = await vault.people.findByEmail(vault.db, fields.email ?? '');
  const record = await vault.people.get(vault.db, personId ?? '');
  expect(record.fields.familyName?.value).toBe(fields.familyName);
  expect(await vault.people.consents(vault.db, record.id)).toHaveLength(1);

  const again = await play(8);
  expect(again.played).toMatchObject({ people: 0, holds: 0, known: PEOPLE });
  expect(await count('persons')).toBe(PEOPLE);
});
