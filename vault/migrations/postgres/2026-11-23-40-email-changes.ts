import { type Kysely, sql } from 'kysely';

// References are checked at commit, so that the nightly rewrite may take rows out and put them back in another order.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE email_proposals (
      person_id uuid PRIMARY KEY REFERENCES persons DEFERRABLE INITIALLY DEFERRED,
      id uuid NOT NULL UNIQUE,
      address bytea NOT NULL,
      day date NOT NULL
    )`.execute(db);
  // "number" orders one person's changes: undoing one takes the later ones with it, so that who took an address over cannot
  // undo the owner's undoing.
  await sql`
    CREATE TABLE email_undos (
      person_id uuid NOT NULL REFERENCES persons DEFERRABLE INITIALLY DEFERRED,
      number integer NOT NULL,
      id uuid NOT NULL UNIQUE,
      address bytea NOT NULL,
      day date NOT NULL,
      PRIMARY KEY (person_id, number)
    )`.execute(db);
}
