/** The fixed parts of encapsulated requests and responses (RFC 9458 sections 4.3 and 4.4). */
import { concatBytes } from '../byte-writer.ts';
import {
  AEAD_AES_128_GCM,
  AEAD_CHACHA20_POLY1305,
  KDF_HKDF_SHA256,
  KEM_X25519,
  type KeyConfig,
  type Suite,
} from '../key-config.ts';

/** key id 1, KEM 2, KDF 2, AEAD 2. */
export const HEADER_BYTES = 7;
/** Encapsulated X25519 key. */
export const ENC_BYTES = 32;
export const TAG_BYTES = 16;
/** Every AEAD here has nonces of 12 bytes. */
export const NONCE_BYTES = 12;

const text = new TextEncoder();
const REQUEST_LABEL = text.encode('message/bhttp request\0');
export const RESPONSE_LABEL = text.encode('message/bhttp response');
export const RESPONSE_KEY_LABEL = text.encode('key');
export const RESPONSE_NONCE_LABEL = text.encode('nonce');

/** Key lengths in bytes (RFC 9180 section 7.3). */
const KEY_BYTES = new Map([
  [AEAD_AES_128_GCM, 16],
  [AEAD_CHACHA20_POLY1305, 32],
]);

/** Bytes of the AEAD's key; null if the suite is not supported here. */
export function suiteKeyBytes(suite: Suite): number | null {
  return suite.kdf === KDF_HKDF_SHA256 ? (KEY_BYTES.get(suite.aead) ?? null) : null;
}

/** Length of the response nonce and of the secret behind it: max(Nn, Nk). */
export function responseSecretBytes(keyBytes: number): number {
  return Math.max(NONCE_BYTES, keyBytes);
}

/** The gateway's first suite that is supported here. Throws if there is none. */
export function chooseSuite(config: KeyConfig, supports = (suite: Suite) => suiteKeyBytes(suite) !== null): Suite {
  const suite = config.suites.find(supports);
  if (!suite) throw new Error('the key configuration offers no supported suite');
  return suite;
}

export function requestHeader(keyId: number, suite: Suite): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint8(0, keyId);
  view.setUint16(1, KEM_X25519);
  view.setUint16(3, suite.kdf);
  view.setUint16(5, suite.aead);
  return header;
}

/** HPKE's `info`. */
export function requestInfo(header: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(REQUEST_LABEL, header);
}
