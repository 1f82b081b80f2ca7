import { type Kysely, sql } from 'kysely';

// Which persons' sessions are all over, by a hash of the person's random id. UNLOGGED like the sessions: a crash ends those anyway.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE UNLOGGED TABLE signed_out (
      person_hash bytea PRIMARY KEY,
      ends_before timestamptz NOT NULL
    )`.execute(db);
}
