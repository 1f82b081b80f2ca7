/** How the timetable's tasks went, by the day. */
import { sql } from 'kysely';
import type { VaultDatabase } from './database.ts';
import type { IsoDay } from './day.ts';

interface TaskRunsTable {
  task: string;
  day: string;
  ran: number;
  failed: number;
  last_failed: boolean;
  /** Rows forgotten; null where the task cannot tell. */
  gone: number | null;
}

declare module './database.ts' {
  interface VaultTables {
    task_runs: TaskRunsTable;
  }
}

export interface TaskRun {
  task: string;
  day: IsoDay;
  failed: boolean;
  gone: number | null;
}

export async function recordTaskRun(db: VaultDatabase, { task, day, failed, gone }: TaskRun): Promise<void> {
  await sql`/* tasks.record */
    INSERT INTO task_runs (task, day, ran, failed, last_failed, gone)
    VALUES (${task}, ${day}, 1, ${failed ? 1 : 0}, ${failed}, ${gone})
    ON CONFLICT (task, day) DO UPDATE SET
      ran = task_runs.ran + 1,
      failed = task_runs.failed + excluded.failed,
      last_failed = excluded.last_failed,
      gone = CASE WHEN excluded.gone IS NULL THEN task_runs.gone ELSE coalesce(task_runs.gone, 0) + excluded.gone END`.execute(
    db,
  );
}

/** The last day of each task. */
export async function lastTaskRuns(db: VaultDatabase): Promise<Map<string, TaskRunsTable>> {
  const rows = await db
    .selectFrom('task_runs')
    .selectAll()
    .distinctOn('task')
    .orderBy('task')
    .orderBy('day', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.task, row]));
}

export async function forgetTaskRuns(db: VaultDatabase, before: IsoDay): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('task_runs').where('day', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
}
