import { type Kysely, sql } from 'kysely';

/**
 * How far each import has come: the position moves in the transaction that spools the batch, so no row is spooled twice. The
 * salt of an unfinished import is UNLOGGED for the same reason as those of the days: it is in no log, standby or backup.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE visit_imports (
      id uuid PRIMARY KEY,
      file_hash bytea NOT NULL,
      file_bytes bigint NOT NULL,
      site text NOT NULL,
      format text NOT NULL,
      position bigint NOT NULL DEFAULT 0,
      counted bigint NOT NULL DEFAULT 0,
      started date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date,
      finished date
    )`.execute(db);
  await sql`
    CREATE UNLOGGED TABLE visit_import_salts (
      id uuid PRIMARY KEY,
      salt bytea NOT NULL CHECK (octet_length(salt) = 32),
      day date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date
    )`.execute(db);
}
