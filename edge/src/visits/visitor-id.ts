/** Who is the same visitor today, without being able to tell who it is. */
import { hash } from 'node:crypto';

export interface VisitorId {
  /** 64 bits. */
  high: number;
  low: number;
  /** The same as a decimal string. */
  text: string;
}

export interface VisitorTraits {
  /** Site, or what stands for the whole group. */
  scope: string;
  registrableHost: string;
  address: string;
  userAgent: string;
}

/** SHA-256's, in bytes. */
const BLOCK = 64;
/** Scope, host and address are short; user agents are bounded by the headers' 16 KiB. */
const MAX_TRAITS = 32 * 1024;
const inner = Buffer.alloc(BLOCK + MAX_TRAITS);
const outer = Buffer.alloc(BLOCK + 32);

/**
 * HMAC-SHA-256 of the text, first 64 bits (RFC 2104). By hand, because node:crypto makes a key object at every call, which
 * takes longer than all other steps of the pipeline together.
 */
function hmac(key: Buffer, text: string): Buffer {
  for (let n = 0; n < BLOCK; n += 1) {
    const byte = key[n] ?? 0;
    inner[n] = byte ^ 0x36;
    outer[n] = byte ^ 0x5c;
  }
  const length = inner.write(text, BLOCK, 'utf8');
  hash('sha256', inner.subarray(0, BLOCK + length), 'buffer').copy(outer, BLOCK);
  const digest = hash('sha256', outer, 'buffer');
  // Neither the salt nor an address stays behind.
  inner.fill(0, 0, BLOCK + length);
  outer.fill(0);
  return digest;
}

/** HMAC-SHA-256(salt, scope | registrable host | address | user agent), the first 64 bits. No part can hold a line break. */
export function visitorId(salt: Buffer, { scope, registrableHost, address, userAgent }: VisitorTraits): VisitorId {
  const digest = hmac(salt, `${scope}\n${registrableHost}\n${address}\n${userAgent}`);
  return {
    high: digest.readUInt32BE(0),
    low: digest.readUInt32BE(4),
    text: digest.readBigUInt64BE(0).toString(),
  };
}
