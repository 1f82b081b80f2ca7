import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openVaultDatabase } from './platform/database.ts';
import { currentKeySet, keySetsAfter } from './platform/keys/key-log.ts';
import { WrongMasterKey } from './platform/keys/keyring-check.ts';
import { OtherRootKey } from './platform/keys/rotate-gateway-key.ts';
import { createRootKey } from './platform/keys/signing-keys.ts';
import { prepareVault } from './prepare.ts';

let folder: string;
let vault: TestDatabase;
let keyring: TestDatabase;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-prepare-'));
  [vault, keyring] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});

afterEach(async () => {
  await Promise.all([vault.drop(), keyring.drop(), rm(folder, { recursive: true })]);
});

const prepare = (changes: { keyringUrl?: string } = {}) =>
  prepareVault({
    keysDir: join(folder, 'keys'),
    rootKeyFile: join(folder, 'root', 'root.key'),
    vaultUrl: vault.url,
    keyringUrl: keyring.url,
    ...changes,
  });

test('the first start makes tables, keys and a signed key set, and names every new key file; the second makes nothing', async () => {
  const first = await prepare();
  expect(first.createdKeys).toEqual([
    join(folder, 'keys', 'master.key'),
    join(folder, 'keys', 'link.key'),
    join(folder, 'root', 'root.key'),
  ]);
  const second = await prepare();
  expect(second).toEqual({ ...first, createdKeys: [], welcomeToken: expect.stringMatching(/^[0-9A-Z]{26}$/) });
  expect(second.welcomeToken).not.toBe(first.welcomeToken);
  const db = openVaultDatabase(vault.url, 1);
  expect(await keySetsAfter(db, 0)).toHaveLength(1);
  expect((await currentKeySet(db))?.rootPublicKey).toBe(first.rootPublicKey);
  await db.destroy();
});

test('with the root key offline the vault still starts, and still knows its public half', async () => {
  const { rootPublicKey } = await prepare();
  await rename(join(folder, 'root'), join(folder, 'safe'));
  expect(await prepare()).toMatchObject({ rootPublicKey, createdKeys: [] });
});

test('another root key in its place is refused', async () => {
  await prepare();
  await rm(join(folder, 'root', 'root.key'));
  await createRootKey(join(folder, 'root', 'root.key'));
  await expect(prepare()).rejects.toThrow(OtherRootKey);
});

test('a lost master key is not replaced by a new one', async () => {
  await prepare();
  await rm(join(folder, 'keys', 'master.key'));
  await expect(prepare()).rejects.toThrow(/is missing/);
  expect(await readdir(join(folder, 'keys'))).toEqual(['link.key']);
});

test('the master key of another vault is refused', async () => {
  await prepare();
  await writeFile(join(folder, 'keys', 'master.key'), Buffer.alloc(32, 7));
  await expect(prepare()).rejects.toThrow(WrongMasterKey);
});

test('an empty keyring beside a used vault is refused', async () => {
  await prepare();
  const empty = await createTestDatabase();
  await expect(prepare({ keyringUrl: empty.url })).rejects.toThrow(/restore the keyring/);
  await empty.drop();
});
