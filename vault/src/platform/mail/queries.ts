/** The states of a mail: queued, claimed, handing over, then handed over, failed or unknown. */
import { sql } from 'kysely';
import type { VaultDatabase } from '../database.ts';
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

/** Throws if the mail is not in the state `from` (any more). */
export async function moveMail(
  db: VaultDatabase,
  id: string,
  from: MailState,
  to: MailState,
  replyCode: number | null = null,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('mails')
    .set({ state: to, reply_code: replyCode })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Error(`a mail is not ${from}`);
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

export async function forgetMails(db: VaultDatabase, before: string): Promise<void> {
  await db.deleteFrom('mails').where('day', '<', before).execute();
}
