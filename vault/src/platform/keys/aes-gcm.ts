/** AES-256-GCM (NIST SP 800-38D) as one byte string: nonce (96 random bits), ciphertext, tag (128 bits). */
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The bytes were changed, belong to another place, or were sealed with another key. */
export class NotAuthentic extends Error {}

/**
 * `context` is authenticated with the text, so that sealed bytes cannot be moved to another place. A key that is used again and
 * again is worth a KeyObject: node:crypto takes three times as long for one that it is given as bytes each time.
 */
export function sealBytes(key: Buffer | KeyObject, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws NotAuthentic. */
export function openBytes(key: Buffer | KeyObject, sealed: Buffer, context: string): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new NotAuthentic(`too short to be sealed bytes (${context})`);
  const tagAt = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
  } catch (cause) {
    throw new NotAuthentic(`sealed bytes could not be opened (${context})`, { cause });
  }
}
