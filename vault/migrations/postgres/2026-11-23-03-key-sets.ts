import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE key_sets (
      version integer PRIMARY KEY,
      created date NOT NULL,
      signed_set jsonb NOT NULL,
      root_public_key text NOT NULL
    )`.execute(db);
}
