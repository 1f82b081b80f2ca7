import { type Kysely, sql } from 'kysely';

// Without a site: the whole group. An episode is the time, in hours of visits, in which what the alert is for goes on.
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
      episode_from timestamptz,
      episode_last timestamptz,
      CHECK ((episode_from IS NULL) = (episode_last IS NULL))
    )`.execute(db);
}
