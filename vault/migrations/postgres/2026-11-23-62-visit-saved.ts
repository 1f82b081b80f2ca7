import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE visit_saved (
      id uuid PRIMARY KEY,
      name text NOT NULL,
      content jsonb NOT NULL,
      created date NOT NULL
    )`.execute(db);
}
