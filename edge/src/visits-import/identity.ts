/** Names that follow from the file and the place in it, so that the same import always has the same ones. */
import { createHash, createHmac } from 'node:crypto';

/** A UUID of version 8 (RFC 9562, section 5.8). */
export function derivedUuid(...parts: readonly (string | number)[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x80, 6);
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** 64 bits in base64url, as a browser would have drawn them. */
export function derivedEventId(importId: string, line: number): string {
  return createHash('sha256').update(`${importId} ${line}`).digest().subarray(0, 8).toString('base64url');
}

export function derivedKey(salt: Buffer, purpose: string): Buffer {
  return createHmac('sha256', salt).update(purpose).digest();
}

/**
 * An address of a network that leads nowhere (RFC 4193), in the place of one that the other program has not kept: so its
 * sessions pass through the same steps as everybody.
 */
export function standInAddress(salt: Buffer, visitorKey: string): string {
  const hex = derivedKey(salt, `stand-in ${visitorKey}`).toString('hex').slice(0, 28);
  return `fd00:${hex.match(/.{4}/g)?.join(':')}`;
}
