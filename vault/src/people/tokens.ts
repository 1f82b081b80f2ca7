/** Tokens: one act, once. They travel in mails, behind `#`. */
import { randomToken, readToken } from '@avow/protocol/crockford';
import { writeAtClosing } from '../platform/closing-writes.ts';
import { addDays, isoDay } from '../platform/day.ts';
import { hashOf, openFor, sealFor } from './bearer.ts';
import type { Transaction } from './people.ts';

export type TokenAct = 'confirm' | 'sign-in' | 'email-change' | 'email-undo' | 'email-objection' | 'hold';

/** Either minutes (kept outside the write-ahead log, lost in a crash) or days (valid through the last of them, UTC). */
export type TokenLife = { minutes: number; days?: never } | { days: number; minutes?: never };

/** `subject` is what `spendToken` returns: whom or what the act concerns. Throws RangeError for a life that is no positive integer. */
export async function issueToken(
  tx: Transaction,
  request: { act: TokenAct; subject: string } & TokenLife,
  now = new Date(),
): Promise<string> {
  const { act, subject, minutes, days } = request;
  const life = minutes ?? days;
  if (!Number.isInteger(life) || life <= 0)
    throw new RangeError('a token lives for a positive number of minutes or days');
  const token = randomToken();
  const row = { hash: hashOf(token), act, sealed: sealFor(token, subject) };
  if (minutes === undefined) {
    await writeAtClosing(tx, tx.insertInto('day_tokens').values({ ...row, valid_through: addDays(isoDay(now), life) }));
  } else {
    await writeAtClosing(
      tx,
      tx.insertInto('minute_tokens').values({ ...row, expires: new Date(now.getTime() + life * 60_000) }),
    );
  }
  return token;
}

/** Returns the subject, once; null for a token that is unknown, of another act, spent or expired. */
export async function spendToken(
  tx: Transaction,
  act: TokenAct,
  text: string,
  now = new Date(),
): Promise<string | null> {
  const token = readToken(text);
  if (!token) return null;
  const hash = hashOf(token);
  // DELETE locks the row: of two that spend at once, the second waits for the first and then finds nothing.
  const ofDays = await tx
    .deleteFrom('day_tokens')
    .where('hash', '=', hash)
    .where('act', '=', act)
    .returning(['sealed', 'valid_through'])
    .executeTakeFirst();
  if (ofDays) return ofDays.valid_through >= isoDay(now) ? openFor(token, ofDays.sealed) : null;
  const ofMinutes = await tx
    .deleteFrom('minute_tokens')
    .where('hash', '=', hash)
    .where('act', '=', act)
    .returning(['sealed', 'expires'])
    .executeTakeFirst();
  if (ofMinutes) return ofMinutes.expires > now ? openFor(token, ofMinutes.sealed) : null;
  return null;
}

/** For the schedule. */
export async function deleteExpiredTokens(tx: Transaction, now = new Date()): Promise<void> {
  await tx.deleteFrom('day_tokens').where('valid_through', '<', isoDay(now)).execute();
  await tx.deleteFrom('minute_tokens').where('expires', '<=', now).execute();
}
