/**
 * The serials of a job, stored step by step. They count once their batch is there, which is the last thing a job writes: until then
 * nobody can register one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { VaultTables } from '../../platform/database.ts';
import type { RunningJob } from '../../platform/jobs/job-kind.ts';
import { byPosition, type NewBatch, ONE_RUN, type StoredRow, type StoredSerial } from '../serial-store.ts';

type Tx = Kysely<VaultTables>;

const WAIT_FOR_OTHERS_MS = 500;

class OthersWrite extends Error {}

/** A step in which nobody else writes serials: two at once could draw the same one. Waits while `avow serials` does. */
export async function stepAlone(job: RunningJob, work: Parameters<RunningJob['step']>[0]): Promise<void> {
  for (;;) {
    try {
      return await job.step(async (tx) => {
        const { rows } = await sql<{ mine: boolean }>`
          /* serials.lockRuns */ SELECT pg_try_advisory_xact_lock(${ONE_RUN[0]}, ${ONE_RUN[1]}) AS mine`.execute(tx);
        if (!rows[0]?.mine) throw new OthersWrite();
        return work(tx);
      });
    } catch (error) {
      if (!(error instanceof OthersWrite)) throw error;
      await sleep(WAIT_FOR_OTHERS_MS);
    }
  }
}

export async function addSerials(tx: Tx, batchId: string, indexes: readonly Buffer[]): Promise<void> {
  if (indexes.length === 0) return;
  await sql`/* serials.add */ INSERT INTO serials (serial_index, batch_id)
    SELECT serial_index, ${batchId}::uuid FROM unnest(${indexes}::bytea[]) AS fresh (serial_index)`.execute(tx);
}

/** Those that are stored already, by their position in `indexes`. */
export async function findStored(tx: Tx, indexes: readonly Buffer[]): Promise<Map<number, StoredSerial>> {
  const { rows } = await sql<StoredRow>`
    /* serials.findStored */ SELECT asked.position, batch.product, batch.edition
    FROM unnest(${indexes}::bytea[]) WITH ORDINALITY AS asked (serial_index, position)
    JOIN serials USING (serial_index) LEFT JOIN serial_batches AS batch ON batch.id = serials.batch_id`.execute(tx);
  return byPosition(rows);
}

export async function addBatch(tx: Tx, { keyId, ...batch }: NewBatch): Promise<void> {
  await tx
    .insertInto('serial_batches')
    .values({ ...batch, key_id: keyId })
    .execute();
}

/** Takes back what an unfinished job stored. Batches that are there are never touched. */
export async function removeUnfinished(tx: Tx, batchIds: readonly string[]): Promise<void> {
  if (batchIds.length === 0) return;
  await sql`/* serials.removeUnfinished */ DELETE FROM serials WHERE batch_id = ANY (${batchIds}::uuid[])
    AND NOT EXISTS (SELECT FROM serial_batches WHERE serial_batches.id = serials.batch_id)`.execute(tx);
}
