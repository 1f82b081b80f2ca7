import { type Kysely, sql } from 'kysely';

// "events" and "counts" are rows: what has to be found in ClickHouse when a batch is confirmed later.
// "touched" counts up with each batch that came too late for the day's roll-up; "oldest_received": the day can be rolled up
// again as long as none of its events has expired.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE visit_batches (
      id uuid PRIMARY KEY,
      state text NOT NULL CHECK (state IN ('pending', 'confirmed')),
      events integer NOT NULL,
      counts integer NOT NULL,
      day date NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX visit_batches_pending ON visit_batches (id) WHERE state = 'pending'`.execute(db);
  await sql`
    CREATE TABLE visit_rollup_days (
      day date PRIMARY KEY,
      stale boolean NOT NULL,
      touched bigint NOT NULL,
      oldest_received date
    )`.execute(db);
}
