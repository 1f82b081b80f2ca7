import { type Kysely, sql } from 'kysely';

// References are checked at commit, so that the nightly rewrite may take rows out and put them back in another order.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE person_questions (
      id uuid PRIMARY KEY,
      person_id uuid NOT NULL REFERENCES persons DEFERRABLE INITIALLY DEFERRED,
      question bytea NOT NULL,
      answer bytea,
      day date NOT NULL,
      answered_on date
    )`.execute(db);
  await sql`CREATE INDEX person_questions_person ON person_questions (person_id)`.execute(db);
}
