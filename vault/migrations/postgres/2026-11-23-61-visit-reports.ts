import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE visit_reports (week date PRIMARY KEY, mails integer NOT NULL)`.execute(db);
}
