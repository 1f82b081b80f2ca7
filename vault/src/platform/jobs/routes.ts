/** Jobs under `/api`. Which of them somebody sees, and may steer, is decided for each by its kind: a foreign one is not there. */
import type { AuditAct } from '@avow/protocol/staff/audit';
import type { JobState } from '@avow/protocol/staff/jobs';
import { permissionsOf } from '@avow/protocol/staff/roles';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { recordAct, staffOf } from '../audit/audit-log.ts';
import type { VaultTables } from '../database.ts';
import { isoDay } from '../day.ts';
import { type StaffContext, type StaffRoute, staffRoute } from '../feature.ts';
import type { Keyring } from '../keys/keyring.ts';
import { jobAnswer, jobListAnswer, nothing } from './answer-schemas.ts';
import type { JobKind } from './job-kind.ts';
import { findJob, type JobRow, listJobs, moveJob, wakeWorker } from './queries.ts';
import { type Asker, findResult, type JobTelling, tellJob } from './tell-job.ts';

const MOST_LISTED = 200;
const UNFINISHED: readonly JobState[] = ['waiting', 'running', 'paused'];

interface Seen {
  row: JobRow;
  kind: JobKind;
  asker: Asker;
}

export function jobRoutes(
  house: JobTelling & { kinds: () => readonly JobKind[]; keyring: Keyring; clock: () => Date },
): StaffRoute[] {
  const { db, kinds, files } = house;

  async function see(id: string | undefined, context: StaffContext): Promise<Seen | null> {
    const asker = askerOf(context);
    const row = asker && z.uuid().safeParse(id).success ? await findJob(db, id ?? '') : null;
    const kind = kinds().find((one) => one.kind === row?.kind);
    return row && kind && asker?.permissions.includes(kind.permissions.see) ? { row, kind, asker } : null;
  }

  /** Moves a job that the asker may steer; where it is in another state already, it is told as it is. */
  function steering(path: `/${string}`, summary: string, from: readonly JobState[], to: JobState): StaffRoute {
    return staffRoute({
      method: 'POST',
      path,
      permission: 'own account',
      summary,
      body: nothing,
      answer: jobAnswer,
      async handle({ params: { id } }, context) {
        const seen = await see(id, context);
        if (!seen) return { refused: 'not_found' };
        if (!seen.asker.permissions.includes(seen.kind.permissions.steer)) return { refused: 'permission_missing' };
        if (await moveJob(db, seen.row.id, from, to)) await wakeWorker(db);
        return tellJob(house, (await findJob(db, seen.row.id)) ?? seen.row, seen.kind, seen.asker);
      },
    });
  }

  function record(tx: Kysely<VaultTables>, { caller }: StaffContext, act: AuditAct, about: string): Promise<void> {
    return recordAct(tx, house.keyring, { day: isoDay(house.clock()), staff: staffOf(caller), act, about });
  }

  return [
    staffRoute({
      method: 'GET',
      path: '/jobs',
      permission: 'own account',
      summary: 'Jobs of the kinds that the asker may see, newest first.',
      answer: jobListAnswer,
      async handle(_asked, context) {
        const asker = askerOf(context);
        const seen = asker ? kinds().filter(({ permissions }) => asker.permissions.includes(permissions.see)) : [];
        const rows = await listJobs(
          db,
          seen.map(({ kind }) => kind),
          MOST_LISTED,
        );
        const told = rows.map((row) => {
          const kind = seen.find((one) => one.kind === row.kind);
          return kind && asker ? tellJob(house, row, kind, asker) : null;
        });
        return { jobs: (await Promise.all(told)).filter((job) => job !== null) };
      },
    }),
    staffRoute({
      method: 'GET',
      path: '/jobs/:id',
      permission: 'own account',
      summary: 'One job.',
      answer: jobAnswer,
      async handle({ params: { id } }, context) {
        const seen = await see(id, context);
        return seen ? tellJob(house, seen.row, seen.kind, seen.asker) : { refused: 'not_found' };
      },
    }),
    steering('/jobs/:id/pause', 'Stops it after the step in hand.', ['waiting', 'running'], 'paused'),
    steering('/jobs/:id/resume', 'Goes on where it stopped.', ['paused'], 'waiting'),
    steering('/jobs/:id/cancel', 'Ends it and takes back what it stored.', UNFINISHED, 'cancelling'),
    staffRoute({
      method: 'GET',
      path: '/jobs/:id/file',
      permission: 'own account',
      summary: 'The file that a job made.',
      answer: { mediaType: 'application/octet-stream' },
      async handle({ params: { id } }, context) {
        const seen = await see(id, context);
        const file = seen && (await findResult(db, seen.row.id));
        if (!file || !seen) return { refused: 'not_found' };
        // Whoever fetches what was made may do what made it: printable serials are not for reading along.
        if (!seen.asker.permissions.includes(seen.kind.permissions.steer)) return { refused: 'permission_missing' };
        await db.transaction().execute(async (tx) => {
          await tx
            .updateTable('job_files')
            .set((of) => ({ downloads: of('downloads', '+', 1) }))
            .where('id', '=', file.id)
            .execute();
          await record(tx, context, 'job-file-fetched', seen.row.id);
        });
        return new Response(ReadableStream.from(files.read(file)), {
          headers: {
            'content-type': file.media_type,
            'content-disposition': `attachment; filename="${file.name.replaceAll(/[^A-Za-z0-9._-]/g, '_')}"`,
          },
        });
      },
    }),
    staffRoute({
      method: 'DELETE',
      path: '/jobs/:id/file',
      permission: 'own account',
      summary: 'Destroys the file that a job made, before its days are over.',
      answer: jobAnswer,
      async handle({ params: { id } }, context) {
        const seen = await see(id, context);
        if (!seen) return { refused: 'not_found' };
        if (!seen.asker.permissions.includes(seen.kind.permissions.steer)) return { refused: 'permission_missing' };
        const file = await findResult(db, seen.row.id);
        if (file) {
          await db.transaction().execute(async (tx) => {
            await files.remove(tx, file.id);
            await record(tx, context, 'job-file-destroyed', seen.row.id);
          });
        }
        return tellJob(house, seen.row, seen.kind, seen.asker);
      },
    }),
  ];
}

/** Null for programs: what jobs do is answered for by people. */
export function askerOf({ caller }: StaffContext): Asker | null {
  return caller.kind === 'member' ? { staffId: caller.staffId, permissions: permissionsOf(caller.roles) } : null;
}
