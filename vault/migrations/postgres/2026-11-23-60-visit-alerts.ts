import { type Kysely, sql } from 'kysely';

// Without a site: the whole group. An episode is the time in which what the alert is for goes on; beside persons, no time is finer than
// the day, so its hours are only counted.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE visit_alerts (
      id uuid PRIMARY KEY,
      site text,
      metric text NOT NULL CHECK (metric IN ('pageViews', 'visits', 'visitors')),
      direction text NOT NULL CHECK (direction IN ('spike', 'drop')),
      percent integer NOT NULL,
      minimum integer NOT NULL,
      created date NOT NULL,
      episode_since date,
      quiet_hours integer NOT NULL
    )`.execute(db);
}
