/** The shapes of what operations and settings tell; the compiler holds them to the contract with the console. */
import { ALARM_CODES, type OperationsRoutes } from '@avow/protocol/staff/operations';
import { z } from 'zod';

type Answer<R extends keyof OperationsRoutes> = z.ZodType<OperationsRoutes[R]['answer']>;

export const nothing = z.strictObject({});
const text = z.string();
const count = z.number();
const orNull = <T extends z.ZodType>(schema: T) => schema.nullable();
const database = z.enum(['vault', 'keyring', 'clickhouse']);

export const stateAnswer = z.strictObject({
  version: text,
  upSeconds: count,
  alarms: z.array(
    z.strictObject({
      code: z.enum(ALARM_CODES),
      level: z.enum(['urgent', 'soon']),
      about: z.record(text, z.union([text, count])),
    }),
  ),
  links: z.array(
    z.strictObject({
      edge: text,
      connected: z.boolean(),
      lastAnswerSeconds: orNull(count),
      spoolDepth: orNull(count),
      spoolOldestDays: orNull(count),
      inHand: count,
      lastDrainSeconds: orNull(count),
    }),
  ),
  engines: z.array(
    z.strictObject({
      name: database,
      state: z.enum(['reachable', 'away', 'not configured']),
      version: orNull(text),
      bytes: orNull(count),
    }),
  ),
  disk: orNull(z.strictObject({ freeBytes: count, totalBytes: count })),
  mail: z.strictObject({ waiting: count, failed: count, unknown: count, handedOver: count, caught: z.boolean() }),
  setAside: z.strictObject({ count, oldestDay: orNull(text) }),
  tasks: z.array(
    z.strictObject({
      name: text,
      cron: text,
      lastDay: orNull(text),
      ran: count,
      failed: count,
      lastFailed: z.boolean(),
      gone: orNull(count),
    }),
  ),
  rollUps: orNull(z.strictObject({ newestDay: orNull(text), stale: count })),
  keys: z.strictObject({
    keySetVersion: orNull(count),
    logVerified: z.boolean(),
    active: orNull(z.strictObject({ keyId: count, since: text, ageDays: count })),
    retired: z.array(z.strictObject({ keyId: count, destroyedOn: text })),
    rootPublicKey: orNull(text),
    masterKey: orNull(z.strictObject({ day: text })),
    dataKeys: count,
  }),
  backup: z.strictObject({ lastDay: orNull(text) }),
}) satisfies Answer<'GET /operations'>;

export const mailsAnswer = z.strictObject({
  mails: z.array(
    z.strictObject({
      id: z.uuid(),
      purpose: text,
      state: z.enum(['failed', 'unknown']),
      day: text,
      replyCode: orNull(count),
      attempts: count,
    }),
  ),
}) satisfies Answer<'GET /operations/mails'>;

export const queuedAnswer = z.strictObject({ queued: z.literal(true) });
export const retriedAnswer = z.strictObject({ left: count }) satisfies Answer<'POST /operations/set-aside/retry'>;
export const startedAnswer = z.strictObject({ started: z.literal(true) });
export const taskBody = z.strictObject({ name: z.string().max(80) });

const named = z.strictObject({ id: text, name: text });

export const settingsAnswer = z.strictObject({
  file: orNull(text),
  vendor: z.strictObject({ name: text, contactEmail: text, postalAddress: z.array(text), vaultName: text }),
  timeZone: text,
  statement: z.strictObject({ version: count, effective: text }),
  mail: z.strictObject({ from: text }),
  sites: z.array(
    z.strictObject({ id: text, name: text, hosts: z.array(text), events: z.array(text), geography: text }),
  ),
  suites: z.array(
    z.strictObject({
      id: text,
      name: text,
      version: text,
      productCode: count,
      editions: z.array(z.strictObject({ id: text, name: text, code: count })),
      applications: z.array(named),
      legacySerialPattern: orNull(text),
    }),
  ),
  retention: z.array(z.strictObject({ name: text, site: orNull(text), days: count })),
  edges: z.array(text),
  publicUrl: text,
  keeps: z.array(
    z.strictObject({
      purpose: text,
      table: text,
      database,
      why: text,
      promises: z.array(text),
      keptFor: z.strictObject({ en: text, de: text }),
      readers: z.array(text),
    }),
  ),
}) satisfies Answer<'GET /settings'>;

export const settingsCheckAnswer = z.strictObject({
  usable: z.boolean(),
  problems: z.array(text),
  changes: z.array(z.strictObject({ path: text, inForce: orNull(text), inFile: orNull(text) })),
}) satisfies Answer<'POST /settings/check'>;
