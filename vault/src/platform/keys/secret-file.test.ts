import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadOrCreateMasterKey } from './master-key.ts';
import { SecretFileError } from './secret-file.ts';
import { createRootKey, loadOrCreateLinkKey, loadRootKey } from './signing-keys.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'avow-keys-')), 'keys');
});

afterEach(() => rm(join(folder, '..'), { recursive: true }));

test('the master key is made once, 32 bytes, readable by its owner only', async () => {
  const first = await loadOrCreateMasterKey(folder);
  const second = await loadOrCreateMasterKey(folder);
  expect([first.created, second.created]).toEqual([true, false]);
  const { mode, size } = await stat(join(folder, 'master.key'));
  expect([(mode & 0o777).toString(8), size]).toEqual(['600', 32]);
  expect(second.derive('x')).toEqual(first.derive('x'));
  expect(first.derive('y')).not.toEqual(first.derive('x'));
});

test('of several processes that start at once all get the same master key, and no draft is left', async () => {
  const keys = await Promise.all([1, 2, 3, 4].map(() => loadOrCreateMasterKey(folder)));
  expect(new Set(keys.map((key) => key.derive('x').toString('hex'))).size).toBe(1);
  expect(keys.filter((key) => key.created)).toHaveLength(1);
  expect(await readdir(folder)).toEqual(['master.key']);
});

test.each([0o640, 0o604, 0o660, 0o644, 0o700, 0o666])('a master key of mode %o is refused', async (mode) => {
  await loadOrCreateMasterKey(folder);
  await chmod(join(folder, 'master.key'), mode);
  await expect(loadOrCreateMasterKey(folder)).rejects.toThrow(/must be 0600/);
});

test.each([0, 31, 33, 64])('a master key of %i bytes is refused and stays as it is', async (bytes) => {
  await loadOrCreateMasterKey(folder);
  await writeFile(join(folder, 'master.key'), Buffer.alloc(bytes));
  await expect(loadOrCreateMasterKey(folder)).rejects.toThrow(SecretFileError);
  expect((await stat(join(folder, 'master.key'))).size).toBe(bytes);
});

test('the link key is made once', async () => {
  const first = await loadOrCreateLinkKey(folder);
  const second = await loadOrCreateLinkKey(folder);
  expect([first.created, second.created]).toEqual([true, false]);
  expect(second.publicKey).toBe(first.publicKey);
  expect(Buffer.from(first.publicKey, 'base64url')).toHaveLength(32);
});

test('a root key is never replaced', async () => {
  const file = join(folder, 'root.key');
  expect(await loadRootKey(file)).toBeNull();
  const root = await createRootKey(file);
  await expect(createRootKey(file)).rejects.toThrow('exists already');
  expect((await loadRootKey(file))?.publicKey).toBe(root.publicKey);
});

test('a file that holds something else is refused', async () => {
  await loadOrCreateLinkKey(folder);
  await writeFile(join(folder, 'link.key'), 'not a key');
  await expect(loadOrCreateLinkKey(folder)).rejects.toThrow(SecretFileError);
});
