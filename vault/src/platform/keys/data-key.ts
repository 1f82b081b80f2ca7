/** The key that encrypts what is held about one person. Destroying it erases the person, backups of the main database included. */
import { createSecretKey } from 'node:crypto';
import { openBytes, sealBytes } from './aes-gcm.ts';

export interface DataKey {
  id: string;
  /** `context` says where the value stands: `person_fields/<person>/<path>`. */
  encrypt(text: string, context: string): Buffer;
  /** Throws NotAuthentic when bytes, key or context do not belong together. */
  decrypt(bytes: Buffer, context: string): string;
  /** The same for what is no text. */
  encryptBytes(plain: Uint8Array, context: string): Buffer;
  decryptBytes(bytes: Buffer, context: string): Buffer;
}

export class KeyDestroyed extends Error {
  readonly keyId: string;
  constructor(keyId: string) {
    super(`the data key ${keyId} does not exist (any more)`);
    this.keyId = keyId;
  }
}

export function dataKeyFrom(id: string, bytes: Buffer): DataKey {
  const key = createSecretKey(bytes);
  return {
    id,
    encrypt: (text, context) => sealBytes(key, Buffer.from(text, 'utf8'), context),
    decrypt: (bytes, context) => openBytes(key, bytes, context).toString('utf8'),
    encryptBytes: (plain, context) => sealBytes(key, plain, context),
    decryptBytes: (bytes, context) => openBytes(key, bytes, context),
  };
}
