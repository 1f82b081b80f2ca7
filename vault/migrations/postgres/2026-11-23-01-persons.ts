import { type Kysely, sql } from 'kysely';

// References are checked at commit, so that the nightly rewrite may take rows out and put them back in another order.
// Nothing cascades: who forgets a person does it on purpose, table by table.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE persons (
      id uuid PRIMARY KEY,
      data_key_id uuid NOT NULL UNIQUE,
      country char(2) NOT NULL,
      language text NOT NULL,
      day date NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE person_emails (
      email_index bytea PRIMARY KEY,
      person_id uuid NOT NULL UNIQUE REFERENCES persons DEFERRABLE INITIALLY DEFERRED
    )`.execute(db);
  await sql`
    CREATE TABLE person_fields (
      person_id uuid NOT NULL REFERENCES persons DEFERRABLE INITIALLY DEFERRED,
      path text NOT NULL,
      value bytea NOT NULL,
      act text NOT NULL,
      day date NOT NULL,
      PRIMARY KEY (person_id, path)
    )`.execute(db);
  // "number" counts one person's changes of one field: it orders a day's changes without saying when in the day.
  await sql`
    CREATE TABLE person_changes (
      person_id uuid NOT NULL REFERENCES persons DEFERRABLE INITIALLY DEFERRED,
      path text NOT NULL,
      number integer NOT NULL,
      before bytea NOT NULL,
      after bytea NOT NULL,
      by text NOT NULL CHECK (by IN ('person', 'staff')),
      act text NOT NULL,
      day date NOT NULL,
      PRIMARY KEY (person_id, path, number)
    )`.execute(db);
  await sql`
    CREATE TABLE person_consents (
      person_id uuid NOT NULL REFERENCES persons DEFERRABLE INITIALLY DEFERRED,
      number integer NOT NULL,
      given boolean NOT NULL,
      words bytea NOT NULL,
      words_hash bytea NOT NULL,
      language text NOT NULL,
      statement_version integer NOT NULL,
      day date NOT NULL,
      PRIMARY KEY (person_id, number)
    )`.execute(db);
  await sql`
    CREATE TABLE person_tombstones (
      person_hash bytea PRIMARY KEY,
      day date NOT NULL
    )`.execute(db);
  // Data keys whose rows are gone; written in the transaction that removes the rows, worked off after its commit.
  await sql`
    CREATE TABLE doomed_keys (
      data_key_id uuid PRIMARY KEY
    )`.execute(db);
}
