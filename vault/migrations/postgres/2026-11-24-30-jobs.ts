import { type Kysely, sql } from 'kysely';

// Work that takes long, and the files that belong to it. "number" is the order in which jobs were asked for; no time is kept.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE jobs (
      id uuid PRIMARY KEY,
      number bigint NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
      kind text NOT NULL,
      state text NOT NULL
        CHECK (state IN ('waiting', 'running', 'paused', 'done', 'failed', 'cancelling', 'cancelled')),
      asked_by uuid NOT NULL,
      parameters jsonb NOT NULL,
      memory jsonb,
      result jsonb,
      problem text,
      detail text,
      done bigint NOT NULL DEFAULT 0,
      total bigint,
      per_second double precision,
      runner uuid,
      day date NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX jobs_open ON jobs (number) WHERE state IN ('waiting', 'running', 'cancelling')`.execute(db);
  await sql`
    CREATE TABLE job_files (
      id uuid PRIMARY KEY,
      job_id uuid REFERENCES jobs,
      role text NOT NULL CHECK (role IN ('input', 'result')),
      asked_by uuid NOT NULL,
      name text NOT NULL,
      media_type text NOT NULL,
      data_key_id uuid NOT NULL,
      expected_bytes bigint,
      complete boolean NOT NULL DEFAULT false,
      downloads integer NOT NULL DEFAULT 0,
      day date NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX job_files_job ON job_files (job_id)`.execute(db);
  await sql`
    CREATE TABLE job_file_chunks (
      file_id uuid NOT NULL REFERENCES job_files ON DELETE CASCADE,
      number integer NOT NULL,
      bytes integer NOT NULL,
      content bytea NOT NULL,
      PRIMARY KEY (file_id, number)
    )`.execute(db);
}
