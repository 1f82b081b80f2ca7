/** The shapes of what is told about jobs; the compiler holds them to the contract with the console. */
import { JOB_KINDS, type Job, type JobRoutes } from '@avow/protocol/staff/jobs';
import { z } from 'zod';

export const nothing = z.strictObject({});

const scalar = z.union([z.string(), z.number(), z.boolean()]);

export const jobAnswer = z.strictObject({
  id: z.uuid(),
  kind: z.enum(JOB_KINDS),
  state: z.enum(['waiting', 'running', 'paused', 'done', 'failed', 'cancelling', 'cancelled']),
  askedBy: z.strictObject({ name: z.string().nullable(), you: z.boolean() }),
  day: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  perSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  about: z.record(z.string(), scalar.nullable()),
  figures: z.record(z.string(), scalar),
  problem: z
    .strictObject({
      code: z.enum(['file_unreadable', 'file_gone', 'refused', 'kind_unknown', 'internal']),
      detail: z.string(),
    })
    .nullable(),
  file: z
    .strictObject({
      id: z.uuid(),
      name: z.string(),
      mediaType: z.string(),
      bytes: z.number(),
      keptThrough: z.string(),
      downloads: z.number(),
    })
    .nullable(),
  steerable: z.boolean(),
}) satisfies z.ZodType<Job>;

export const jobListAnswer = z.strictObject({ jobs: z.array(jobAnswer) }) satisfies z.ZodType<
  JobRoutes['GET /jobs']['answer']
>;

export const uploadRequest = z.strictObject({
  name: z.string().trim().min(1).max(200),
  bytes: z.int().min(1),
  mediaType: z.string().max(100),
}) satisfies z.ZodType<JobRoutes['POST /uploads']['body']>;

export const uploadAnswer = z.strictObject({
  id: z.uuid(),
  pieceBytes: z.number(),
  pieces: z.number(),
}) satisfies z.ZodType<JobRoutes['POST /uploads']['answer']>;

export const uploadStateAnswer = z.strictObject({
  id: z.uuid(),
  pieceBytes: z.number(),
  pieces: z.number(),
  have: z.array(z.number()),
}) satisfies z.ZodType<JobRoutes['GET /uploads/:id']['answer']>;
