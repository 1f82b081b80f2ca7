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
 * HMAC-SHA-256 of the text, hexadecimal (RFC 2104). By hand, because node:crypto makes a key object at every call, which
 * takes longer than all other steps of the pipeline together.
 */
function hmac(key: Buffer, text: string): string {
  for (let n = 0; n < BLOCK; n += 1) {
    const byte = key[n] ?? 0;
    inner[n] = byte ^ 0x36;
    outer[n] = byte ^ 0x5c;
  }
  const length = inner.write(text, BLOCK, 'utf8');
  // As text, because node:crypto takes twice as long to make a buffer.
  outer.write(hash('sha256', inner.subarray(0, BLOCK + length), 'binary'), BLOCK, 'binary');
  const digest = hash('sha256', outer, 'hex');
  // Neither the salt nor an address stays behind.
  inner.fill(0, 0, BLOCK + length);
  outer.fill(0);
  return digest;
}

/** HMAC-SHA-256(salt, scope | registrable host | address | user agent), the first 64 bits. No part can hold a line break. */
export function visitorId(salt: Buffer, { scope, registrableHost, address, userAgent }: VisitorTraits): VisitorId {
  const digest = hmac(salt, `${scope}\n${registrableHost}\n${address}\n${userAgent}`);
  return {
    high: Number.parseInt(digest.slice(0, 8), 16),
    low: Number.parseInt(digest.slice(8, 16), 16),
    text: BigInt(`0x${digest.slice(0, 16)}`).toString(),
  };
}
