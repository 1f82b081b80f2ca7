import { type Kysely, sql } from 'kysely';

// "hash" covers every other column and the hash before it. What names a person ("sealed") opens with the person's own key only,
// and "access_id" leads to the person only through staff_access: both end with the person, the chain does not.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE audit_log (
      number bigint PRIMARY KEY,
      day date NOT NULL,
      staff text NOT NULL,
      act text NOT NULL,
      purpose text,
      about text,
      access_id uuid UNIQUE,
      sealed bytea,
      previous bytea NOT NULL,
      hash bytea NOT NULL UNIQUE
    )`.execute(db);
}
