import { type Kysely, sql } from 'kysely';

// What lives for minutes carries minutes, and is therefore UNLOGGED: not in the write-ahead log, not on replicas, gone after a crash.
// "sealed" is readable only with the token itself: these rows cannot be joined with persons.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE day_tokens (
      hash bytea PRIMARY KEY,
      act text NOT NULL,
      sealed bytea NOT NULL,
      valid_through date NOT NULL
    )`.execute(db);
  await sql`
    CREATE UNLOGGED TABLE minute_tokens (
      hash bytea PRIMARY KEY,
      act text NOT NULL,
      sealed bytea NOT NULL,
      expires timestamptz NOT NULL
    )`.execute(db);
  await sql`
    CREATE UNLOGGED TABLE sessions (
      hash bytea PRIMARY KEY,
      sealed bytea NOT NULL,
      idle_until timestamptz NOT NULL,
      ends timestamptz NOT NULL
    )`.execute(db);
}
