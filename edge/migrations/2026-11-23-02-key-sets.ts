import { type Kysely, sql } from 'kysely';

/** The log of the gateway's signed key sets: appended to, never changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE key_sets (
      version integer PRIMARY KEY,
      key_set json NOT NULL
    )`.execute(db);
}
