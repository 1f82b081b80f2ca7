/**
 * Secrets that people hold (tokens, sessions) and the rows that know them. A row keeps the secret's hash and, sealed with a key
 * that only the secret gives, what it stands for: whoever reads the table learns neither.
 */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { openBytes, sealBytes } from '../platform/keys/aes-gcm.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 130 bits. */
const SYMBOLS = 26;

/** 26 symbols of Crockford base32. */
export function newBearer(): string {
  let bearer = '';
  for (const byte of randomBytes(SYMBOLS)) bearer += ALPHABET[byte & 31];
  return bearer;
}

/** What people make of a code they type: lower case, O for 0, I or L for 1, blanks and hyphens. Null when it cannot be one. */
export function normaliseBearer(text: string): string | null {
  if (text.length > 4 * SYMBOLS) return null;
  const symbols = text
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(symbols) ? symbols : null;
}

/** With 130 random bits a plain hash is enough; a look-up by it leaks nothing by its time. */
export function hashOf(bearer: string): Buffer {
  return createHash('sha256').update(`avow/bearer\0${bearer}`, 'utf8').digest();
}

export function sealFor(bearer: string, subject: string): Buffer {
  return sealBytes(subjectKey(bearer), Buffer.from(subject, 'utf8'), 'bearer');
}

export function openFor(bearer: string, sealed: Buffer): string {
  return openBytes(subjectKey(bearer), sealed, 'bearer').toString('utf8');
}

function subjectKey(bearer: string): Buffer {
  return Buffer.from(hkdfSync('sha256', bearer, '', 'avow/bearer-subject', 32));
}
