/**
 * Files of jobs, in pieces, encrypted with the key of their week: what came up and what is to be fetched. In the database, so that
 * a step writes its piece of the result in its own transaction, and every worker has them.
 */
import { randomUUID } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { VaultDatabase, VaultTables } from '../database.ts';
import { addDays, type IsoDay, isoDay } from '../day.ts';
import type { Keyring } from '../keys/keyring.ts';
import { openPeriodKeys } from '../period-keys.ts';
import type { JobFilesTable } from './tables.ts';

type Transaction = Kysely<VaultTables>;

const FILE_KEY = 'job files';

export interface NewFile {
  jobId: string | null;
  role: 'input' | 'result';
  askedBy: string;
  name: string;
  mediaType: string;
  /** Known of what is sent up; null of what a job writes. */
  expectedBytes: number | null;
}

export type JobFile = Selectable<JobFilesTable>;

export interface JobFiles {
  create(tx: Transaction, file: NewFile): Promise<JobFile>;
  find(tx: Transaction, id: string): Promise<JobFile | null>;
  /** Writing a piece a second time replaces it. */
  write(tx: Transaction, file: JobFile, number: number, content: Uint8Array): Promise<void>;
  /** The pieces in their order, from number `first` on, decrypted. Throws KeyDestroyed when its days are over. */
  read(file: JobFile, first?: number): AsyncGenerator<Buffer>;
  size(tx: Transaction, id: string): Promise<{ bytes: number; pieces: number }>;
  remove(tx: Transaction, id: string): Promise<void>;
  /** Removes files of days before, and with their keys what backups hold of them. */
  forgetBefore(day: IsoDay): Promise<number>;
}

const contextOf = (fileId: string, number: number) => `job_file_chunks/${fileId}/${number}`;

export function openJobFiles(house: { db: VaultDatabase; keyring: Keyring; clock: () => Date }): JobFiles {
  const { db, keyring, clock } = house;
  const periodKeys = openPeriodKeys(db, keyring);

  async function find(tx: Transaction, id: string): Promise<JobFile | null> {
    return (await tx.selectFrom('job_files').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
  }

  return {
    find,

    async create(tx, file) {
      const day = isoDay(clock());
      const { id: data_key_id } = await periodKeys.current(FILE_KEY, day);
      return tx
        .insertInto('job_files')
        .values({
          id: randomUUID(),
          job_id: file.jobId,
          role: file.role,
          asked_by: file.askedBy,
          name: file.name,
          media_type: file.mediaType,
          expected_bytes: file.expectedBytes,
          data_key_id,
          day,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
    },

    async write(tx, file, number, content) {
      const key = await keyring.dataKey(file.data_key_id);
      const row = { bytes: content.length, content: key.encryptBytes(content, contextOf(file.id, number)) };
      await tx
        .insertInto('job_file_chunks')
        .values({ file_id: file.id, number, ...row })
        .onConflict((conflict) => conflict.columns(['file_id', 'number']).doUpdateSet(row))
        .execute();
    },

    async *read(file, first = 0) {
      const key = await keyring.dataKey(file.data_key_id);
      for (let number = first; ; number += 1) {
        const piece = await db
          .selectFrom('job_file_chunks')
          .select('content')
          .where('file_id', '=', file.id)
          .where('number', '=', number)
          .executeTakeFirst();
        if (!piece) return;
        yield key.decryptBytes(piece.content, contextOf(file.id, number));
      }
    },

    async size(tx, id) {
      const { bytes, pieces } = await tx
        .selectFrom('job_file_chunks')
        .select((of) => [
          of.fn.coalesce(of.fn.sum<number>('bytes'), of.lit(0)).as('bytes'),
          of.fn.countAll<number>().as('pieces'),
        ])
        .where('file_id', '=', id)
        .executeTakeFirstOrThrow();
      return { bytes: Number(bytes), pieces };
    },

    async remove(tx, id) {
      await tx.deleteFrom('job_files').where('id', '=', id).execute();
    },

    async forgetBefore(day) {
      const { numDeletedRows } = await db.deleteFrom('job_files').where('day', '<', day).executeTakeFirst();
      await periodKeys.forgetBefore(FILE_KEY, day);
      return Number(numDeletedRows);
    },
  };
}

/** The last day on which a file made on `day` can be fetched. */
export function keptThrough(day: IsoDay, keptDays: number): IsoDay {
  return addDays(day, keptDays);
}
