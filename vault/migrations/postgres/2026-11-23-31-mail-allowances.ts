import { type Kysely, sql } from 'kysely';

// UNLOGGED: lives for a day, and may be forgotten in a crash; then an address can get a few mails more.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE UNLOGGED TABLE mail_allowances (
      target bytea NOT NULL,
      day date NOT NULL,
      used integer NOT NULL,
      PRIMARY KEY (target, day)
    )`.execute(db);
}
