import { createTestDatabase } from '@avow/engines/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestVault, type TestVault } from '../test-vault.ts';
import { KeyDestroyed } from './keys/data-key.ts';
import { openPeriodKeys, weekOf } from './period-keys.ts';

let vault: TestVault;
beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
});
afterAll(() => vault.close());

test.each([
  ['2026-11-23', '2026-11-23'],
  ['2026-11-29', '2026-11-23'],
  ['2026-11-30', '2026-11-30'],
  ['2027-01-01', '2026-12-28'],
])('%s lies in the week of %s', (day, monday) => expect(weekOf(day)).toBe(monday));

test('a week has one key for each purpose, whoever asks first and however many at once', async () => {
  const openers = Array.from({ length: 5 }, () => openPeriodKeys(vault.db, vault.keyring));
  const keys = await Promise.all(openers.map((opener) => opener.current('mail', '2026-11-24')));
  expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
  const [opener] = openers;
  expect((await opener?.current('mail', '2026-11-29'))?.id).toBe(keys[0]?.id);
  expect((await opener?.current('answer', '2026-11-24'))?.id).not.toBe(keys[0]?.id);
  expect((await opener?.current('mail', '2026-11-30'))?.id).not.toBe(keys[0]?.id);
  const { dataKeys } = await countKeys();
  expect(dataKeys).toBe(3);
});

test('a week’s key is destroyed when its last day is before the day to forget', async () => {
  const opener = openPeriodKeys(vault.db, vault.keyring);
  const key = await opener.current('mail', '2026-11-24');
  await opener.forgetBefore('mail', '2026-11-29');
  expect((await vault.keyring.dataKey(key.id)).id).toBe(key.id);
  await opener.forgetBefore('mail', '2026-11-30');
  await expect(vault.keyring.dataKey(key.id)).rejects.toThrow(KeyDestroyed);
  expect((await opener.current('answer', '2026-11-24')).id).toBeDefined();
});

async function countKeys(): Promise<{ dataKeys: number }> {
  const rows = await vault.keyringDb.selectFrom('data_keys').select('id').execute();
  return { dataKeys: rows.length };
}
