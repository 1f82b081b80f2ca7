import type { Generated } from 'kysely';

export type MailState = 'queued' | 'claimed' | 'handing over' | 'handed over' | 'failed' | 'unknown';

interface MailsTable {
  id: string;
  data_key_id: string;
  purpose: string;
  /** JSON of address and contents, encrypted with the data key. */
  content: Buffer;
  message_id: string;
  state: MailState;
  attempts: Generated<number>;
  /** The mail server's last reply code; its text may name the address and is not kept. */
  reply_code: number | null;
  day: string;
}

declare module '../database.ts' {
  interface VaultTables {
    mails: MailsTable;
  }
}
