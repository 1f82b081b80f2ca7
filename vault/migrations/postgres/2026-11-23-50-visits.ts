import { type Kysely, sql } from 'kysely';

// "left_out" is what the first try decided, so that a second try of the same batch stores the same rows.
// "oldest_received": the day's events can be rolled up again as long as none of them has expired.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE visit_batches (
      id uuid PRIMARY KEY,
      state text NOT NULL CHECK (state IN ('pending', 'confirmed')),
      rows integer NOT NULL,
      left_out integer[] NOT NULL,
      day date NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX visit_batches_pending ON visit_batches (id) WHERE state = 'pending'`.execute(db);
  await sql`
    CREATE TABLE visit_rollup_days (
      day date PRIMARY KEY,
      stale boolean NOT NULL,
      oldest_received date
    )`.execute(db);
}
