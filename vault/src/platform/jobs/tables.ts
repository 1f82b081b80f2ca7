/** The tables of jobs and of their files. */
import type { JobKindName, JobProblemCode, JobState } from '@avow/protocol/staff/jobs';
import type { Generated, JSONColumnType } from 'kysely';

export interface JobsTable {
  id: string;
  /** The order in which they were asked for. */
  number: Generated<number>;
  kind: JobKindName;
  state: JobState;
  /** Id of the member of staff who asked. */
  asked_by: string;
  parameters: JSONColumnType<object>;
  /** What the last committed step left for the next one. */
  memory: JSONColumnType<object> | null;
  result: JSONColumnType<object> | null;
  problem: JobProblemCode | null;
  detail: string | null;
  done: Generated<number>;
  total: number | null;
  per_second: number | null;
  /** Which run of the worker has it in hand; a worker that lost it writes no more. */
  runner: string | null;
  day: string;
}

export interface JobFilesTable {
  id: string;
  job_id: string | null;
  role: 'input' | 'result';
  asked_by: string;
  name: string;
  media_type: string;
  data_key_id: string;
  expected_bytes: number | null;
  complete: Generated<boolean>;
  downloads: Generated<number>;
  day: string;
}

interface JobFileChunksTable {
  file_id: string;
  number: number;
  /** Before encryption. */
  bytes: number;
  content: Buffer;
}

declare module '../database.ts' {
  interface VaultTables {
    jobs: JobsTable;
    job_files: JobFilesTable;
    job_file_chunks: JobFileChunksTable;
  }
}
