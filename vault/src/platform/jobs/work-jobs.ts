/** Works jobs off, one after the other. However many vault workers run, one of them does: it holds a lock. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { backOff } from '../back-off.ts';
import type { VaultDatabase } from '../database.ts';
import { isTransient, withoutContents } from '../database-errors.ts';
import { type HeldLock, holdLock } from '../held-lock.ts';
import type { JobFiles } from './files.ts';
import { JobInterrupted, type JobKind, JobProblem, type RunningJob } from './job-kind.ts';
import { claimJob, endJob, JOB_CHANNEL, type JobRow, lockRunning, recoverJobs, writeProgress } from './queries.ts';

/** `avowjobs` in ASCII. */
const LOCK = '7022923227608343155';
/** A safety net under the notification. */
const LOOK_AGAIN_MS = 5_000;

export interface JobWorker {
  /** Ends after the step in hand; the job goes on after the next start. */
  stop(): Promise<void>;
}

export interface WorkingHouse {
  db: VaultDatabase;
  databaseUrl: string;
  kinds: readonly JobKind[];
  files: JobFiles;
  log: Logger;
}

export function startJobWorker(house: WorkingHouse): JobWorker {
  const { db, databaseUrl, log } = house;
  const stopping = new AbortController();
  let wake = new AbortController();

  async function workWhileHeld({ lost }: HeldLock): Promise<void> {
    await recoverJobs(db);
    const over = AbortSignal.any([stopping.signal, lost]);
    while (!over.aborted) {
      wake = new AbortController();
      const runner = randomUUID();
      const job = await claimJob(db, runner);
      if (job) await work(house, job, runner, over);
      else await sleep(LOOK_AGAIN_MS, undefined, { signal: AbortSignal.any([wake.signal, over]) }).catch(() => {});
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      const request = { url: databaseUrl, lock: LOCK, channel: JOB_CHANNEL, name: 'avow jobs' };
      const lock = await holdLock(request, () => wake.abort(), stopping.signal);
      if (!lock) return;
      try {
        await workWhileHeld(lock);
        failures = 0;
      } catch (error) {
        failures++;
        log.warn({ error: withoutContents(error) }, 'the worker of jobs had to begin anew');
      }
      await lock.release();
      if (failures > 0)
        await sleep(backOff(failures, 50, 5_000), undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function work(house: WorkingHouse, job: JobRow, runner: string, over: AbortSignal): Promise<void> {
  const { db, files, log } = house;
  const kind = house.kinds.find((one) => one.kind === job.kind);
  const { id, parameters, memory } = job;
  const undo = async (end: Parameters<typeof endJob>[2]) =>
    db.transaction().execute(async (tx) => {
      await kind?.undo(tx, { id, parameters, memory: await memoryOf(tx, id) });
      await tx.deleteFrom('job_files').where('job_id', '=', id).where('role', '=', 'result').execute();
      await endJob(tx, id, end);
    });
  if (job.state === 'cancelling') return undo({ state: 'cancelled' });
  if (!kind) return undo({ state: 'failed', problem: 'kind_unknown', detail: job.kind });
  try {
    await kind.run(runningJob(house, job, runner, over, { id, parameters, memory, askedBy: job.asked_by, files }));
  } catch (error) {
    if (error instanceof JobInterrupted) return;
    // Passes by itself: whoever takes it up next goes on with it.
    if (isTransient(error)) throw error;
    const problem = error instanceof JobProblem ? error.code : 'internal';
    if (problem === 'internal') log.error({ job: id, kind: job.kind, error: withoutContents(error) }, 'a job failed');
    await undo({ state: 'failed', problem, detail: error instanceof JobProblem ? error.message : '' });
  }
}

async function memoryOf(tx: VaultDatabase, id: string): Promise<object | null> {
  const row = await tx.selectFrom('jobs').select('memory').where('id', '=', id).executeTakeFirst();
  return row?.memory ?? null;
}

function runningJob(
  { db }: WorkingHouse,
  job: JobRow,
  runner: string,
  over: AbortSignal,
  told: Pick<RunningJob, 'id' | 'parameters' | 'memory' | 'askedBy' | 'files'>,
): RunningJob {
  const started = performance.now();
  const before = job.done;

  async function within<T>(work: (tx: VaultDatabase) => Promise<T>): Promise<T> {
    if (over.aborted) throw new JobInterrupted('the worker ends');
    return db.transaction().execute(async (tx) => {
      if (!(await lockRunning(tx, job.id, runner))) throw new JobInterrupted('paused, cancelled or taken over');
      return work(tx);
    });
  }

  const running: RunningJob = {
    ...told,
    async step(work) {
      await within(async (tx) => {
        const step = await work(tx);
        const seconds = (performance.now() - started) / 1000;
        await writeProgress(tx, job.id, { ...step, perSecond: (step.done - before) / seconds });
        running.memory = step.memory;
      });
    },
    async finish(work) {
      await within(async (tx) => {
        const result = await work(tx);
        await tx.updateTable('job_files').set({ complete: true }).where('job_id', '=', job.id).execute();
        await endJob(tx, job.id, { state: 'done', result });
      });
    },
  };
  return running;
}
