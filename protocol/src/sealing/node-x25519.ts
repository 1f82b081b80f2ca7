/** X25519 keys in node:crypto. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';

/** A new key pair; the private JWK holds the public half (`x`) too. */
export function generatePrivateJwk(): JsonWebKey {
  // Exporting a key after `generateKeyPairSync('x25519')` can dead-lock Node, so the encodings are asked for in the call. Its
  // types do not know that `jwk` is an encoding.
  const encoding = { publicKeyEncoding: { format: 'jwk' }, privateKeyEncoding: { format: 'jwk' } } as const;
  const pair: { privateKey: JsonWebKey | KeyObject } = generateKeyPairSync('x25519', encoding);
  return pair.privateKey as JsonWebKey;
}

export function importPrivateKey(jwk: JsonWebKey): KeyObject {
  return createPrivateKey({ format: 'jwk', key: jwk });
}

/** SubjectPublicKeyInfo of X25519 up to the key itself (RFC 8410), base64. */
const SPKI_PREFIX = 'MCowBQYDK2VuAyEA';
const PUBLIC_KEY_BYTES = 32;

/**
 * Throws for anything but 32 bytes. As a PEM string: 7 µs, where JWK takes 26 µs and DER 31 µs (Node 24). Of strings alone Node
 * does not ask first, at the price of two thrown errors each, whether they are a KeyObject or a CryptoKey.
 */
export function importPublicKey(raw: Uint8Array): KeyObject {
  if (raw.length !== PUBLIC_KEY_BYTES) throw new RangeError('an X25519 key has 32 bytes');
  const base64 = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('base64');
  return createPublicKey(`-----BEGIN PUBLIC KEY-----\n${SPKI_PREFIX}${base64}\n-----END PUBLIC KEY-----\n`);
}

/** Raw public half of a private JWK. Throws for other kinds of key. */
export function publicKeyOf(jwk: JsonWebKey): Uint8Array<ArrayBuffer> {
  if (jwk.crv !== 'X25519' || !jwk.x) throw new TypeError('not an X25519 key pair');
  return new Uint8Array(Buffer.from(jwk.x, 'base64url'));
}
