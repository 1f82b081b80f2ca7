import { type Kysely, sql } from 'kysely';

/** Reports are handed out by their random id, whatever order they came in. `public_documents`: what the vault publishes here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE INDEX spool_items_mixed ON spool_items (id)
    WHERE lane = 'mixed' AND claimed_by IS NULL AND answer IS NULL AND refused IS NULL`.execute(db);
  await sql`CREATE INDEX spool_items_held ON spool_items (lane) WHERE lane = 'held'`.execute(db);
  await sql`
    CREATE TABLE public_documents (
      name text PRIMARY KEY,
      revision integer NOT NULL,
      content json NOT NULL
    )`.execute(db);
}
