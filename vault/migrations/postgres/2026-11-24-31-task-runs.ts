import { type Kysely, sql } from 'kysely';

// How the timetable's tasks went, by the day: pg-boss forgets its own record within days.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE task_runs (
      task text NOT NULL,
      day date NOT NULL,
      ran integer NOT NULL,
      failed integer NOT NULL,
      last_failed boolean NOT NULL,
      gone bigint,
      PRIMARY KEY (task, day)
    )`.execute(db);
}
