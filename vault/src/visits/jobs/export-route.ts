/** Single events asked for as a file. */
import { z } from 'zod';
import { recordAct, staffOf } from '../../platform/audit/audit-log.ts';
import { daysBetween, isoDay } from '../../platform/day.ts';
import type { StaffRoute } from '../../platform/feature.ts';
import { addJob } from '../../platform/jobs/queries.ts';
import type { Services } from '../../platform/services.ts';
import { visitRoute } from '../visit-route.ts';
import { exportParameters } from './export-events-job.ts';

const MOST_DAYS = 3_660;

export function exportRoute({ config, db, keyring, clock }: Services): StaffRoute {
  return visitRoute('POST /visits/exports', {
    permission: 'visits:export',
    summary: 'The single events of a period in a file, as a job.',
    body: exportParameters,
    answer: z.strictObject({ jobId: z.uuid() }),
    async handle({ body }, { caller }) {
      if (caller.kind !== 'member') return { refused: 'permission_missing' };
      if (body.site !== null && !config.sites.some(({ id }) => id === body.site)) {
        return { refused: 'invalid_fields', fields: { site: 'value_unknown' } };
      }
      const days = daysBetween(body.from, body.to) + 1;
      if (days < 1 || days > MOST_DAYS) return { refused: 'invalid_fields', fields: { to: 'value_unknown' } };
      const day = isoDay(clock());
      const job = { kind: 'visits.export', parameters: body, total: days, askedBy: caller.staffId, day } as const;
      return db.transaction().execute(async (tx) => {
        const jobId = await addJob(tx, job);
        await recordAct(tx, keyring, { day, staff: staffOf(caller), act: 'visits-export-asked-for', about: jobId });
        return { jobId };
      });
    },
  });
}
