/**
 * What has to be remembered between two steps of signing in, for some minutes. Who asks holds the secret; the row keeps its hash
 * and, sealed with a key that only the secret gives, what was begun.
 */
import { randomToken, readToken } from '@avow/protocol/crockford';
import { hashOf, openFor, sealFor } from '../people/bearer.ts';
import type { Transaction } from '../people/people.ts';
import type { OpenIdBegun } from './openid-provider.ts';
import './tables.ts';

const MINUTE_MS = 60_000;

export interface NewAccount {
  token: string;
  staffId: string;
  name: string;
  email: string;
}

/** Of WebAuthn: what the authenticator has to sign, and where. */
export interface Ceremony {
  challenge: string;
  origin: string;
  host: string;
}

/** Each act with what it remembers. */
export interface Begun {
  'second step': { staffId: string };
  'passkey sign-in': Ceremony;
  'welcome with passkey': NewAccount & Ceremony;
  'welcome with password': NewAccount & { passwordHash: string; secret: string };
  'add passkey': { staffId: string } & Ceremony;
  'lost passkey': { staffId: string; code: string } & Ceremony;
  'openid sign-in': OpenIdBegun;
  'change authenticator': { staffId: string; secret: string };
}

export async function beginAct<A extends keyof Begun>(
  tx: Transaction,
  act: A,
  begun: Begun[A],
  how: { minutes: number; now: Date },
): Promise<string> {
  const secret = randomToken();
  const expires = new Date(how.now.getTime() + how.minutes * MINUTE_MS);
  const row = { hash: hashOf(secret), act, sealed: sealFor(secret, JSON.stringify(begun)), expires };
  await tx.insertInto('staff_challenges').values(row).execute();
  return secret;
}

/** Null for a secret that is unknown, of another act, spent or expired. In a transaction it is locked until that ends. */
export async function findBegun<A extends keyof Begun>(
  tx: Transaction,
  act: A,
  text: string,
  now: Date,
): Promise<Begun[A] | null> {
  const secret = readToken(text);
  if (!secret) return null;
  const row = await tx
    .selectFrom('staff_challenges')
    .select('sealed')
    .where('hash', '=', hashOf(secret))
    .where('act', '=', act)
    .where('expires', '>', now)
    .$if(tx.isTransaction, (query) => query.forUpdate())
    .executeTakeFirst();
  return row ? (JSON.parse(openFor(secret, row.sealed)) as Begun[A]) : null;
}

/** It succeeded, or may not be tried again. */
export async function endAct(tx: Transaction, text: string): Promise<void> {
  const secret = readToken(text);
  if (secret) await tx.deleteFrom('staff_challenges').where('hash', '=', hashOf(secret)).execute();
}
