import { type Kysely, sql } from 'kysely';

// How often the day was rolled up: what is remembered of its sums belongs to one of these.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE visit_rollup_days ADD COLUMN builds integer NOT NULL DEFAULT 1`.execute(db);
}
