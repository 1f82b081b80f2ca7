/**
 * Secrets that people hold (tokens, sessions) and the rows that know them. A row keeps the secret's hash and, sealed with a key
 * that only the secret gives, what it stands for: whoever reads the table learns neither.
 */
import { createHash, hkdfSync } from 'node:crypto';
import { openBytes, sealBytes } from '../platform/keys/aes-gcm.ts';

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
