/** The key above all others: 32 random bytes in `master.key`. Nothing is encrypted with it directly; keys are derived from it. */
import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readOrCreateSecretFile, readSecretFile, SecretFileError } from './secret-file.ts';

const FILE_NAME = 'master.key';
const MASTER_KEY_BYTES = 32;

export interface MasterKey {
  /** True when this call made it: the operator has to be told, loudly, to back it up. */
  created: boolean;
  file: string;
  /** A 32-byte key of its own for each purpose (HKDF-SHA-256, RFC 5869). */
  derive(purpose: string): Buffer;
  /** Keyed hash for exact look-ups of a normalised value; equal values of different purposes do not match. */
  blindIndex(purpose: string, normalised: string): Buffer;
}

/** Throws SecretFileError when the file is readable by others or is not 32 bytes long. */
export async function loadOrCreateMasterKey(folder: string): Promise<MasterKey> {
  const file = join(folder, FILE_NAME);
  const { contents, created } = await readOrCreateSecretFile(file, () => randomBytes(MASTER_KEY_BYTES));
  return masterKeyFrom(contents, file, created);
}

/** For a vault that has been used: its master key is never replaced by a new one. Throws SecretFileError, also where it is missing. */
export async function loadMasterKey(folder: string): Promise<MasterKey> {
  const file = join(folder, FILE_NAME);
  const contents = await readSecretFile(file);
  if (!contents)
    throw new SecretFileError(`${file} is missing: put the master key of this keyring back from its backup`);
  return masterKeyFrom(contents, file, false);
}

function masterKeyFrom(bytes: Buffer, file: string, created: boolean): MasterKey {
  if (bytes.length !== MASTER_KEY_BYTES) {
    throw new SecretFileError(`${file} has ${bytes.length} bytes, a master key has ${MASTER_KEY_BYTES}`);
  }
  const derived = new Map<string, Buffer>();
  function derive(purpose: string): Buffer {
    let key = derived.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', bytes, Buffer.alloc(0), `avow/${purpose}`, 32));
      derived.set(purpose, key);
    }
    return key;
  }
  // As a KeyObject: node:crypto takes five times as long for a key that it is given as bytes each time.
  const indexKeys = new Map<string, KeyObject>();
  function indexKey(purpose: string): KeyObject {
    let key = indexKeys.get(purpose);
    if (!key) {
      key = createSecretKey(derive(`blind-index/${purpose}`));
      indexKeys.set(purpose, key);
    }
    return key;
  }
  return {
    created,
    file,
    derive,
    blindIndex: (purpose, normalised) => createHmac('sha256', indexKey(purpose)).update(normalised, 'utf8').digest(),
  };
}
