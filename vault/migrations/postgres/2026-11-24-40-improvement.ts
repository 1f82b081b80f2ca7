import { type Kysely, sql } from 'kysely';

// "week" is the Monday. A report waits in "improvement_waiting" until it leaves with many others for ClickHouse; its nonce stays
// apart from it, as long as it could come again. "improvement_batches" are under way there.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE improvement_configurations (
      version integer PRIMARY KEY,
      configuration json NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE improvement_nonces (
      nonce bytea PRIMARY KEY CHECK (octet_length(nonce) = 16),
      week date NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE improvement_waiting (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      batch uuid,
      report json NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE improvement_batches (
      id uuid PRIMARY KEY,
      reports integer NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE improvement_weeks (
      week date PRIMARY KEY,
      made date NOT NULL,
      destroyed boolean NOT NULL DEFAULT false
    )`.execute(db);
  await sql`
    CREATE TABLE improvement_tables (
      week date NOT NULL REFERENCES improvement_weeks,
      product text NOT NULL,
      audience text NOT NULL CHECK (audience IN ('public', 'operator')),
      tables json NOT NULL,
      PRIMARY KEY (week, product, audience)
    )`.execute(db);
  await sql`
    CREATE TABLE improvement_alarms (
      week date NOT NULL,
      product text NOT NULL,
      facet text NOT NULL,
      seen integer NOT NULL,
      usual integer NOT NULL,
      raised date NOT NULL,
      PRIMARY KEY (week, product, facet)
    )`.execute(db);
}
