import { type Kysely, sql } from 'kysely';

/** W10: exactly three fields. What W4 needs beyond them is counted in tables of its own, apart from the log. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE access_log (
      domain text,
      address inet NOT NULL,
      at timestamptz NOT NULL
    ) PARTITION BY RANGE (at)`.execute(db);
  await sql`
    CREATE TABLE failure_counts (
      day date NOT NULL,
      address inet NOT NULL,
      failures integer NOT NULL,
      PRIMARY KEY (day, address)
    )`.execute(db);
  await sql`
    CREATE TABLE request_counts (
      hour timestamptz NOT NULL,
      route_class text NOT NULL,
      requests integer NOT NULL,
      refusals integer NOT NULL,
      errors integer NOT NULL,
      PRIMARY KEY (hour, route_class)
    )`.execute(db);
}
