/** Every question about jobs. What happens to a job is decided by its row: each change says from which states it may come. */
import { randomUUID } from 'node:crypto';
import type { JobKindName, JobProblemCode, JobState } from '@avow/protocol/staff/jobs';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { VaultDatabase, VaultTables } from '../database.ts';
import type { JobsTable } from './tables.ts';
import './tables.ts';

type Transaction = Kysely<VaultTables>;
export type JobRow = Selectable<JobsTable>;

/** Channel on which the worker is woken. */
export const JOB_CHANNEL = 'avow_jobs';

export interface NewJob {
  kind: JobKindName;
  askedBy: string;
  parameters: object;
  total: number | null;
  day: string;
}

/** Waits its turn from the commit on. Returns the id. */
export async function addJob(tx: Transaction, { kind, askedBy, parameters, total, day }: NewJob): Promise<string> {
  const id = randomUUID();
  const row = {
    id,
    kind,
    state: 'waiting' as const,
    asked_by: askedBy,
    parameters: JSON.stringify(parameters),
    total,
    day,
  };
  await tx.insertInto('jobs').values(row).execute();
  await wakeWorker(tx);
  return id;
}

export async function wakeWorker(tx: Transaction): Promise<void> {
  await sql`SELECT pg_notify(${JOB_CHANNEL}, '')`.execute(tx);
}

export async function findJob(tx: Transaction, id: string): Promise<JobRow | null> {
  return (await tx.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Newest first. */
export function listJobs(tx: Transaction, kinds: readonly JobKindName[], most: number): Promise<JobRow[]> {
  if (kinds.length === 0) return Promise.resolve([]);
  return tx.selectFrom('jobs').selectAll().where('kind', 'in', kinds).orderBy('number', 'desc').limit(most).execute();
}

/** False where the job is in none of the states `from`. */
export async function moveJob(tx: Transaction, id: string, from: readonly JobState[], to: JobState): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set({ state: to, per_second: null })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What a worker that died had in hand waits again. */
export async function recoverJobs(db: VaultDatabase): Promise<void> {
  await db.updateTable('jobs').set({ state: 'waiting', runner: null }).where('state', '=', 'running').execute();
}

/** The oldest one that waits, now running, or the oldest that is to be cancelled. */
export async function claimJob(db: VaultDatabase, runner: string): Promise<JobRow | null> {
  const { rows } = await sql<JobRow>`
    /* jobs.claim */
    UPDATE jobs SET runner = ${runner}, state = CASE state WHEN 'waiting' THEN 'running' ELSE state END
    WHERE id = (
      SELECT id FROM jobs WHERE state IN ('waiting', 'cancelling')
      ORDER BY state = 'cancelling' DESC, number LIMIT 1 FOR UPDATE
    )
    RETURNING *`.execute(db);
  return rows[0] ?? null;
}

/** Locked until the transaction ends. False where somebody paused or cancelled it, or another worker has it. */
export async function lockRunning(tx: Transaction, id: string, runner: string): Promise<boolean> {
  const row = await tx
    .selectFrom('jobs')
    .select('id')
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('runner', '=', runner)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

export async function writeProgress(
  tx: Transaction,
  id: string,
  { done, total, memory, perSecond }: { done: number; total?: number; memory: object; perSecond: number | null },
): Promise<void> {
  await tx
    .updateTable('jobs')
    .set({ done, memory: JSON.stringify(memory), per_second: perSecond, ...(total !== undefined && { total }) })
    .where('id', '=', id)
    .execute();
}

export async function endJob(
  tx: Transaction,
  id: string,
  end:
    | { state: 'done'; result: object }
    | { state: 'failed'; problem: JobProblemCode; detail: string }
    | { state: 'cancelled' },
): Promise<void> {
  const told =
    end.state === 'done'
      ? { result: JSON.stringify(end.result), done: sql<number>`coalesce(total, done)` }
      : end.state === 'failed'
        ? { problem: end.problem, detail: end.detail }
        : {};
  await tx
    .updateTable('jobs')
    .set({ state: end.state, memory: null, per_second: null, runner: null, ...told })
    .where('id', '=', id)
    .execute();
}

export async function forgetJobs(db: VaultDatabase, before: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('jobs')
    .where('day', '<', before)
    .where('state', 'in', ['done', 'failed', 'cancelled'])
    .where((of) =>
      of.not(of.exists(of.selectFrom('job_files').select('id').whereRef('job_files.job_id', '=', 'jobs.id'))),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
