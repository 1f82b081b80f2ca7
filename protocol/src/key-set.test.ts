import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { encodeKeyConfig } from './key-config.ts';
import { keySetHash, type SignedKeySet, verifyKeyLog, verifyKeySet, verifyPublishedKeys } from './key-set.ts';
import { createGatewayKey } from './opening/gateway-key.ts';
import { signKeySet } from './opening/key-set-signing.ts';

function createRoot(): { privateKey: KeyObject; raw: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, raw: decodeBase64url(publicKey.export({ format: 'jwk' }).x ?? '') ?? new Uint8Array() };
}

const root = createRoot();
const configs = [1, 2, 3].map((keyId) => createGatewayKey(keyId).key.config);
const encoded = configs.map((config) => encodeBase64url(encodeKeyConfig(config)));

/** Three sets, each retiring the key of the one before. */
async function createLog(): Promise<SignedKeySet[]> {
  const log: SignedKeySet[] = [];
  for (const [index, active] of encoded.entries()) {
    const last = log.at(-1);
    const previous = last ? await keySetHash(last) : '';
    const retired = encoded.slice(0, index);
    log.push(signKeySet({ version: index + 1, previous, created: '2026-11-23', active, retired }, root.privateKey));
  }
  return log;
}
const log = await createLog();
const [first, , third] = log as [SignedKeySet, SignedKeySet, SignedKeySet];

describe('a key set', () => {
  it('gives the active key configuration when the root key signed it', async () => {
    expect(await verifyKeySet(first, root.raw)).toEqual(configs[0]);
    expect(await verifyKeySet(JSON.parse(JSON.stringify(third)), root.raw)).toEqual(configs[2]);
  });

  it('gives nothing under another root key', async () => {
    expect(await verifyKeySet(first, createRoot().raw)).toBeNull();
    expect(await verifyKeySet(first, new Uint8Array(32))).toBeNull();
    expect(await verifyKeySet(first, new Uint8Array(5))).toBeNull();
  });

  it.each(Object.keys(first))('gives nothing when its %s was changed', async (field) => {
    const other = {
      ...third,
      signature: first.signature,
      version: 4,
      previous: encoded[0]?.slice(0, 43),
      created: '2026-11-24',
    };
    const changes: Record<string, unknown> = { ...other, active: encoded[1], retired: [encoded[0]] };
    expect(await verifyKeySet({ ...third, [field]: changes[field] }, root.raw)).toBeNull();
    for (const wrong of [undefined, null, 5, '', {}, [5]]) {
      expect(await verifyKeySet({ ...third, [field]: wrong }, root.raw)).toBeNull();
    }
  });

  it('gives nothing when the signed contents are no key set', async () => {
    const sign = (change: Partial<SignedKeySet>) =>
      signKeySet({ ...third, ...change, signature: undefined } as never, root.privateKey);
    const wrong: Partial<SignedKeySet>[] = [
      { active: 'AAAA' },
      { active: `${third.active}=` },
      { retired: ['AAAA'] },
      { retired: [third.active] },
      { version: 0 },
      { version: 1.5 },
      { previous: '' },
      { created: '23.11.2026' },
    ];
    for (const change of wrong) expect(await verifyKeySet(sign(change), root.raw)).toBeNull();
    for (const anything of [null, undefined, 'set', 5, [], {}, { ...first, more: 1 }]) {
      expect(await verifyKeySet(anything, root.raw)).toBeNull();
    }
  });
});

describe('the log of key sets', () => {
  it('holds when each set names the one before', async () => {
    expect(await verifyKeyLog(log, root.raw)).toBe(true);
    expect(await verifyKeyLog(log.slice(0, 1), root.raw)).toBe(true);
  });

  it('does not hold when a set is missing, moved, foreign or another one of the same number', async () => {
    const foreignRoot = createRoot();
    const foreign = signKeySet({ ...third }, foreignRoot.privateKey);
    const second = log[1] as SignedKeySet;
    const rewritten = signKeySet({ ...second, retired: [] }, root.privateKey);
    const broken = [
      [],
      log.slice(1),
      [first, third],
      [second, first, third],
      [first, second, foreign],
      [first, rewritten, third],
    ];
    for (const sets of broken) expect(await verifyKeyLog(sets, root.raw)).toBe(false);
  });
});

describe('published keys', () => {
  it('give the active key of the current set, if the log ends with it', async () => {
    expect(await verifyPublishedKeys({ current: third, log }, root.raw)).toEqual(configs[2]);
  });

  it('give nothing when the current set is not the last of the log', async () => {
    expect(await verifyPublishedKeys({ current: first, log }, root.raw)).toBeNull();
    expect(await verifyPublishedKeys({ current: third, log: log.slice(0, 2) }, root.raw)).toBeNull();
    for (const anything of [null, 5, {}, { current: third }, { current: third, log: third }, { log }]) {
      expect(await verifyPublishedKeys(anything, root.raw)).toBeNull();
    }
  });
});
