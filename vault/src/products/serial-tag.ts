/** The 60-bit tag that tells our serials from invented ones: HMAC-SHA-256 over the other fields, cut off. */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type SerialParts, serialTagInput } from '@avow/protocol/serial';

/** As a KeyObject: node:crypto takes five times as long for a key that it is given as bytes each time. */
export function tagKey(bytes: Buffer): KeyObject {
  return createSecretKey(bytes);
}

/** The first 60 bits of the HMAC, under the serial key of that key id. */
export function serialTag(key: KeyObject, parts: Omit<SerialParts, 'tag'>): bigint {
  return createHmac('sha256', key).update(serialTagInput(parts)).digest().readBigUInt64BE(0) >> 4n;
}

export function serialTagIsRight(key: KeyObject, parts: SerialParts): boolean {
  return timingSafeEqual(bytesOf(serialTag(key, parts)), bytesOf(parts.tag));
}

function bytesOf(tag: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(tag);
  return bytes;
}
