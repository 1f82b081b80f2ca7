/** A job as whoever may see it is told of it. */
import type { Job } from '@avow/protocol/staff/jobs';
import type { Permission } from '@avow/protocol/staff/roles';
import type { VaultDatabase } from '../database.ts';
import { type JobFile, type JobFiles, keptThrough } from './files.ts';
import type { JobKind } from './job-kind.ts';
import type { JobRow } from './queries.ts';

export interface Asker {
  staffId: string;
  permissions: readonly Permission[];
}

export interface JobTelling {
  db: VaultDatabase;
  files: JobFiles;
  fileDays: number;
  /** Null of somebody who is no member of staff any more. */
  nameOf(staffId: string): Promise<string | null>;
}

export async function tellJob(house: JobTelling, row: JobRow, kind: JobKind, asker: Asker): Promise<Job> {
  const { db, files, fileDays, nameOf } = house;
  const { total, per_second: perSecond, done } = row;
  const left = total === null ? null : Math.max(0, total - done);
  const file = await findResult(db, row.id);
  const { about, figures } = kind.tell(row);
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    askedBy: { name: await nameOf(row.asked_by), you: row.asked_by === asker.staffId },
    day: row.day,
    done,
    total,
    perSecond,
    secondsLeft: left !== null && perSecond !== null && perSecond > 0 ? left / perSecond : null,
    about,
    figures,
    problem: row.problem === null ? null : { code: row.problem, detail: row.detail ?? '' },
    file: file && {
      id: file.id,
      name: file.name,
      mediaType: file.media_type,
      bytes: (await files.size(db, file.id)).bytes,
      keptThrough: keptThrough(file.day, fileDays),
      downloads: file.downloads,
    },
    steerable: asker.permissions.includes(kind.permissions.steer),
  };
}

/** The result of a job that is done. */
export async function findResult(db: VaultDatabase, jobId: string): Promise<JobFile | null> {
  const row = await db
    .selectFrom('job_files')
    .selectAll()
    .where('job_id', '=', jobId)
    .where('role', '=', 'result')
    .where('complete', '=', true)
    .executeTakeFirst();
  return row ?? null;
}
