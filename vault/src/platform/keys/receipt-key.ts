/** The Ed25519 key that signs registration receipts. Products verify them offline with its public half. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Keyring } from './keyring.ts';
import { rawPublicKey } from './signing-keys.ts';

export interface ReceiptKey {
  /** First 8 bytes of the public key's SHA-256, base64url: stands in each receipt. */
  keyId: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** Raw 32 bytes, base64url. */
  rawPublicKey: string;
}

/** It never changes; reading it out of the keyring takes longer than signing with it. */
const opened = new WeakMap<Keyring, ReceiptKey>();

/** Made on first use. */
export async function receiptKey(keyring: Keyring): Promise<ReceiptKey> {
  const key = opened.get(keyring) ?? (await openReceiptKey(keyring));
  opened.set(keyring, key);
  return key;
}

async function openReceiptKey(keyring: Keyring): Promise<ReceiptKey> {
  const secret = await keyring.secrets.getOrCreate('receipt', '1', () =>
    Buffer.from(generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' })),
  );
  const privateKey = createPrivateKey({ key: secret.bytes, format: 'der', type: 'pkcs8' });
  const raw = rawPublicKey(privateKey);
  const keyId = createHash('sha256')
    .update(Buffer.from(raw, 'base64url'))
    .digest()
    .subarray(0, 8)
    .toString('base64url');
  return { keyId, privateKey, publicKey: createPublicKey(privateKey), rawPublicKey: raw };
}
