/** Which batches came, in PostgreSQL: written before the first of a batch's rows goes into ClickHouse, confirmed after the last. */
import { sql } from 'kysely';
import type { VaultDatabase } from '../platform/database.ts';
import { addDays, type IsoDay } from '../platform/day.ts';
import type { VisitBatchesTable } from './tables.ts';

export type BatchState = VisitBatchesTable['state'];
export type PendingBatch = Pick<VisitBatchesTable, 'id' | 'events' | 'counts'>;

/** Batches that never came before are not in the answer. */
export async function findBatches(db: VaultDatabase, ids: readonly string[]): Promise<Map<string, BatchState>> {
  const rows = await db.selectFrom('visit_batches').select(['id', 'state']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, state }) => [id, state]));
}

export async function recordPending(db: VaultDatabase, batches: readonly PendingBatch[], day: IsoDay): Promise<void> {
  await db
    .insertInto('visit_batches')
    .values(batches.map((batch) => ({ ...batch, state: 'pending' as const, day })))
    // Nothing of it is stored: what is left out of it may have become more.
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(({ ref }) => ({ events: ref('excluded.events'), counts: ref('excluded.counts') })),
    )
    .execute();
}

/** `late`: days that were over when the batches came. If they are rolled up, that has to be done again. */
export async function confirmBatches(
  db: VaultDatabase,
  ids: readonly string[],
  late: readonly IsoDay[],
): Promise<void> {
  // What is said of a visit stands on the day it began, which may be the one before.
  const days = [...new Set(late.flatMap((day) => [day, addDays(day, -1)]))];
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('visit_batches').set({ state: 'confirmed' }).where('id', 'in', ids).execute();
    if (days.length === 0) return;
    await tx
      .updateTable('visit_rollup_days')
      .set({ stale: true, touched: sql`touched + 1` })
      .where('day', 'in', days)
      .execute();
  });
}

export function findPending(db: VaultDatabase): Promise<PendingBatch[]> {
  return db.selectFrom('visit_batches').select(['id', 'events', 'counts']).where('state', '=', 'pending').execute();
}

export async function forgetBatches(db: VaultDatabase, before: IsoDay): Promise<void> {
  await db.deleteFrom('visit_batches').where('day', '<', before).where('state', '=', 'confirmed').execute();
}

/** Another number than before: some worker of this vault has stored retried events since. */
export async function findRetryNumber(db: VaultDatabase): Promise<number> {
  const { rows } = await sql<{ n: number }>`/* visits.findRetryNumber */
    SELECT last_value::bigint AS n FROM visit_retries`.execute(db);
  return Number(rows[0]?.n);
}

/** Before retried events are stored, so that nobody misses them. Returns the new number. */
export async function countUpRetries(db: VaultDatabase): Promise<number> {
  const { rows } = await sql<{ n: number }>`/* visits.countUpRetries */ SELECT nextval('visit_retries') AS n`.execute(
    db,
  );
  return Number(rows[0]?.n);
}
