import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // "mailed" is false where the address has had its mails of the day; the timetable sends the rest later.
  await sql`
    CREATE TABLE pending_registrations (
      id uuid PRIMARY KEY,
      kind text NOT NULL CHECK (kind IN ('person', 'product')),
      data_key_id uuid NOT NULL UNIQUE,
      email_index bytea NOT NULL,
      content bytea NOT NULL,
      mailed boolean NOT NULL,
      day date NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX pending_registrations_email ON pending_registrations (email_index)`.execute(db);
  await sql`CREATE INDEX pending_registrations_waiting ON pending_registrations (day) WHERE NOT mailed`.execute(db);
}
