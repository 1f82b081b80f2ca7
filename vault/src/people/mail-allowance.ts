/**
 * How many mails a day an address may be made to get by people who only typed it. Beyond that the answer outside stays the
 * same: whoever floods a mailbox learns nothing, and the mailbox stays usable.
 */
import { type Kysely, sql } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import { normaliseEmail } from './normalise-email.ts';

/** Each kind has its own count, so that one cannot be used up to lock somebody out of another. */
const MAILS_A_DAY = { registration: 10, 'sign-in': 10, 'email-change': 5 } as const;

interface MailAllowancesTable {
  /** Keyed hash of kind and address. */
  target: Buffer;
  day: string;
  used: number;
}

declare module '../platform/database.ts' {
  interface VaultTables {
    mail_allowances: MailAllowancesTable;
  }
}

/** Takes one mail from the address's allowance of the day; false when it is used up. Safe against requests at once. */
export async function takeMailAllowance(
  tx: Kysely<VaultTables>,
  keyring: Pick<Keyring, 'blindIndex'>,
  mail: { kind: keyof typeof MAILS_A_DAY; to: string; day: string },
): Promise<boolean> {
  const target = keyring.blindIndex(`mail-allowance/${mail.kind}`, normaliseEmail(mail.to));
  const taken = await tx
    .insertInto('mail_allowances')
    .values({ target, day: mail.day, used: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['target', 'day'])
        .doUpdateSet({ used: sql<number>`mail_allowances.used + 1` })
        .where('mail_allowances.used', '<', MAILS_A_DAY[mail.kind]),
    )
    .returning('used')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Counts serve for one day. */
export async function forgetMailAllowances(tx: Kysely<VaultTables>, today: string): Promise<void> {
  await tx.deleteFrom('mail_allowances').where('day', '<', today).execute();
}
