import { type Kysely, sql } from 'kysely';

// "blocks": how many blocks of rows of the file are stored for certain; the one after them may be.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE visit_sum_imports (
      id uuid PRIMARY KEY,
      site text NOT NULL,
      program text NOT NULL,
      file_name text NOT NULL,
      blocks integer NOT NULL DEFAULT 0,
      sums bigint NOT NULL DEFAULT 0,
      first_day date,
      last_day date,
      finished date
    )`.execute(db);
}
