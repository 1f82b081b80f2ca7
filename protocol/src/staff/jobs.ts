/**
 * Work that takes long, as both ends see it: asked for, left, found again. Every path stands under `/api`. A job is seen and steered
 * by whoever may do so in the part of the console it belongs to.
 *
 * A file goes up in pieces of `pieceBytes`, each `PUT` as `application/octet-stream`; a piece sent twice counts once, so an upload
 * that broke off goes on where it was.
 */
export const JOB_KINDS = ['serials.generate', 'serials.import', 'visits.import', 'visits.export'] as const;
export type JobKindName = (typeof JOB_KINDS)[number];

export type JobState = 'waiting' | 'running' | 'paused' | 'done' | 'failed' | 'cancelling' | 'cancelled';

/** Why a job failed. */
export type JobProblemCode =
  | 'file_unreadable'
  | 'file_gone'
  | 'refused'
  | 'kind_unknown'
  /** A mistake in the program; the log has it. */
  | 'internal';

export interface JobFile {
  id: string;
  name: string;
  mediaType: string;
  bytes: number;
  /** ISO date of the last day on which it can be fetched. */
  keptThrough: string;
  downloads: number;
}

export interface Job {
  id: string;
  kind: JobKindName;
  state: JobState;
  /** Who asked; the name is null of somebody who is no member of staff any more. */
  askedBy: { name: string | null; you: boolean };
  /** ISO date. */
  day: string;
  /** In the unit of the kind: serials, days, or bytes of the files that are read. */
  done: number;
  total: number | null;
  perSecond: number | null;
  secondsLeft: number | null;
  /** What was asked for, in the words of the kind. */
  about: Record<string, string | number | boolean | null>;
  /** What came of it; of an unfinished job what is known so far. */
  figures: Record<string, number | boolean | string>;
  problem: { code: JobProblemCode; detail: string } | null;
  file: JobFile | null;
  /** Whether the asker may pause, resume and cancel it. */
  steerable: boolean;
}

export interface UploadState {
  id: string;
  pieceBytes: number;
  pieces: number;
  /** Numbers of the pieces that are here. */
  have: number[];
}

export interface JobRoutes {
  /** Newest first, at most 200. */
  'GET /jobs': { body: null; answer: { jobs: Job[] } };
  'GET /jobs/:id': { body: null; answer: Job };
  'POST /jobs/:id/pause': { body: Record<string, never>; answer: Job };
  'POST /jobs/:id/resume': { body: Record<string, never>; answer: Job };
  /** Takes back what the job has stored. */
  'POST /jobs/:id/cancel': { body: Record<string, never>; answer: Job };
  /** The result file itself. */
  'GET /jobs/:id/file': { body: null; answer: never };
  /** Destroys the result file before its days are over. */
  'DELETE /jobs/:id/file': { body: null; answer: Job };
  /** Begins an upload; `bytes` is the size of the whole file. */
  'POST /uploads': {
    body: { name: string; bytes: number; mediaType: string };
    answer: { id: string; pieceBytes: number; pieces: number };
  };
  'PUT /uploads/:id/pieces/:number': { body: Blob; answer: UploadState };
  'DELETE /uploads/:id': { body: null; answer: { deleted: true } };
  /** Which pieces are here, to go on with an upload. */
  'GET /uploads/:id': { body: null; answer: UploadState };
}
