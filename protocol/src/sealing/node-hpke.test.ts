import { hkdfSync, randomBytes } from 'node:crypto';
import {
  AEAD_ChaCha20Poly1305,
  CipherSuite,
  AEAD_AES_128_GCM as HPKE_AES,
  KDF_HKDF_SHA256,
  KEM_DHKEM_X25519_HKDF_SHA256,
} from 'hpke';
import { describe, expect, it } from 'vitest';
import rfc9180 from '../../vectors/rfc9180-vectors.json' with { type: 'json' };
import { AEAD_AES_128_GCM, AEAD_CHACHA20_POLY1305 } from '../key-config.ts';
import { expand, expandInfo, extract } from './node-hkdf.ts';
import { aeadOpen, aeadSeal, deriveContext, exportInfo, exportSecret, prepareSchedule } from './node-hpke.ts';
import { generatePrivateJwk, importPrivateKey, importPublicKey, publicKeyOf } from './node-x25519.ts';

const fromHex = (hex: string) => Buffer.from(hex, 'hex');
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function privateKeyOf(secret: string, publicKey: string) {
  const [d, x] = [fromHex(secret).toString('base64url'), fromHex(publicKey).toString('base64url')];
  return importPrivateKey({ kty: 'OKP', crv: 'X25519', d, x });
}

/** RFC 9180 section 5.2: the sequence number, added to the nonce. The sealed channel itself only ever uses 0. */
function nonceOf(baseNonce: Uint8Array, sequence: number): Buffer {
  const nonce = Buffer.from(baseNonce);
  nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8);
  return nonce;
}

describe.each(rfc9180.vectors)('RFC 9180 $section', (vector) => {
  const schedule = prepareSchedule({ kdf: vector.kdf, aead: vector.aead }, fromHex(vector.info));
  const enc = fromHex(vector.pkEm);
  const recipient = fromHex(vector.pkRm);
  const sides = {
    sender: () =>
      deriveContext(schedule, privateKeyOf(vector.skEm, vector.pkEm), importPublicKey(recipient), enc, recipient),
    recipient: () =>
      deriveContext(schedule, privateKeyOf(vector.skRm, vector.pkRm), importPublicKey(enc), enc, recipient),
  };

  it.each(['sender', 'recipient'] as const)('gives the %s the published context', (side) => {
    const context = sides[side]();
    expect(toHex(context.key)).toBe(vector.key);
    expect(toHex(context.baseNonce)).toBe(vector.baseNonce);
    expect(toHex(context.exporterSecret)).toBe(vector.exporterSecret);
    for (const { context: label, length, value } of vector.exports) {
      expect(toHex(exportSecret(context, exportInfo(context.suite, fromHex(label), length), length))).toBe(value);
    }
  });

  it('seals and opens the published messages', () => {
    const { suite, key, baseNonce } = sides.recipient();
    for (const { sequence, plaintext, aad, ciphertext } of vector.encryptions) {
      const nonce = nonceOf(baseNonce, sequence);
      expect(toHex(Buffer.concat(aeadSeal(suite, key, nonce, fromHex(plaintext), fromHex(aad))))).toBe(ciphertext);
      expect(toHex(aeadOpen(suite, key, nonce, fromHex(ciphertext), fromHex(aad)))).toBe(plaintext);
    }
  });
});

describe('HPKE on node:crypto', () => {
  const both = [
    ['AES-128-GCM', AEAD_AES_128_GCM, HPKE_AES],
    ['ChaCha20-Poly1305', AEAD_CHACHA20_POLY1305, AEAD_ChaCha20Poly1305],
  ] as const;

  it.each(both)('agrees with an independent implementation about %s', async (_name, aead, theirAead) => {
    const theirs = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, theirAead);
    const jwk = generatePrivateJwk();
    const publicKey = publicKeyOf(jwk);
    const info = randomBytes(30);
    const message = randomBytes(500);
    const { encapsulatedSecret: enc, ctx } = await theirs.SetupSender(await theirs.DeserializePublicKey(publicKey), {
      info,
    });
    const sealed = await ctx.Seal(message);

    const schedule = prepareSchedule({ kdf: 1, aead }, info);
    const context = deriveContext(schedule, importPrivateKey(jwk), importPublicKey(enc), enc, publicKey);
    expect(aeadOpen(context.suite, context.key, context.baseNonce, sealed)).toEqual(message);
    const label = randomBytes(9);
    expect(toHex(exportSecret(context, exportInfo(context.suite, label, 32), 32))).toBe(
      toHex(await ctx.Export(label, 32)),
    );
  });

  it('derives as HKDF of node:crypto does', () => {
    for (const length of [0, 1, 16, 32, 63, 64]) {
      const salt = randomBytes(length);
      const [ikm, info] = [randomBytes(40), randomBytes(20)];
      const expected = Buffer.from(hkdfSync('sha256', ikm, salt, info, 32));
      expect(expand(extract(salt, ikm), expandInfo(info), 32)).toEqual(expected);
    }
  });

  it('refuses what its short HMAC cannot do instead of doing it wrong', () => {
    expect(() => extract(randomBytes(65), randomBytes(1))).toThrow(RangeError);
    expect(() => expand(randomBytes(32), expandInfo(randomBytes(1)), 33)).toThrow(RangeError);
  });

  it('refuses points of small order and keys of another length', () => {
    const own = importPrivateKey(generatePrivateJwk());
    const schedule = prepareSchedule({ kdf: 1, aead: 1 }, new Uint8Array());
    for (const first of [0, 1]) {
      const point = Buffer.alloc(32);
      point[0] = first;
      expect(() => deriveContext(schedule, own, importPublicKey(point), point, point)).toThrow();
    }
    expect(() => importPublicKey(randomBytes(31))).toThrow();
  });
});
