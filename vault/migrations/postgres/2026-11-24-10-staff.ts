import { type Kysely, sql } from 'kysely';

// Name, e-mail address, password hash and TOTP secret of a member are sealed with a data key of the member's own, as persons' are.
// What lives for minutes carries minutes, and is therefore UNLOGGED: in no write-ahead log and in no backup.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE staff_members (
      id uuid PRIMARY KEY,
      data_key_id uuid NOT NULL UNIQUE,
      email_index bytea NOT NULL UNIQUE,
      sealed bytea NOT NULL,
      factors bytea NOT NULL,
      totp_step bigint NOT NULL,
      roles text[] NOT NULL,
      language text NOT NULL,
      created date NOT NULL,
      last_seen date,
      disabled boolean NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE staff_passkeys (
      id text PRIMARY KEY,
      staff_id uuid NOT NULL REFERENCES staff_members,
      public_key bytea NOT NULL,
      counter bigint NOT NULL,
      transports text[] NOT NULL,
      host text NOT NULL,
      label text NOT NULL,
      created date NOT NULL,
      last_used date
    )`.execute(db);
  await sql`CREATE INDEX staff_passkeys_member ON staff_passkeys (staff_id)`.execute(db);
  await sql`
    CREATE TABLE staff_recovery_codes (
      hash bytea PRIMARY KEY,
      staff_id uuid NOT NULL REFERENCES staff_members
    )`.execute(db);
  await sql`
    CREATE TABLE staff_invitations (
      id uuid PRIMARY KEY,
      hash bytea NOT NULL UNIQUE,
      kind text NOT NULL CHECK (kind IN ('first', 'invitation', 'renewal')),
      staff_id uuid REFERENCES staff_members,
      data_key_id uuid,
      email bytea,
      roles text[] NOT NULL,
      language text NOT NULL,
      valid_through date NOT NULL
    )`.execute(db);
  await sql`
    CREATE UNLOGGED TABLE staff_sessions (
      hash bytea PRIMARY KEY,
      id uuid NOT NULL UNIQUE,
      staff_id uuid NOT NULL,
      client text NOT NULL,
      created timestamptz NOT NULL,
      last_used timestamptz NOT NULL,
      ends timestamptz NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX staff_sessions_member ON staff_sessions (staff_id)`.execute(db);
  await sql`
    CREATE UNLOGGED TABLE staff_challenges (
      hash bytea PRIMARY KEY,
      act text NOT NULL,
      sealed bytea NOT NULL,
      expires timestamptz NOT NULL
    )`.execute(db);
  await sql`
    CREATE UNLOGGED TABLE staff_attempts (
      account bytea PRIMARY KEY,
      failures integer NOT NULL,
      since timestamptz NOT NULL
    )`.execute(db);
  await sql`ALTER TABLE api_tokens ADD COLUMN made_by uuid`.execute(db);
}
