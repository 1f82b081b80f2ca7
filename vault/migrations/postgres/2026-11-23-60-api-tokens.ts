import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE api_tokens (
      id uuid PRIMARY KEY,
      hash bytea NOT NULL UNIQUE,
      label text NOT NULL,
      permissions text[] NOT NULL,
      created date NOT NULL,
      valid_through date,
      last_used date
    )`.execute(db);
}
