/** Jobs as a feature: what is kept of them, for how long, and how staff see and steer them. */
import { addDays, isoDay } from '../day.ts';
import type { Feature, Kept } from '../feature.ts';
import type { Services } from '../services.ts';
import { openJobFiles } from './files.ts';
import type { JobKind } from './job-kind.ts';
import { forgetJobs } from './queries.ts';
import { jobRoutes } from './routes.ts';
import type { JobTelling } from './tell-job.ts';
import { uploadRoutes } from './upload-routes.ts';

const JOB_DAYS = 90;

function keeps(fileDays: number): readonly Kept[] {
  const days = { en: `${fileDays} days`, de: `${fileDays} Tage` };
  return [
    {
      table: 'jobs',
      database: 'vault',
      why: 'Long work that staff asked for: how far it is and what came of it, in figures.',
      promises: ['W7'],
      keptFor: { en: `${JOB_DAYS} days`, de: `${JOB_DAYS} Tage` },
      readers: ['product', 'marketing', 'administrator'],
      shuffled: false,
    },
    {
      table: 'job_files',
      database: 'vault',
      why: 'Which files staff sent up, and which were made for them.',
      promises: ['W7'],
      keptFor: days,
      readers: ['product', 'marketing'],
      shuffled: false,
    },
    {
      table: 'job_file_chunks',
      database: 'vault',
      why: 'The contents of those files, encrypted with the key of their week.',
      promises: ['W7'],
      keptFor: days,
      readers: ['product', 'marketing'],
      shuffled: false,
    },
  ];
}

export function createJobs(
  services: Services,
  house: { kinds: () => readonly JobKind[]; nameOf: JobTelling['nameOf'] },
): Feature {
  const { config, db, clock } = services;
  const files = openJobFiles(services);
  const fileDays = config.retention.jobFileDays;
  return {
    name: 'jobs',
    accepts: [],
    staffRoutes: [
      ...jobRoutes({ db, keyring: services.keyring, clock, files, fileDays, ...house }),
      ...uploadRoutes({ db, files, kinds: house.kinds }),
    ],
    keeps: keeps(fileDays),
    schedule: [
      {
        name: 'jobs.forget',
        cron: '34 0 * * *',
        async run() {
          const today = isoDay(clock());
          const gone = await files.forgetBefore(addDays(today, -fileDays));
          return gone + (await forgetJobs(db, addDays(today, -JOB_DAYS)));
        },
      },
    ],
    tellPerson: async () => ({}),
    forgetPerson: async () => ({ stays: [] }),
  };
}
