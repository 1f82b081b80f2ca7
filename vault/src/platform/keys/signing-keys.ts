/** The two Ed25519 keys that live in files: the vault's link key, and the vendor's root key, which in production is offline. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { createSecretFile, readOrCreateSecretFile, readSecretFile, SecretFileError } from './secret-file.ts';

export interface SigningKey {
  file: string;
  privateKey: KeyObject;
  /** Raw 32 bytes, base64url: how the edge and the browser bundle are told. */
  publicKey: string;
  created: boolean;
}

/** `link.key` signs the vault's calls to the edges. */
export async function loadOrCreateLinkKey(folder: string): Promise<SigningKey> {
  const file = join(folder, 'link.key');
  const { contents, created } = await readOrCreateSecretFile(file, newEd25519Pem);
  return signingKey(contents, file, created);
}

/** Throws SecretFileError when there is a root key already: a second one would cut off every browser bundle and suite. */
export async function createRootKey(file: string): Promise<SigningKey> {
  const pem = newEd25519Pem();
  if (!(await createSecretFile(file, pem))) throw new SecretFileError(`${file} exists already`);
  return signingKey(pem, file, true);
}

/** Returns null where the file is missing (it is elsewhere, offline). */
export async function loadRootKey(file: string): Promise<SigningKey | null> {
  const contents = await readSecretFile(file);
  return contents && signingKey(contents, file, false);
}

/** Raw 32 bytes, base64url. */
export function rawPublicKey(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (!x) throw new TypeError('not an Ed25519 or X25519 key');
  return x;
}

function newEd25519Pem(): Buffer {
  return Buffer.from(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }));
}

function signingKey(pem: Buffer, file: string, created: boolean): SigningKey {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch (cause) {
    throw new SecretFileError(`${file} does not hold a private key`, { cause });
  }
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new SecretFileError(`${file} does not hold an Ed25519 key`);
  return { file, privateKey, publicKey: rawPublicKey(privateKey), created };
}
