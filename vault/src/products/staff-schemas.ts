/** The shapes of the staff's routes about serials; the compiler holds them to the contract with the console. */
import type { SerialRoutes } from '@avow/protocol/staff/serials';
import { z } from 'zod';
import { generateParameters } from './jobs/generate-job.ts';
import { importParameters } from './jobs/import-job.ts';

type Body<R extends keyof SerialRoutes> = z.ZodType<SerialRoutes[R]['body']>;
type Answer<R extends keyof SerialRoutes> = z.ZodType<SerialRoutes[R]['answer']>;

const kind = z.enum(['unit', 'pressed', 'legacy']);
const batch = z.strictObject({
  id: z.uuid(),
  kind,
  product: z.string(),
  edition: z.string(),
  title: z.string(),
  serials: z.number(),
  note: z.string(),
  day: z.string(),
  keyId: z.number().nullable(),
});

export const productsAnswer = z.strictObject({
  suites: z.array(
    z.strictObject({
      suite: z.string(),
      name: z.string(),
      editions: z.array(z.strictObject({ id: z.string(), name: z.string() })),
      importable: z.boolean(),
    }),
  ),
}) satisfies Answer<'GET /serials/products'>;

export const batchesAnswer = z.strictObject({
  batches: z.array(batch),
  totals: z.strictObject({ batches: z.number(), serials: z.number(), registered: z.number() }),
}) satisfies Answer<'GET /serials/batches'>;

export const batchAnswer = z.strictObject({
  batch,
  registrations: z.strictObject({
    registered: z.number(),
    onHold: z.number(),
    transferred: z.number(),
    refused: z.number(),
  }),
}) satisfies Answer<'GET /serials/batches/:id'>;

export const generateBody = generateParameters satisfies Body<'POST /serials/batches'>;
export const importBody = importParameters satisfies Body<'POST /serials/imports'>;
export const jobAnswer = z.strictObject({ jobId: z.uuid() }) satisfies Answer<'POST /serials/batches'>;

export const checkBody = z.strictObject({ serial: z.string().max(128) }) satisfies Body<'POST /serials/check'>;
export const checkAnswer = z.union([
  z.strictObject({ genuine: z.literal(false), serial: z.string(), why: z.string() }),
  z.strictObject({
    genuine: z.literal(true),
    serial: z.string(),
    kind,
    title: z.string(),
    batch: z.strictObject({ id: z.uuid(), day: z.string() }),
    registered: z.number(),
    onHold: z.number(),
  }),
]) satisfies Answer<'POST /serials/check'>;

export const holdsAnswer = z.strictObject({
  holds: z.array(
    z.strictObject({
      id: z.uuid(),
      title: z.string(),
      day: z.string(),
      answerThrough: z.string(),
      claimId: z.uuid(),
      ownerId: z.uuid(),
    }),
  ),
}) satisfies Answer<'GET /serials/holds'>;

export const holdBody = z.strictObject({
  answer: z.enum(['household', 'sold', 'stolen', 'mistake']),
}) satisfies Body<'POST /serials/holds/:id/answer'>;
export const settledAnswer = z.strictObject({ settled: z.literal(true) });

export const transfersAnswer = z.strictObject({
  transfers: z.array(z.strictObject({ registrationId: z.uuid(), title: z.string(), validUntil: z.string() })),
}) satisfies Answer<'GET /serials/transfers'>;
export const endedAnswer = z.strictObject({ ended: z.literal(true) });

export const alarmsAnswer = z.strictObject({
  alarms: z.array(z.strictObject({ day: z.string(), what: z.string(), count: z.number() })),
}) satisfies Answer<'GET /serials/alarms'>;
