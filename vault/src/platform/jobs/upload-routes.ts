/**
 * Files that come up, piece by piece: what broke off goes on where it was. Only whoever began an upload sees it. A file of which all
 * pieces are here is complete, and can be named when a job is asked for.
 */
import { z } from 'zod';
import type { VaultDatabase } from '../database.ts';
import { type StaffContext, type StaffRoute, staffRoute } from '../feature.ts';
import { uploadAnswer, uploadRequest, uploadStateAnswer } from './answer-schemas.ts';
import type { JobFile, JobFiles } from './files.ts';
import type { JobKind } from './job-kind.ts';
import { PIECE_BYTES } from './read-range.ts';
import { askerOf } from './routes.ts';

/** More is for `avow`, on the machine itself. */
const MOST_BYTES = 256 * 1024 ** 2;
/** Of one member of staff, not yet used. */
const MOST_UPLOADS = 20;

const piecesOf = (bytes: number) => Math.ceil(bytes / PIECE_BYTES);

export function uploadRoutes(house: {
  db: VaultDatabase;
  files: JobFiles;
  kinds: () => readonly JobKind[];
}): StaffRoute[] {
  const { db, files, kinds } = house;

  async function own(id: string | undefined, context: StaffContext): Promise<JobFile | null> {
    const asker = askerOf(context);
    const file = asker && z.uuid().safeParse(id).success ? await files.find(db, id ?? '') : null;
    return file && file.asked_by === asker?.staffId && file.role === 'input' ? file : null;
  }

  async function tell(file: JobFile) {
    const rows = await db
      .selectFrom('job_file_chunks')
      .select('number')
      .where('file_id', '=', file.id)
      .orderBy('number')
      .execute();
    const pieces = piecesOf(file.expected_bytes ?? 0);
    return { id: file.id, pieceBytes: PIECE_BYTES, pieces, have: rows.map(({ number }) => number) };
  }

  return [
    staffRoute({
      method: 'POST',
      path: '/uploads',
      permission: 'own account',
      summary: 'Begins to send a file up.',
      body: uploadRequest,
      answer: uploadAnswer,
      async handle({ body: { name, bytes, mediaType } }, context) {
        const asker = askerOf(context);
        const may = asker && kinds().some(({ permissions }) => asker.permissions.includes(permissions.steer));
        if (!may) return { refused: 'permission_missing' };
        if (bytes > MOST_BYTES) return { refused: 'too_large' };
        const { count } = await db
          .selectFrom('job_files')
          .select((of) => of.fn.countAll<number>().as('count'))
          .where('asked_by', '=', asker.staffId)
          .where('role', '=', 'input')
          .executeTakeFirstOrThrow();
        if (count >= MOST_UPLOADS) return { refused: 'too_many_requests' };
        const file = await files.create(db, {
          jobId: null,
          role: 'input',
          askedBy: asker.staffId,
          name,
          mediaType,
          expectedBytes: bytes,
        });
        return { id: file.id, pieceBytes: PIECE_BYTES, pieces: piecesOf(bytes) };
      },
    }),
    staffRoute({
      method: 'GET',
      path: '/uploads/:id',
      permission: 'own account',
      summary: 'Which pieces of a file are here.',
      answer: uploadStateAnswer,
      async handle({ params: { id } }, context) {
        const file = await own(id, context);
        return file ? tell(file) : { refused: 'not_found' };
      },
    }),
    staffRoute({
      method: 'PUT',
      path: '/uploads/:id/pieces/:number',
      permission: 'own account',
      summary: 'One piece of a file: 1 MiB, the last one what is left.',
      bytes: PIECE_BYTES,
      answer: uploadStateAnswer,
      async handle({ params: { id, number }, body }, context) {
        const file = await own(id, context);
        if (!file || !(body instanceof Uint8Array)) return { refused: 'not_found' };
        const expected = file.expected_bytes ?? 0;
        const at = /^\d{1,6}$/.test(number ?? '') ? Number(number) : -1;
        const due = Math.min(PIECE_BYTES, expected - at * PIECE_BYTES);
        if (file.complete || at < 0 || due <= 0 || body.length !== due) return { refused: 'malformed' };
        await files.write(db, file, at, body);
        const state = await tell(file);
        if (state.have.length === state.pieces) {
          await db.updateTable('job_files').set({ complete: true }).where('id', '=', file.id).execute();
        }
        return state;
      },
    }),
    staffRoute({
      method: 'DELETE',
      path: '/uploads/:id',
      permission: 'own account',
      summary: 'Destroys a file that was sent up.',
      answer: z.strictObject({ deleted: z.literal(true) }),
      async handle({ params: { id } }, context) {
        const file = await own(id, context);
        if (!file) return { refused: 'not_found' };
        await files.remove(db, file.id);
        return { deleted: true };
      },
    }),
  ];
}
