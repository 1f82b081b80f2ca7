import { type Kysely, sql } from 'kysely';

// Who a member is at the identity provider, by keyed hash of issuer and subject.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE staff_openid (
      subject_index bytea PRIMARY KEY,
      staff_id uuid NOT NULL REFERENCES staff_members
    )`.execute(db);
  await sql`CREATE INDEX staff_openid_member ON staff_openid (staff_id)`.execute(db);
}
