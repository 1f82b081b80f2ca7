import { type Kysely, sql } from 'kysely';

/**
 * UNLOGGED: salts never reach the write-ahead log, a standby or a base backup, and a crash of the database forgets them.
 * What is kept of a salt for good is only that it was destroyed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE UNLOGGED TABLE visit_salts (
      day date PRIMARY KEY,
      salt bytea NOT NULL CHECK (octet_length(salt) = 32)
    )`.execute(db);
  await sql`
    CREATE TABLE salt_receipts (
      day date NOT NULL,
      salt_hash bytea NOT NULL,
      destroyed_on date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date,
      PRIMARY KEY (day, salt_hash)
    )`.execute(db);
}
