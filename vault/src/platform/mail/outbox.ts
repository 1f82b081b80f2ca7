/** Mails are queued in the transaction of the act they tell of, encrypted; the sender takes them from there. */
import { randomUUID } from 'node:crypto';
import type { AvowConfig } from '@avow/config/config';
import { type Kysely, sql } from 'kysely';
import { afterCommit, writeAtClosing } from '../closing-writes.ts';
import type { VaultDatabase, VaultTables } from '../database.ts';
import { isoDay } from '../day.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { PeriodKeys } from '../period-keys.ts';
import type { MailContent } from './compose.ts';
import { senderDomain } from './sender-domain.ts';
import './tables.ts';

/** Channel on which the sender is woken. */
export const MAIL_CHANNEL = 'avow_mail';
/** Mails queued meanwhile wake the sender together. */
const WAKE_MS = 20;
/** Authenticated with the ciphertext, so that no other field can be passed off as a mail. */
export const MAIL_CONTEXT = 'mail';
/** Period key for mails to addresses that belong to nobody we know. */
export const MAIL_KEY = 'mail';

export interface QueuedMail {
  to: string;
  content: MailContent;
  /** Whose key encrypts it: destroying that key takes the mail along. null: to an address that belongs to no person. */
  dataKeyId: string | null;
  /** Why it is sent, for the record: `confirm a registration`. Never contents. */
  purpose: string;
}

export interface Mail {
  /** Queues a mail in the caller's transaction; it is sent after the commit, and not at all after a rollback. */
  queueMail(tx: Kysely<VaultTables>, mail: QueuedMail): Promise<void>;
}

/** What the encrypted column holds. */
export interface MailLetter {
  to: string;
  content: MailContent;
}

/** Wakes the sender, wherever it runs, once for all mails of a moment. A lost call costs no more than the sender's next look. */
function createWaker(): (db: VaultDatabase) => void {
  let called = false;
  return (db) => {
    if (called) return;
    called = true;
    setTimeout(() => {
      called = false;
      sql`SELECT pg_notify(${MAIL_CHANNEL}, '')`.execute(db).catch(() => {});
    }, WAKE_MS).unref();
  };
}

export function openOutbox(house: {
  config: AvowConfig;
  keyring: Keyring;
  periodKeys: PeriodKeys;
  clock: () => Date;
}): Mail {
  const domain = senderDomain(house.config.mail.from);
  const wake = createWaker();
  return {
    async queueMail(tx, mail) {
      const day = isoDay(house.clock());
      const key =
        mail.dataKeyId === null
          ? await house.periodKeys.current(MAIL_KEY, day)
          : await house.keyring.dataKey(mail.dataKeyId);
      const letter: MailLetter = { to: mail.to, content: mail.content };
      await writeAtClosing(
        tx,
        tx.insertInto('mails').values({
          id: randomUUID(),
          data_key_id: key.id,
          purpose: mail.purpose,
          content: key.encrypt(JSON.stringify(letter), MAIL_CONTEXT),
          message_id: `<${randomUUID()}@${domain}>`,
          state: 'queued',
          reply_code: null,
          day,
        }),
      );
      // A NOTIFY inside would make all commits of the database queue up, one after the other.
      if (!afterCommit(tx, wake)) await sql`SELECT pg_notify(${MAIL_CHANNEL}, '')`.execute(tx);
    },
  };
}
