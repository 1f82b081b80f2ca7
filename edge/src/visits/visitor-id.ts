/** Who is the same visitor today, without being able to tell who it is. */
import { createHmac } from 'node:crypto';

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

/** HMAC-SHA-256(salt, scope | registrable host | address | user agent), the first 64 bits. No part can hold a line break. */
export function visitorId(salt: Buffer, { scope, registrableHost, address, userAgent }: VisitorTraits): VisitorId {
  const digest = createHmac('sha256', salt).update(`${scope}\n${registrableHost}\n${address}\n${userAgent}`).digest();
  return {
    high: digest.readUInt32BE(0),
    low: digest.readUInt32BE(4),
    text: digest.readBigUInt64BE(0).toString(),
  };
}
