/** HKDF-SHA256 (RFC 5869) for outputs of one block; nothing here needs more than 32 bytes. */
import { hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const INNER = Buffer.alloc(BLOCK_BYTES, 0x36);
const OUTER = Buffer.alloc(BLOCK_BYTES, 0x5c);
const FIRST_BLOCK = Buffer.from([1]);

/**
 * HMAC (RFC 2104) out of two one-shot hashes: about five times as fast as `createHmac`, and a sealed request takes ten of
 * them. Keys here have at most 64 bytes; longer ones would have to be hashed first.
 */
function hmac(key: Uint8Array, ...message: Uint8Array[]): Buffer {
  if (key.length > BLOCK_BYTES) throw new RangeError('the key is longer than a block');
  const inner = Buffer.concat([INNER, ...message]);
  const outer = Buffer.concat([OUTER, OUTER.subarray(0, 32)]);
  for (let i = 0; i < key.length; i++) {
    const byte = key[i] ?? 0;
    inner[i] = 0x36 ^ byte;
    outer[i] = 0x5c ^ byte;
  }
  hash('sha256', inner, 'buffer').copy(outer, BLOCK_BYTES);
  return hash('sha256', outer, 'buffer');
}

export function extract(salt: Uint8Array, ikm: Uint8Array): Buffer {
  return hmac(salt, ikm);
}

/** `bytes`: at most 32. */
export function expand(prk: Uint8Array, info: Uint8Array, bytes: number): Buffer {
  if (bytes > 32) throw new RangeError('longer than one block');
  return hmac(prk, info, FIRST_BLOCK).subarray(0, bytes);
}
