import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE staff_access (
      id uuid PRIMARY KEY,
      day date NOT NULL,
      purpose text NOT NULL,
      person_id uuid NOT NULL,
      command text NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX staff_access_person ON staff_access (person_id)`.execute(db);
}
