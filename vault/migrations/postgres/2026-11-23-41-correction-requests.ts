import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE correction_requests (
      id uuid PRIMARY KEY,
      person_id uuid NOT NULL REFERENCES persons DEFERRABLE INITIALLY DEFERRED,
      content bytea NOT NULL,
      day date NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX correction_requests_person ON correction_requests (person_id)`.execute(db);
}
