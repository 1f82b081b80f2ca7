import { generateKeyPairSync } from 'node:crypto';
import { createTestDatabase } from '@avow/engines/testing';
import { decodeKeyConfig } from '@avow/protocol/key-config';
import { verifyKeyLog, verifyKeySet } from '@avow/protocol/key-set';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestVault, type TestVault } from '../../test-vault.ts';
import { addDays } from '../day.ts';
import { destroyRetiredGatewayKeys, heldGatewayKeys, NoKeySet, openGatewayKeys } from './gateway-keys.ts';
import { keySetsAfter } from './key-log.ts';
import { keysStatus } from './keys-status.ts';
import { OtherRootKey, rotateGatewayKey } from './rotate-gateway-key.ts';
import { rawPublicKey } from './signing-keys.ts';

function newRootKey() {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: rawPublicKey(privateKey) };
}

const DAY = '2026-11-23';
const rootKey = newRootKey();
const root = Buffer.from(rootKey.publicKey, 'base64url');
let vault: TestVault;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
});

beforeEach(async () => {
  await vault.db.deleteFrom('key_sets').execute();
  await vault.keyringDb.deleteFrom('vault_secrets').execute();
});

afterAll(() => vault.close());

const rotate = (today = DAY) => rotateGatewayKey({ db: vault.db, keyring: vault.keyring, rootKey, today });
const idOf = (config: string) => decodeKeyConfig(Buffer.from(config, 'base64url')).keyId;

test('each rotation makes a new active key, keeps the old one, and the log verifies from the first set on', async () => {
  const sets = [await rotate(), await rotate('2026-11-24'), await rotate('2026-11-25')];
  expect(sets.map((set) => set.version)).toEqual([1, 2, 3]);
  expect(sets.map((set) => idOf(set.active))).toEqual([0, 1, 2]);
  expect(sets.map((set) => set.retired.map(idOf))).toEqual([[], [0], [0, 1]]);
  expect(await verifyKeyLog(await keySetsAfter(vault.db, 0), root)).toBe(true);
  expect(await keySetsAfter(vault.db, 1)).toEqual(sets.slice(1));
  expect(await verifyKeySet(sets[2], Buffer.from(newRootKey().publicKey, 'base64url'))).toBeNull();
});

test('the vault takes over what another process rotated, and can still open what was sealed to the old key', async () => {
  const first = await rotate();
  const keys = await openGatewayKeys(vault);
  expect(await keys.refresh()).toBe(false);
  const second = await rotate();
  expect(keys.keySet()).toEqual(first);
  expect(await keys.refresh()).toBe(true);
  expect(keys.keySet()).toEqual(second);
  expect(Buffer.from(keys.find(0)?.config.publicKey ?? [])).toEqual(
    Buffer.from(decodeKeyConfig(Buffer.from(first.active, 'base64url')).publicKey),
  );
  expect([keys.find(1) === null, keys.find(2)]).toEqual([false, null]);
});

test('without a key set the gateway does not open', async () => {
  await expect(openGatewayKeys(vault)).rejects.toThrow(NoKeySet);
});

test('rotations at the same moment come one after the other; several first starts make one set', async () => {
  const { db, keyring } = vault;
  const first = { db, keyring, rootKey, today: DAY, onlyFirst: true };
  const sets = await Promise.all([1, 2, 3].map(() => rotateGatewayKey(first)));
  expect(new Set(sets.map((set) => set.signature)).size).toBe(1);
  await Promise.all([rotate(), rotate(), rotate()]);
  const log = await keySetsAfter(db, 0);
  expect(log.map((set) => set.version)).toEqual([1, 2, 3, 4]);
  expect(await verifyKeyLog(log, root)).toBe(true);
});

test('another root key is refused and changes nothing', async () => {
  await rotate();
  await expect(
    rotateGatewayKey({ db: vault.db, keyring: vault.keyring, rootKey: newRootKey(), today: DAY }),
  ).rejects.toThrow(OtherRootKey);
  expect(await keySetsAfter(vault.db, 0)).toHaveLength(1);
  expect(await heldGatewayKeys(vault.keyring)).toHaveLength(1);
});

test('a retired private key lives for five weeks and then is destroyed; the active one is never touched', async () => {
  await rotate('2026-01-01');
  await rotate('2026-11-23');
  const destroy = (today: string) => destroyRetiredGatewayKeys({ db: vault.db, keyring: vault.keyring, today });
  expect(await destroy('2026-12-27')).toEqual([]);
  expect(await destroy('2026-12-28')).toEqual([0]);
  expect(await destroy('2036-12-28')).toEqual([]);
  const keys = await openGatewayKeys(vault);
  expect(keys.find(0)).toBeNull();
  expect(keys.find(1)).not.toBeNull();
  expect(idOf((await rotate('2026-12-29')).active)).toBe(2);
  expect((await rotate('2026-12-30')).retired.map(idOf)).toEqual([1, 2]);
});

test('what a rotation left behind that was cut off is used by nobody and cleared by the next one', async () => {
  await rotate();
  await rotate();
  await vault.db.deleteFrom('key_sets').where('version', '=', 2).execute();
  const keys = await openGatewayKeys(vault);
  expect(keys.find(1)).toBeNull();
  const set = await rotate();
  expect([set.version, idOf(set.active), set.retired.map(idOf)]).toEqual([2, 1, [0]]);
  expect(await heldGatewayKeys(vault.keyring)).toHaveLength(2);
});

test('private keys stand in neither database as they are', async () => {
  await rotate();
  const [held] = await heldGatewayKeys(vault.keyring);
  const { d } = held?.privateKey.export({ format: 'jwk' }) ?? {};
  expect(d).toHaveLength(43);
  const rows = [
    ...(await vault.keyringDb.selectFrom('vault_secrets').select('wrapped').execute()).map((row) => row.wrapped),
    Buffer.from(JSON.stringify(await vault.db.selectFrom('key_sets').selectAll().execute())),
  ];
  for (const bytes of rows) {
    expect(bytes.includes(d ?? '-')).toBe(false);
    expect(bytes.includes(Buffer.from(d ?? '', 'base64url'))).toBe(false);
  }
});

test('the status tells ages and dates, and warns of a key that is 90 days old', async () => {
  const status = (today: string) => keysStatus({ db: vault.db, keyring: vault.keyring, today });
  expect((await status(DAY)).warnings).toEqual([expect.stringContaining('No key set')]);
  await rotate('2026-11-20');
  await rotate(DAY);
  expect(await status(addDays(DAY, 89))).toMatchObject({
    rootPublicKey: rootKey.publicKey,
    keySetVersion: 2,
    logVerified: true,
    active: { keyId: 1, since: DAY, ageDays: 89, rotationDue: false },
    retired: [{ keyId: 0, since: DAY, destroyedOn: '2026-12-28' }],
    warnings: [expect.stringContaining('should be destroyed')],
  });
  await destroyRetiredGatewayKeys({ db: vault.db, keyring: vault.keyring, today: addDays(DAY, 90) });
  const due = await status(addDays(DAY, 90));
  expect(due.active).toMatchObject({ ageDays: 90, rotationDue: true });
  expect(due.warnings).toEqual([expect.stringContaining('90 days old')]);
});

test('the status notices a key log that was tampered with', async () => {
  await rotate();
  const set = await rotate();
  await vault.db
    .updateTable('key_sets')
    .set({ signed_set: JSON.stringify({ ...set, created: '2020-01-01' }) })
    .where('version', '=', 2)
    .execute();
  const status = await keysStatus({ db: vault.db, keyring: vault.keyring, today: DAY });
  expect(status.logVerified).toBe(false);
  expect(status.warnings).toContainEqual(expect.stringContaining('does not verify'));
});
