import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // One row that only the right master key opens.
  await sql`
    CREATE TABLE keyring_check (
      single boolean PRIMARY KEY DEFAULT true CHECK (single),
      wrapped bytea NOT NULL
    )`.execute(db);
  // No day, no sequence: the keyring tells nothing of when a person came.
  await sql`
    CREATE TABLE data_keys (
      id uuid PRIMARY KEY,
      wrapped bytea NOT NULL
    )`.execute(db);
  // So that a restored keyring can be rid again of what was destroyed since.
  await sql`
    CREATE TABLE destroyed_keys (
      key_hash bytea PRIMARY KEY,
      day date NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE vault_secrets (
      purpose text NOT NULL,
      name text NOT NULL,
      wrapped bytea NOT NULL,
      created date NOT NULL,
      PRIMARY KEY (purpose, name)
    )`.execute(db);
}
