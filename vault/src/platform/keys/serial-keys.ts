/** The HMAC keys behind the tags of serials. A serial carries its key's id (4 bits), so there are at most sixteen. */
import { randomBytes } from 'node:crypto';
import type { Keyring } from './keyring.ts';

export const SERIAL_KEY_IDS = 16;

/** The 32-byte key of that id, made on first use. Throws RangeError for an id outside 0 to 15. */
export async function serialKey(keyring: Keyring, keyId: number): Promise<Buffer> {
  checkKeyId(keyId);
  return (await keyring.secrets.getOrCreate('serial', String(keyId), () => randomBytes(32))).bytes;
}

/** Returns null where no serial was ever made with that id: a look-up must not create keys. */
export async function findSerialKey(keyring: Keyring, keyId: number): Promise<Buffer | null> {
  checkKeyId(keyId);
  return (await keyring.secrets.find('serial', String(keyId)))?.bytes ?? null;
}

function checkKeyId(keyId: number): void {
  if (!Number.isInteger(keyId) || keyId < 0 || keyId >= SERIAL_KEY_IDS) throw new RangeError(`no serial key ${keyId}`);
}
