import { type Kysely, sql } from 'kysely';

// The end of the audit log, in another database than the log: who can cut entries off there cannot change it here.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE audit_anchor (
      single boolean PRIMARY KEY CHECK (single),
      number bigint NOT NULL,
      hash bytea NOT NULL
    )`.execute(db);
}
