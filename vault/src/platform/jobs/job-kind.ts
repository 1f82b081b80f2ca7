/**
 * Work that takes long, done in steps. A step is one transaction: what it writes, how far the work is and what the next step has
 * to know are committed together. So a job can be paused, and whoever goes on after a crash begins where the last step ended.
 */
import type { Job, JobKindName, JobProblemCode } from '@avow/protocol/staff/jobs';
import type { Permission } from '@avow/protocol/staff/roles';
import type { Kysely } from 'kysely';
import type { VaultTables } from '../database.ts';
import type { JobFiles } from './files.ts';

type Transaction = Kysely<VaultTables>;

/** How far the work is after a step, in the unit of its kind. */
export interface StepDone {
  done: number;
  total?: number;
  /** For the next step; JSON. */
  memory: object;
}

export interface RunningJob {
  id: string;
  parameters: object;
  /** Of the last committed step; null at the beginning. */
  memory: object | null;
  askedBy: string;
  files: JobFiles;
  /** Throws JobInterrupted where the job was paused, cancelled or taken over meanwhile: then nothing of the step is kept. */
  step(work: (tx: Transaction) => Promise<StepDone>): Promise<void>;
  /** The last step; `result` is what is shown of it. */
  finish(work: (tx: Transaction) => Promise<object>): Promise<void>;
}

export interface JobKind {
  kind: JobKindName;
  /** Who may see it and fetch its file, and who may start, pause and cancel it. */
  permissions: { see: Permission; steer: Permission };
  /** What was asked for, and what has come of it so far, for whoever looks at the job. */
  tell(job: { parameters: object; memory: object | null; result: object | null }): Pick<Job, 'about' | 'figures'>;
  /** Begins anew, or goes on from `memory`. Throws JobProblem for what whoever asked can mend. */
  run(job: RunningJob): Promise<void>;
  /** Removes what an unfinished job has stored. Idempotent. */
  undo(tx: Transaction, job: Pick<RunningJob, 'id' | 'parameters' | 'memory'>): Promise<void>;
}

/** The job is not this worker's to go on with. */
export class JobInterrupted extends Error {}

/** Why a job failed; the message is for whoever asked, and never quotes a person's data. */
export class JobProblem extends Error {
  readonly code: JobProblemCode;
  constructor(code: JobProblemCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
