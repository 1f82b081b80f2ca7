/** Key configurations (RFC 9458 section 3.1) and the collection a gateway publishes (section 3.2). */
import { ByteReader, MalformedMessage } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** DHKEM(X25519, HKDF-SHA256): the one KEM in use. */
export const KEM_X25519 = 0x0020;
export const KDF_HKDF_SHA256 = 0x0001;
export const AEAD_AES_128_GCM = 0x0001;
export const AEAD_CHACHA20_POLY1305 = 0x0003;

const PUBLIC_KEY_BYTES = 32;

export interface Suite {
  kdf: number;
  aead: number;
}

export interface KeyConfig {
  /** 0 to 255. */
  keyId: number;
  /** X25519, raw. */
  publicKey: Uint8Array<ArrayBuffer>;
  /** In the gateway's order of preference; may name algorithms that are unknown here. */
  suites: Suite[];
}

export function encodeKeyConfig(config: KeyConfig): Uint8Array<ArrayBuffer> {
  if (
    config.publicKey.length !== PUBLIC_KEY_BYTES ||
    config.suites.length === 0 ||
    (config.keyId & 0xff) !== config.keyId
  ) {
    throw new RangeError('a key configuration has an id of one byte, a key of 32 and at least one suite');
  }
  const writer = new ByteWriter()
    .uint(config.keyId, 1)
    .uint(KEM_X25519, 2)
    .bytes(config.publicKey)
    .uint(config.suites.length * 4, 2);
  for (const { kdf, aead } of config.suites) writer.uint(kdf, 2).uint(aead, 2);
  return writer.finish();
}

function readKeyConfig(reader: ByteReader): KeyConfig | 'unknown KEM' {
  const keyId = reader.uint(1);
  if (reader.uint(2) !== KEM_X25519) return 'unknown KEM';
  const publicKey = reader.take(PUBLIC_KEY_BYTES);
  const length = reader.uint(2);
  if (length === 0 || length % 4 !== 0 || length !== reader.left)
    throw new MalformedMessage('the suites do not add up');
  const suites: Suite[] = [];
  while (reader.left > 0) suites.push({ kdf: reader.uint(2), aead: reader.uint(2) });
  return { keyId, publicKey, suites };
}

/** Throws MalformedMessage, also for another KEM. */
export function decodeKeyConfig(bytes: Uint8Array): KeyConfig {
  const config = readKeyConfig(new ByteReader(bytes));
  if (config === 'unknown KEM') throw new MalformedMessage('the KEM is unknown');
  return config;
}

/** `application/ohttp-keys`. */
export function encodeKeyConfigs(configs: readonly KeyConfig[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const config of configs) {
    const bytes = encodeKeyConfig(config);
    writer.uint(bytes.length, 2).bytes(bytes);
  }
  return writer.finish();
}

/**
 * Throws MalformedMessage for the whole collection if any entry is malformed: clients that salvaged different entries could be
 * told apart by the key they use (RFC 9458 section 3.2). Entries of other KEMs are passed over; they are for newer clients.
 */
export function decodeKeyConfigs(bytes: Uint8Array): KeyConfig[] {
  const reader = new ByteReader(bytes);
  const configs: KeyConfig[] = [];
  while (reader.left > 0) {
    const config = readKeyConfig(reader.section(reader.uint(2)));
    if (config !== 'unknown KEM') configs.push(config);
  }
  return configs;
}
