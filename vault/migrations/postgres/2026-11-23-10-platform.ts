import { type Kysely, sql } from 'kysely';

// No column of a mail is finer than the day; when to try again is the sender's memory, not the table's.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE mails (
      id uuid PRIMARY KEY,
      data_key_id uuid NOT NULL,
      purpose text NOT NULL,
      content bytea NOT NULL,
      message_id text NOT NULL,
      state text NOT NULL CHECK (state IN ('queued', 'claimed', 'handing over', 'handed over', 'failed', 'unknown')),
      attempts integer NOT NULL DEFAULT 0,
      reply_code integer,
      day date NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX mails_waiting ON mails (state) WHERE state IN ('queued', 'claimed', 'handing over')`.execute(
    db,
  );
  // Data keys of the house itself, one a week and purpose: destroying one makes a week's rows unreadable, backups included.
  await sql`
    CREATE TABLE period_keys (
      purpose text NOT NULL,
      week date NOT NULL,
      data_key_id uuid NOT NULL,
      PRIMARY KEY (purpose, week)
    )`.execute(db);
}
