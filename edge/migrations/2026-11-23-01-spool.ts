import { type Kysely, sql } from 'kysely';

/** DESIGN "The spool". No time finer than the day; the random id says nothing of order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE spool_items (
      id uuid PRIMARY KEY,
      lane text NOT NULL,
      body bytea NOT NULL,
      answer bytea,
      refused text,
      claimed_by integer,
      day date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date
    )`.execute(db);
  // Sealed bytes do not compress; trying would only cost time.
  await sql`ALTER TABLE spool_items ALTER COLUMN body SET STORAGE EXTERNAL`.execute(db);
  await sql`ALTER TABLE spool_items ALTER COLUMN answer SET STORAGE EXTERNAL`.execute(db);
  await sql`
    CREATE INDEX spool_items_waiting ON spool_items (lane)
    WHERE claimed_by IS NULL AND answer IS NULL AND refused IS NULL`.execute(db);
}
