/** What other programs counted before: brought in as a job, listed, taken out again. */
import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { recordAct, staffOf } from '../../platform/audit/audit-log.ts';
import { isoDay } from '../../platform/day.ts';
import type { StaffContext, StaffRoute } from '../../platform/feature.ts';
import { addJob } from '../../platform/jobs/queries.ts';
import type { Services } from '../../platform/services.ts';
import { importParameters } from '../jobs/import-memory.ts';
import { visitRoute } from '../visit-route.ts';
import { isProgram } from './programs.ts';
import { findWorkingJob, listSumImports, removeSumImport } from './queries.ts';

const importSchema = z.strictObject({
  id: z.uuid(),
  site: z.string(),
  program: z.enum(['plausible', 'ga4']),
  fileName: z.string(),
  sums: z.int(),
  firstDay: z.iso.date().nullable(),
  lastDay: z.iso.date().nullable(),
  finished: z.iso.date().nullable().describe('Reporting day; null: it was interrupted.'),
});

export function sumImportRoutes(services: Services, clickhouse: ClickHouseClient): StaffRoute[] {
  const { config, db, keyring, clock } = services;

  /** Whether whoever asks sent the file up, and all of it is here. */
  async function isUploaded(id: string, { caller }: StaffContext): Promise<boolean> {
    const file = await db
      .selectFrom('job_files')
      .select(['asked_by', 'complete', 'role'])
      .where('id', '=', id)
      .executeTakeFirst();
    const own = caller.kind === 'member' && file?.asked_by === caller.staffId;
    return own && file?.role === 'input' && file.complete;
  }

  return [
    visitRoute('GET /visits/imports', {
      permission: 'visits:write',
      summary: 'The exports of other programs that were brought in as sums.',
      answer: z.strictObject({ imports: z.array(importSchema) }),
      async handle() {
        const imports = await listSumImports(db);
        return {
          imports: imports.flatMap(({ program, ...one }) => (isProgram(program) ? [{ ...one, program }] : [])),
        };
      },
    }),
    visitRoute('POST /visits/imports', {
      permission: 'visits:write',
      summary: 'Brings in an export of Plausible or Google Analytics 4 that was sent up, as a job.',
      body: importParameters,
      answer: z.strictObject({ jobId: z.uuid() }),
      async handle({ body }, context) {
        const { caller } = context;
        if (caller.kind !== 'member') return { refused: 'permission_missing' };
        if (!config.sites.some(({ id }) => id === body.site)) {
          return { refused: 'invalid_fields', fields: { site: 'value_unknown' } };
        }
        if (!(await isUploaded(body.file, context))) {
          return { refused: 'invalid_fields', fields: { file: 'value_unknown' } };
        }
        const day = isoDay(clock());
        const job = { kind: 'visits.import', parameters: body, total: null, askedBy: caller.staffId, day } as const;
        return db.transaction().execute(async (tx) => {
          const jobId = await addJob(tx, job);
          await recordAct(tx, keyring, { day, staff: staffOf(caller), act: 'visits-import-asked-for', about: jobId });
          return { jobId };
        });
      },
    }),
    visitRoute('DELETE /visits/imports/:id', {
      permission: 'visits:write',
      summary: 'Takes an import out again, with its figures.',
      answer: z.strictObject({ deleted: z.literal(true) }),
      async handle({ params: { id = '' } }, { caller }) {
        if (!z.uuid().safeParse(id).success) return { refused: 'not_found' };
        if (await findWorkingJob(db, id)) return { refused: 'import_under_way' };
        const known = await db.transaction().execute(async (tx) => {
          if (!(await removeSumImport(tx, clickhouse, id))) return false;
          const day = isoDay(clock());
          await recordAct(tx, keyring, { day, staff: staffOf(caller), act: 'visits-import-removed', about: id });
          return true;
        });
        return known ? { deleted: true } : { refused: 'not_found' };
      },
    }),
  ];
}
