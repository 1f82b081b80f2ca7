import { type Kysely, sql } from 'kysely';

// What was recorded before was done on the vault's machine. The ticket is in the audit log, sealed with the person's key.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE staff_access
      ADD COLUMN roles text[] NOT NULL DEFAULT '{}',
      ADD COLUMN staff text NOT NULL DEFAULT 'operator'`.execute(db);
  await sql`ALTER TABLE staff_access ALTER COLUMN roles DROP DEFAULT, ALTER COLUMN staff DROP DEFAULT`.execute(db);
}
