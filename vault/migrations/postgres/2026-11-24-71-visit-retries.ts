import { type Kysely, sql } from 'kysely';

// Counts up whenever retried events are stored: a vault worker that remembers an older number asks ClickHouse anew which those
// are. A sequence, because it never goes back, however the worker that counted it up ends. It begins called, so that its
// first step changes its value.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE SEQUENCE visit_retries`.execute(db);
  await sql`SELECT nextval('visit_retries')`.execute(db);
}
