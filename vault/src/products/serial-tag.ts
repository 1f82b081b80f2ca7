/** The 60-bit tag that tells our serials from invented ones: HMAC-SHA-256 over the other fields, cut off. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type SerialParts, serialTagInput } from '@avow/protocol/serial';

/** The first 60 bits of the HMAC, under the serial key of that key id. */
export function serialTag(key: Uint8Array, parts: Omit<SerialParts, 'tag'>): bigint {
  return createHmac('sha256', key).update(serialTagInput(parts)).digest().readBigUInt64BE(0) >> 4n;
}

export function serialTagIsRight(key: Uint8Array, parts: SerialParts): boolean {
  return timingSafeEqual(bytesOf(serialTag(key, parts)), bytesOf(parts.tag));
}

function bytesOf(tag: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(tag);
  return bytes;
}
