/** Sessions of staff: they end when idle and after some hours at the latest. The table is unlogged and knows hashes of their secrets only. */
import { createHmac, randomUUID } from 'node:crypto';
import { randomToken, readToken } from '@avow/protocol/crockford';
import type { OwnSession } from '@avow/protocol/staff/session';
import Bowser from 'bowser';
import { hashOf } from '../people/bearer.ts';
import type { Transaction } from '../people/people.ts';
import './tables.ts';

const MINUTE_MS = 60_000;
const LONGEST_USER_AGENT = 512;

export interface SessionLife {
  idleMinutes: number;
  hours: number;
}

export interface OpenSession {
  id: string;
  staffId: string;
  idleEnds: Date;
  absoluteEnds: Date;
}

/** `Firefox on Linux`, as the browser says. */
export function clientOf(userAgent: string): string {
  const { browser, os } = Bowser.parse(userAgent.slice(0, LONGEST_USER_AGENT) || '-');
  return [browser.name, os.name].filter(Boolean).join(' on ').slice(0, 60) || 'unknown';
}

/** What a page of the console has to repeat: made from the secret, which no page can read. */
export function csrfOf(secret: string): string {
  return createHmac('sha256', secret).update('avow/staff-csrf').digest('base64url');
}

export function createSessions({ idleMinutes, hours }: SessionLife) {
  const idleMs = idleMinutes * MINUTE_MS;

  function told(row: { id: string; staff_id: string; last_used: Date; ends: Date }): OpenSession {
    const idleEnds = new Date(Math.min(row.last_used.getTime() + idleMs, row.ends.getTime()));
    return { id: row.id, staffId: row.staff_id, idleEnds, absoluteEnds: row.ends };
  }

  const open = (tx: Transaction, now: Date) =>
    tx
      .selectFrom('staff_sessions')
      .where('ends', '>', now)
      .where('last_used', '>', new Date(now.getTime() - idleMs));

  return {
    /** Always under a new secret: one that somebody put into the browser beforehand is worth nothing (session fixation). */
    async begin(tx: Transaction, staffId: string, userAgent: string, now: Date) {
      const secret = randomToken();
      const id = randomUUID();
      const ends = new Date(now.getTime() + hours * 60 * MINUTE_MS);
      const times = { created: now, last_used: now, ends };
      const row = { hash: hashOf(secret), id, staff_id: staffId, client: clientOf(userAgent), ...times };
      await tx.insertInto('staff_sessions').values(row).execute();
      return { secret, session: told(row) };
    },

    /** Counts as a sign of life. */
    async find(tx: Transaction, text: string, now: Date): Promise<OpenSession | null> {
      const secret = readToken(text);
      if (!secret) return null;
      const hash = hashOf(secret);
      const row = await open(tx, now).selectAll().where('hash', '=', hash).executeTakeFirst();
      if (!row) return null;
      // Once a minute is enough.
      if (now.getTime() - row.last_used.getTime() < MINUTE_MS) return told(row);
      await tx.updateTable('staff_sessions').set({ last_used: now }).where('hash', '=', hash).execute();
      return told({ ...row, last_used: now });
    },

    /** Newest sign of life first. */
    async list(tx: Transaction, staffId: string, currentId: string | null, now: Date): Promise<OwnSession[]> {
      const rows = await open(tx, now)
        .select(['id', 'client', 'created', 'last_used'])
        .where('staff_id', '=', staffId)
        .orderBy('last_used', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(({ id, client, created, last_used }) => ({
        id,
        current: id === currentId,
        client,
        created: created.toISOString(),
        lastUsed: last_used.toISOString(),
      }));
    },

    /** False where the member has no such session. */
    async end(tx: Transaction, staffId: string, id: string): Promise<boolean> {
      const ended = await tx
        .deleteFrom('staff_sessions')
        .where('staff_id', '=', staffId)
        .where('id', '=', id)
        .executeTakeFirst();
      return ended.numDeletedRows > 0n;
    },

    async endBySecret(tx: Transaction, text: string): Promise<void> {
      const secret = readToken(text);
      if (secret) await tx.deleteFrom('staff_sessions').where('hash', '=', hashOf(secret)).execute();
    },

    /** All of a member, but one. */
    async endAll(tx: Transaction, staffId: string, exceptId: string | null = null): Promise<number> {
      const ended = await tx
        .deleteFrom('staff_sessions')
        .where('staff_id', '=', staffId)
        .where((row) => (exceptId === null ? row.lit(true) : row('id', '<>', exceptId)))
        .executeTakeFirst();
      return Number(ended.numDeletedRows);
    },

    async forgetEnded(tx: Transaction, now: Date): Promise<void> {
      await tx
        .deleteFrom('staff_sessions')
        .where((row) => row.or([row('ends', '<=', now), row('last_used', '<=', new Date(now.getTime() - idleMs))]))
        .execute();
    },
  };
}

export type Sessions = ReturnType<typeof createSessions>;
