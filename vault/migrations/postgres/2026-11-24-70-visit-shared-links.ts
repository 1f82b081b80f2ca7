import { type Kysely, sql } from 'kysely';

// What lives for minutes carries minutes, and is therefore UNLOGGED. Filters are a copy: a segment that is deleted or made anew neither
// closes nor widens a link.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE visit_shared_links (
      id uuid PRIMARY KEY,
      hash bytea NOT NULL UNIQUE,
      name text NOT NULL,
      sites text[] NOT NULL,
      segment text,
      filters jsonb NOT NULL,
      grants text[] NOT NULL,
      password text,
      valid_through date,
      created date NOT NULL
    )`.execute(db);
  await sql`
    CREATE UNLOGGED TABLE visit_shared_readers (
      hash bytea PRIMARY KEY,
      link uuid NOT NULL REFERENCES visit_shared_links ON DELETE CASCADE,
      ends timestamptz NOT NULL
    )`.execute(db);
  await sql`
    CREATE UNLOGGED TABLE visit_shared_attempts (
      id uuid PRIMARY KEY,
      link uuid NOT NULL REFERENCES visit_shared_links ON DELETE CASCADE,
      made timestamptz NOT NULL
    )`.execute(db);
}
