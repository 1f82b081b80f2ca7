import { type Kysely, sql } from 'kysely';

// A batch's page looked at every serial there is, the total at every registration, and a person's record at every mail.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX serials_batch ON serials (batch_id)`.execute(db);
  await sql`CREATE INDEX product_registrations_state ON product_registrations (state)`.execute(db);
  await sql`CREATE INDEX mails_data_key ON mails (data_key_id)`.execute(db);
}
