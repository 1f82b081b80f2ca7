/** What operations ask of the vault's database, in counts and states. */
import type { TroubledMail } from '@avow/protocol/staff/operations';
import type { VaultDatabase } from '../platform/database.ts';
import { countMails } from '../platform/mail/queries.ts';
import type { MailState } from '../platform/mail/tables.ts';

export function countMailsByState(db: VaultDatabase): Promise<Partial<Record<MailState, number>>> {
  return countMails(db).catch(() => ({}));
}

export async function oldestSetAside(db: VaultDatabase): Promise<{ count: number; oldestDay: string | null }> {
  return db
    .selectFrom('set_aside_requests')
    .select((of) => [of.fn.countAll<number>().as('count'), of.fn.min<string | null>('day').as('oldestDay')])
    .executeTakeFirstOrThrow();
}

/** Newest day first, at most 500. */
export async function troubledMails(db: VaultDatabase): Promise<TroubledMail[]> {
  const rows = await db
    .selectFrom('mails')
    .select(['id', 'purpose', 'state', 'day', 'reply_code as replyCode', 'attempts'])
    .where('state', 'in', ['failed', 'unknown'])
    .orderBy('day', 'desc')
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map((row) => ({ ...row, state: row.state === 'failed' ? 'failed' : 'unknown' }));
}

/** False where it is not one that failed or may not have arrived. */
export async function queueAgain(db: VaultDatabase, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('mails')
    .set({ state: 'queued', attempts: 0, reply_code: null })
    .where('id', '=', id)
    .where('state', 'in', ['failed', 'unknown'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
