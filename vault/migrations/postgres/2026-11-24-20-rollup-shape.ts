import { type Kysely, sql } from 'kysely';

// What a day's roll-up has: 1 was without exit pages and without visit_days. Days of an older shape are rolled up again while they have events.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE visit_rollup_days ADD COLUMN shape smallint NOT NULL DEFAULT 1`.execute(db);
}
