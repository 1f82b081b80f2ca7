/** Sessions of self-service: 30 minutes idle, 12 hours at most. The bearer lives in the browser tab, never in a cookie. */
import { randomToken, readToken } from '@avow/protocol/crockford';
import { hashOf, openFor, sealFor } from './bearer.ts';
import type { Transaction } from './people.ts';

export const SESSION_IDLE_MINUTES = 30;
export const SESSION_HOURS = 12;

const MINUTE_MS = 60_000;

export async function openSession(tx: Transaction, personId: string, now = new Date()): Promise<string> {
  const bearer = randomToken();
  await tx
    .insertInto('sessions')
    .values({
      hash: hashOf(bearer),
      sealed: sealFor(bearer, personId),
      idle_until: new Date(now.getTime() + SESSION_IDLE_MINUTES * MINUTE_MS),
      ends: new Date(now.getTime() + SESSION_HOURS * 60 * MINUTE_MS),
    })
    .execute();
  return bearer;
}

/** Returns the person and counts as a sign of life; null for a session that is unknown, idle for too long, or over. */
export async function findSession(tx: Transaction, bearer: string, now = new Date()): Promise<string | null> {
  const secret = readToken(bearer);
  if (!secret) return null;
  const hash = hashOf(secret);
  const row = await tx
    .selectFrom('sessions')
    .select(['sealed', 'idle_until', 'ends'])
    .where('hash', '=', hash)
    .where('idle_until', '>', now)
    .where('ends', '>', now)
    .executeTakeFirst();
  if (!row) return null;
  const personId = openFor(secret, row.sealed);
  if (await isSignedOut(tx, personId, row.ends)) return null;
  const idleUntil = new Date(now.getTime() + SESSION_IDLE_MINUTES * MINUTE_MS);
  // Only once a minute: otherwise requests of one page would queue for the row until each other's transaction ends.
  if (idleUntil.getTime() - row.idle_until.getTime() >= MINUTE_MS) {
    await tx.updateTable('sessions').set({ idle_until: idleUntil }).where('hash', '=', hash).execute();
  }
  return personId;
}

export async function endSession(tx: Transaction, bearer: string): Promise<void> {
  const secret = readToken(bearer);
  if (secret) await tx.deleteFrom('sessions').where('hash', '=', hashOf(secret)).execute();
}

/**
 * Ends every session of a person, those of whoever got in by another's mailbox included. Which rows they are cannot be seen
 * without their bearers, so it is kept that sessions with an end up to here are over.
 */
export async function endAllSessions(tx: Transaction, personId: string, now = new Date()): Promise<void> {
  const ends_before = new Date(now.getTime() + SESSION_HOURS * 60 * MINUTE_MS);
  await tx
    .insertInto('signed_out')
    .values({ person_hash: hashOf(personId), ends_before })
    .onConflict((row) => row.column('person_hash').doUpdateSet({ ends_before }))
    .execute();
}

async function isSignedOut(tx: Transaction, personId: string, ends: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('signed_out')
    .select('ends_before')
    .where('person_hash', '=', hashOf(personId))
    .executeTakeFirst();
  return row !== undefined && ends <= row.ends_before;
}

/** For the schedule. */
export async function deleteExpiredSessions(tx: Transaction, now = new Date()): Promise<void> {
  await tx
    .deleteFrom('sessions')
    .where((row) => row.or([row('idle_until', '<=', now), row('ends', '<=', now)]))
    .execute();
  await tx.deleteFrom('signed_out').where('ends_before', '<=', now).execute();
}
