/** The states of a mail: queued, claimed, handing over, then handed over, failed or unknown. */
import { type Kysely, sql } from 'kysely';
import type { VaultDatabase, VaultTables } from '../database.ts';
import type { MailState } from './tables.ts';

export interface ClaimedMail {
  id: string;
  dataKeyId: string;
  content: Buffer;
  messageId: string;
  attempts: number;
}

/** `resting` are ids whose time to try again has not come. */
export async function claimMails(db: VaultDatabase, limit: number, resting: readonly string[]): Promise<ClaimedMail[]> {
  const { rows } = await sql<ClaimedMail>`
    /* mail.claim */
    UPDATE mails SET state = 'claimed', attempts = attempts + 1
    WHERE id IN (
      SELECT id FROM mails WHERE state = 'queued' AND id <> ALL (${[...resting]}::uuid[])
      LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    RETURNING id, data_key_id AS "dataKeyId", content, message_id AS "messageId", attempts`.execute(db);
  return rows;
}

/** Returns the ids of those that were in the state `from`, and are in the state `to` now. */
export async function moveMails(
  db: VaultDatabase,
  ids: readonly string[],
  from: MailState,
  to: MailState,
): Promise<Set<string>> {
  const moved = await db
    .updateTable('mails')
    .set({ state: to, reply_code: null })
    .where('id', 'in', ids)
    .where('state', '=', from)
    .returning('id')
    .execute();
  return new Set(moved.map(({ id }) => id));
}

export interface SettledMail {
  id: string;
  state: MailState;
  replyCode: number | null;
}

export async function settleMails(db: Kysely<VaultTables>, mails: readonly SettledMail[]): Promise<void> {
  await sql`/* mail.settle */
    UPDATE mails SET state = settled.state, reply_code = settled.reply_code
    FROM unnest(
      ${mails.map(({ id }) => id)}::uuid[],
      ${mails.map(({ state }) => state)}::text[],
      ${mails.map(({ replyCode }) => replyCode)}::integer[]
    ) AS settled (id, state, reply_code)
    WHERE mails.id = settled.id`.execute(db);
}

export async function dropMail(db: VaultDatabase, id: string): Promise<void> {
  await db.deleteFrom('mails').where('id', '=', id).execute();
}

/**
 * For a sender that died: what it had only claimed did not leave and is queued again; what it was handing over may have left and
 * is not sent a second time. Returns how many are unknown now.
 */
export async function recoverMails(db: VaultDatabase): Promise<number> {
  await db.updateTable('mails').set({ state: 'queued' }).where('state', '=', 'claimed').execute();
  const { numUpdatedRows } = await db
    .updateTable('mails')
    .set({ state: 'unknown' })
    .where('state', '=', 'handing over')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function countMails(db: VaultDatabase): Promise<Partial<Record<MailState, number>>> {
  const rows = await db
    .selectFrom('mails')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

export async function forgetMails(db: VaultDatabase, before: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('mails').where('day', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
}
