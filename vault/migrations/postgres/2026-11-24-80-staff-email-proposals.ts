import { type Kysely, sql } from 'kysely';

// What staff propose waits longer than what a person does, and the address in use may object to it: the row then stays, so that
// nobody proposes again at once.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE email_proposals
      ADD COLUMN by text NOT NULL DEFAULT 'person' CHECK (by IN ('person', 'staff')),
      ADD COLUMN valid_through date,
      ADD COLUMN objected_on date`.execute(db);
  await sql`UPDATE email_proposals SET valid_through = day + 1`.execute(db);
  await sql`ALTER TABLE email_proposals ALTER COLUMN valid_through SET NOT NULL, ALTER COLUMN by DROP DEFAULT`.execute(
    db,
  );
}
