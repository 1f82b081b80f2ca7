/** Key pairs of the gateway. The private half never leaves the vault. */
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { AEAD_AES_128_GCM, AEAD_CHACHA20_POLY1305, KDF_HKDF_SHA256, type KeyConfig } from '../key-config.ts';
import { generatePrivateJwk, importPrivateKey, publicKeyOf } from '../sealing/node-x25519.ts';

export interface GatewayKey {
  config: KeyConfig;
  privateKey: KeyObject;
}

const SUITES = [
  { kdf: KDF_HKDF_SHA256, aead: AEAD_AES_128_GCM },
  { kdf: KDF_HKDF_SHA256, aead: AEAD_CHACHA20_POLY1305 },
];

/** The key of a stored `privateJwk`. Throws for anything but an X25519 key pair. */
export function loadGatewayKey(keyId: number, privateJwk: JsonWebKey): GatewayKey {
  const config: KeyConfig = { keyId, publicKey: publicKeyOf(privateJwk), suites: SUITES };
  return { config, privateKey: importPrivateKey(privateJwk) };
}

/** A new key pair; `privateJwk` is what to store (wrapped). `keyId`: 0 to 255. */
export function createGatewayKey(keyId: number): { key: GatewayKey; privateJwk: JsonWebKey } {
  const privateJwk = generatePrivateJwk();
  return { key: loadGatewayKey(keyId, privateJwk), privateJwk };
}
