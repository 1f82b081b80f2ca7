/** Serials under `/api`, on one page. */
import type { Refusal } from '@avow/protocol/refusals';
import { z } from 'zod';
import { recordAct, staffOf } from '../platform/audit/audit-log.ts';
import type { VaultDatabase } from '../platform/database.ts';
import { isoDay } from '../platform/day.ts';
import { type StaffContext, type StaffRoute, staffRoute } from '../platform/feature.ts';
import { addJob, type NewJob } from '../platform/jobs/queries.ts';
import type { Services } from '../platform/services.ts';
import { answerHold } from './answer-hold.ts';
import { checkSerial } from './check-serial.ts';
import {
  countRegistered,
  countRegistrations,
  findBatch,
  listBatches,
  listHolds,
  listTransfers,
  soldSuites,
} from './desk-of-staff.ts';
import { GENERATE } from './jobs/generate-job.ts';
import { IMPORT } from './jobs/import-job.ts';
import { editionsOf, findEdition } from './products-sold.ts';
import {
  alarmsAnswer,
  batchAnswer,
  batchesAnswer,
  checkAnswer,
  checkBody,
  endedAnswer,
  generateBody,
  holdBody,
  holdsAnswer,
  importBody,
  jobAnswer,
  productsAnswer,
  settledAnswer,
  transfersAnswer,
} from './staff-schemas.ts';
import { endTransferCode } from './transfers.ts';

export function serialStaffRoutes(services: Services): StaffRoute[] {
  const { config, db, keyring, clock } = services;
  const today = () => isoDay(clock());
  const valueUnknown = (field: string): Refusal => ({
    refused: 'invalid_fields',
    fields: { [field]: 'value_unknown' },
  });

  async function ask(tx: VaultDatabase, { caller }: StaffContext, job: Pick<NewJob, 'kind' | 'parameters' | 'total'>) {
    if (caller.kind !== 'member') return { refused: 'permission_missing' } as const;
    return tx.transaction().execute(async (within) => {
      const jobId = await addJob(within, { ...job, askedBy: caller.staffId, day: today() });
      await recordAct(within, keyring, {
        day: today(),
        staff: staffOf(caller),
        act: 'serials-asked-for',
        about: jobId,
      });
      return { jobId };
    });
  }

  return [
    staffRoute({
      method: 'GET',
      path: '/serials/products',
      permission: 'serials:read',
      summary: 'The suites and editions for which there are serials.',
      answer: productsAnswer,
      handle: async () => ({ suites: soldSuites(config) }),
    }),
    staffRoute({
      method: 'GET',
      path: '/serials/batches',
      permission: 'serials:read',
      summary: 'All batches, newest first.',
      answer: batchesAnswer,
      async handle() {
        const [batches, registered] = await Promise.all([listBatches(db, config), countRegistered(db)]);
        const serials = batches.reduce((sum, batch) => sum + batch.serials, 0);
        return { batches, totals: { batches: batches.length, serials, registered } };
      },
    }),
    staffRoute({
      method: 'GET',
      path: '/serials/batches/:id',
      permission: 'serials:read',
      summary: 'A batch, and how many of its serials are registered.',
      answer: batchAnswer,
      async handle({ params: { id } }) {
        const batch = isId(id) ? await findBatch(db, config, id) : null;
        return batch ? { batch, registrations: await countRegistrations(db, batch.id) } : { refused: 'not_found' };
      },
    }),
    staffRoute({
      method: 'POST',
      path: '/serials/batches',
      permission: 'serials:write',
      summary: 'Makes a batch of serials, as a job; its file has them, one a line.',
      body: generateBody,
      answer: jobAnswer,
      async handle({ body }, context) {
        if (!findEdition(config, body.suite, body.edition)) return valueUnknown('edition');
        return ask(db, context, { kind: GENERATE, parameters: body, total: body.count });
      },
    }),
    staffRoute({
      method: 'POST',
      path: '/serials/imports',
      permission: 'serials:write',
      summary: 'Imports serials sold before from a file that was sent up, as a job.',
      body: importBody,
      answer: jobAnswer,
      async handle({ body }, context) {
        const { caller } = context;
        const editions = editionsOf(config, body.suite);
        if (!editions[0]?.legacySerialPattern) return valueUnknown('suite');
        if (body.edition !== null && !findEdition(config, body.suite, body.edition)) return valueUnknown('edition');
        const file = await db
          .selectFrom('job_files')
          .select(['asked_by', 'complete', 'role', 'expected_bytes'])
          .where('id', '=', body.file)
          .executeTakeFirst();
        const own = caller.kind === 'member' && file?.asked_by === caller.staffId && file.role === 'input';
        if (!file?.complete || !own) return valueUnknown('file');
        return ask(db, context, { kind: IMPORT, parameters: body, total: file.expected_bytes });
      },
    }),
    staffRoute({
      method: 'POST',
      path: '/serials/check',
      permission: 'serials:read',
      summary: 'Whether a serial is genuine, what it is for, and how many registered it.',
      body: checkBody,
      answer: checkAnswer,
      async handle({ body }) {
        const checked = await checkSerial(services, body.serial);
        if (!checked.genuine) return checked;
        const { serial, kind, title, batch, registrations } = checked;
        return { genuine: true, serial, kind, title, batch, ...registrations };
      },
    }),
    staffRoute({
      method: 'GET',
      path: '/serials/holds',
      permission: 'serials:read',
      summary: 'Second registrations about which an owner is being asked.',
      answer: holdsAnswer,
      handle: async () => ({ holds: await listHolds(db, config) }),
    }),
    staffRoute({
      method: 'POST',
      path: '/serials/holds/:id/answer',
      permission: 'serials:write',
      summary: 'Settles one in the place of its owner, who told staff the answer.',
      body: holdBody,
      answer: settledAnswer,
      async handle({ params: { id }, body }, { caller }) {
        if (!isId(id)) return { refused: 'not_found' };
        const settled = await db.transaction().execute(async (tx) => {
          if (!(await answerHold(services, tx, id, body.answer, today()))) return false;
          await recordAct(tx, keyring, { day: today(), staff: staffOf(caller), act: 'hold-settled', about: id });
          return true;
        });
        return settled ? { settled: true } : { refused: 'not_found' };
      },
    }),
    staffRoute({
      method: 'GET',
      path: '/serials/transfers',
      permission: 'serials:read',
      summary: 'Transfer codes that owners asked for and nobody has used yet.',
      answer: transfersAnswer,
      handle: async () => ({ transfers: await listTransfers(db, config, today()) }),
    }),
    staffRoute({
      method: 'DELETE',
      path: '/serials/transfers/:id',
      permission: 'serials:write',
      summary: 'Ends a transfer code before it is used.',
      answer: endedAnswer,
      async handle({ params: { id } }, { caller }) {
        if (!isId(id)) return { refused: 'not_found' };
        const ended = await db.transaction().execute(async (tx) => {
          if (!(await endTransferCode(tx, id))) return false;
          await recordAct(tx, keyring, { day: today(), staff: staffOf(caller), act: 'transfer-ended', about: id });
          return true;
        });
        return ended ? { ended: true } : { refused: 'not_found' };
      },
    }),
    staffRoute({
      method: 'GET',
      path: '/serials/alarms',
      permission: 'serials:read',
      summary: 'How often something odd was tried with serials, by day.',
      answer: alarmsAnswer,
      handle: async () => ({
        alarms: await db
          .selectFrom('serial_alarms')
          .select(['day', 'what', 'count'])
          .orderBy('day', 'desc')
          .orderBy('what')
          .limit(200)
          .execute(),
      }),
    }),
  ];
}

function isId(text: string | undefined): text is string {
  return z.uuid().safeParse(text).success;
}
