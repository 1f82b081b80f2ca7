/**
 * HPKE base mode (RFC 9180) for DHKEM(X25519, HKDF-SHA256) and HKDF-SHA256 on synchronous node:crypto: about seven times as
 * fast as on WebCrypto. Both halves need the key schedule, so it stands here; only `opening/` holds private keys of a gateway.
 */
import { createCipheriv, createDecipheriv, diffieHellman, type KeyObject } from 'node:crypto';
import { AEAD_AES_128_GCM, KEM_X25519, type Suite } from '../key-config.ts';
import { NONCE_BYTES, suiteKeyBytes, TAG_BYTES } from './encapsulation.ts';
import { expand, extract } from './node-hkdf.ts';

const VERSION = Buffer.from('HPKE-v1');
const KEM_SUITE_ID = Buffer.from([...Buffer.from('KEM'), KEM_X25519 >> 8, KEM_X25519 & 0xff]);
const EMPTY = Buffer.alloc(0);
const MODE_BASE = Buffer.from([0]);

export interface HpkeContext {
  suite: Suite;
  enc: Uint8Array;
  key: Uint8Array;
  baseNonce: Uint8Array;
  exporterSecret: Uint8Array;
}

function labeledExtract(suiteId: Buffer, salt: Uint8Array, label: string, ikm: Uint8Array): Buffer {
  return extract(salt, Buffer.concat([VERSION, suiteId, Buffer.from(label), ikm]));
}

function labeledExpand(suiteId: Buffer, prk: Uint8Array, label: string, info: Uint8Array, bytes: number): Buffer {
  const length = Buffer.from([bytes >> 8, bytes & 0xff]);
  return expand(prk, Buffer.concat([length, VERSION, suiteId, Buffer.from(label), info]), bytes);
}

function suiteIdOf(suite: Suite): Buffer {
  const id = Buffer.from('HPKE\0\0\0\0\0\0');
  id.writeUInt16BE(KEM_X25519, 4);
  id.writeUInt16BE(suite.kdf, 6);
  id.writeUInt16BE(suite.aead, 8);
  return id;
}

/** What the key schedule takes from suite and `info` alone: computed once for each key of the gateway. */
export interface Schedule {
  suite: Suite;
  suiteId: Buffer;
  keyBytes: number;
  context: Buffer;
}

/** Throws RangeError for suites that are not supported. */
export function prepareSchedule(suite: Suite, info: Uint8Array): Schedule {
  const keyBytes = suiteKeyBytes(suite);
  if (keyBytes === null) throw new RangeError('the suite is not supported');
  const suiteId = suiteIdOf(suite);
  const pskIdHash = labeledExtract(suiteId, EMPTY, 'psk_id_hash', EMPTY);
  const infoHash = labeledExtract(suiteId, EMPTY, 'info_hash', info);
  return { suite, suiteId, keyBytes, context: Buffer.concat([MODE_BASE, pskIdHash, infoHash]) };
}

/**
 * The context both sides share (RFC 9180 sections 4.1 and 5.1). `own` is the sender's ephemeral key or the gateway's.
 * Throws where the public key is a point of small order (an all-zero secret, section 7.1.4).
 */
export function deriveContext(
  schedule: Schedule,
  own: KeyObject,
  other: KeyObject,
  enc: Uint8Array,
  recipient: Uint8Array,
): HpkeContext {
  const dh = diffieHellman({ privateKey: own, publicKey: other });
  const eaePrk = labeledExtract(KEM_SUITE_ID, EMPTY, 'eae_prk', dh);
  const shared = labeledExpand(KEM_SUITE_ID, eaePrk, 'shared_secret', Buffer.concat([enc, recipient]), 32);
  const { suite, suiteId, keyBytes, context } = schedule;
  const secret = labeledExtract(suiteId, shared, 'secret', EMPTY);
  return {
    suite,
    enc,
    key: labeledExpand(suiteId, secret, 'key', context, keyBytes),
    baseNonce: labeledExpand(suiteId, secret, 'base_nonce', context, NONCE_BYTES),
    exporterSecret: labeledExpand(suiteId, secret, 'exp', context, 32),
  };
}

/** RFC 9180 section 5.3, at most 32 bytes. */
export function exportSecret(context: HpkeContext, label: Uint8Array, bytes: number): Buffer {
  return labeledExpand(suiteIdOf(context.suite), context.exporterSecret, 'sec', label, bytes);
}

type Aead = 'aes-128-gcm' | 'chacha20-poly1305';
const aeadOf = (suite: Suite): Aead => (suite.aead === AEAD_AES_128_GCM ? 'aes-128-gcm' : 'chacha20-poly1305');
const AUTH_TAG = { authTagLength: TAG_BYTES };

export function aeadSeal(
  suite: Suite,
  key: Uint8Array,
  nonce: Uint8Array,
  plain: Uint8Array,
  aad: Uint8Array = EMPTY,
): Buffer {
  // The types know the two ciphers one by one; both take the same options.
  const cipher = createCipheriv(aeadOf(suite) as 'chacha20-poly1305', key, nonce, AUTH_TAG);
  cipher.setAAD(aad, { plaintextLength: plain.length });
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws if the bytes were not sealed with this key and nonce. */
export function aeadOpen(
  suite: Suite,
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  aad: Uint8Array = EMPTY,
): Buffer {
  const end = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv(aeadOf(suite) as 'chacha20-poly1305', key, nonce, AUTH_TAG);
  decipher.setAAD(aad, { plaintextLength: end });
  decipher.setAuthTag(sealed.subarray(end));
  return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
}
