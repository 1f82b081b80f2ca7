import { type Kysely, sql } from 'kysely';

// "mark" is a hash of the encapsulated key, not the key: without it nobody, the gateway's key included, can open "answer".
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE received_requests (
      mark bytea PRIMARY KEY,
      spool_id uuid NOT NULL,
      answer bytea,
      day date NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE carried_out_requests (
      request_hash bytea PRIMARY KEY,
      data_key_id uuid,
      answer bytea,
      day date NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE set_aside_requests (
      spool_id uuid PRIMARY KEY,
      body bytea NOT NULL,
      day date NOT NULL
    )`.execute(db);
}
