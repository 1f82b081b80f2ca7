import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@avow/engines/testing';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestVault, type TestVault } from '../../test-vault.ts';
import { NotAuthentic } from './aes-gcm.ts';
import { KeyDestroyed } from './data-key.ts';
import { openKeyring } from './keyring.ts';
import { WrongMasterKey } from './keyring-check.ts';
import { loadOrCreateMasterKey } from './master-key.ts';
import { receiptKey } from './receipt-key.ts';
import { findSerialKey, serialKey } from './serial-keys.ts';

let vault: TestVault;

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
});

afterAll(() => vault.close());

/** A second process: same database, same master key, nothing in its cache. */
const openAgain = () => openKeyring({ db: vault.keyringDb, masterKey: vault.masterKey });

test('what a data key encrypts, the same key decrypts in another process', async () => {
  const key = await vault.keyring.createDataKey();
  const elsewhere = await (await openAgain()).dataKey(key.id);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (text, context) => {
      expect(elsewhere.decrypt(key.encrypt(text, context), context)).toBe(text.toWellFormed());
    }),
  );
});

test('keys made at the same moment are keys of their own, on disk when they are handed out', async () => {
  const keys = await Promise.all(Array.from({ length: 40 }, () => vault.keyring.createDataKey()));
  expect(new Set(keys.map(({ id }) => id)).size).toBe(40);
  const elsewhere = await openAgain();
  for (const key of keys) {
    const same = await elsewhere.dataKey(key.id);
    expect(same.decrypt(key.encrypt(key.id, 'id'), 'id')).toBe(key.id);
  }
  const [one, other] = keys;
  expect(() => other?.decrypt(one?.encrypt('x', 'y') ?? Buffer.alloc(0), 'y')).toThrow(NotAuthentic);
  const { rows } = await sql<{
    commits: number;
  }>`SELECT count(DISTINCT xmin::text)::int AS commits FROM data_keys WHERE id IN (${sql.join(
    keys.map(({ id }) => id),
  )})`.execute(vault.keyringDb);
  expect(rows[0]?.commits).toBe(1);
});

test('bytes do not open under another key, in another context, or with any bit changed', async () => {
  const [key, other] = await Promise.all([vault.keyring.createDataKey(), vault.keyring.createDataKey()]);
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.nat(), (text, here, there, at) => {
      const bytes = key.encrypt(text, here);
      expect(() => other.decrypt(bytes, here)).toThrow(NotAuthentic);
      if (here !== there) expect(() => key.decrypt(bytes, there)).toThrow(NotAuthentic);
      const flipped = Buffer.from(bytes);
      const bit = at % (bytes.length * 8);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => key.decrypt(flipped, here)).toThrow(NotAuthentic);
      expect(() => key.decrypt(bytes.subarray(0, at % bytes.length), here)).toThrow(NotAuthentic);
    }),
  );
});

test('the same text is never encrypted to the same bytes', async () => {
  const key = await vault.keyring.createDataKey();
  const seen = new Set(Array.from({ length: 1000 }, () => key.encrypt('x', 'y').toString('hex')));
  expect(seen.size).toBe(1000);
});

test('wrapped keys that were swapped in the database do not open', async () => {
  const [one, two] = await Promise.all([vault.keyring.createDataKey(), vault.keyring.createDataKey()]);
  const { wrapped } = await vault.keyringDb
    .selectFrom('data_keys')
    .select('wrapped')
    .where('id', '=', two.id)
    .executeTakeFirstOrThrow();
  await vault.keyringDb.updateTable('data_keys').set({ wrapped }).where('id', '=', one.id).execute();
  const keyring = await openAgain();
  await expect(keyring.dataKey(one.id)).rejects.toThrow(NotAuthentic);
  await expect(keyring.dataKey(two.id)).resolves.toMatchObject({ id: two.id });
});

test('a destroyed key is gone for good; its keyed hash and the day stay', async () => {
  const key = await vault.keyring.createDataKey();
  await vault.keyring.destroyDataKey(key.id);
  await vault.keyring.destroyDataKey(key.id);
  await expect(vault.keyring.dataKey(key.id)).rejects.toThrow(KeyDestroyed);
  await expect((await openAgain()).dataKey(key.id)).rejects.toThrow(KeyDestroyed);
  const rows = await vault.keyringDb.selectFrom('destroyed_keys').selectAll().execute();
  expect(rows).toContainEqual({
    key_hash: vault.masterKey.blindIndex('destroyed-key', key.id),
    day: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
  });
});

test('another master key is noticed at the start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'avow-keys-'));
  const masterKey = await loadOrCreateMasterKey(folder);
  await expect(openKeyring({ db: vault.keyringDb, masterKey })).rejects.toThrow(WrongMasterKey);
  await rm(folder, { recursive: true });
});

test('a keyring with keys but without its check value is refused, not adopted', async () => {
  await vault.keyring.createDataKey();
  const kept = await vault.keyringDb.deleteFrom('keyring_check').returningAll().executeTakeFirstOrThrow();
  await expect(openAgain()).rejects.toThrow(WrongMasterKey);
  await vault.keyringDb.insertInto('keyring_check').values(kept).execute();
  await openAgain();
});

test('equal values of different purposes have different blind indexes', () => {
  const index = (purpose: string) => vault.keyring.blindIndex(purpose, 'ada@example.org').toString('hex');
  expect(index('person-email')).toBe(index('person-email'));
  expect(index('person-email')).not.toBe(index('serial'));
  expect(vault.keyring.blindIndex('person-email', 'x')).toHaveLength(32);
});

test('serial keys are made once per id, whoever asks first, and only for sixteen ids', async () => {
  expect(await findSerialKey(vault.keyring, 7)).toBeNull();
  const keyrings = await Promise.all([openAgain(), openAgain(), openAgain()]);
  const keys = await Promise.all(keyrings.map((keyring) => serialKey(keyring, 7)));
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  expect(await findSerialKey(vault.keyring, 7)).toEqual(keys[0]);
  expect(await serialKey(vault.keyring, 8)).not.toEqual(keys[0]);
  for (const id of [-1, 16, 1.5, Number.NaN]) await expect(serialKey(vault.keyring, id)).rejects.toThrow(RangeError);
});

test('the receipt key stays the same, and no secret stands in the database unwrapped', async () => {
  const [one, two] = await Promise.all([receiptKey(vault.keyring), receiptKey(await openAgain())]);
  expect(two.rawPublicKey).toBe(one.rawPublicKey);
  expect(two.keyId).toBe(one.keyId);
  const seed = Buffer.from(one.privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
  expect(seed).toHaveLength(32);
  const rows = await vault.keyringDb.selectFrom('vault_secrets').select('wrapped').execute();
  expect(rows.some((row) => row.wrapped.includes(seed))).toBe(false);
});
