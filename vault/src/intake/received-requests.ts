/** Replay marks: which encapsulated keys were seen, under which spool id, and the answer in case the item comes again. */
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { writeAtClosing } from '../platform/closing-writes.ts';
import type { VaultTables } from '../platform/database.ts';
import './tables.ts';

type Transaction = Kysely<VaultTables>;

export interface ReceivedBefore {
  spoolId: string;
  answer: Buffer | null;
}

/** Identifies the request without keeping the encapsulated key, which together with the gateway's key would open the answer. */
export function markOf(opened: { keyId: number; enc: Uint8Array }): Buffer {
  return createHash('sha256').update(Uint8Array.of(opened.keyId)).update(opened.enc).digest();
}

/** Sets the mark and returns null, or returns what the mark says; of two at the same moment the second waits for the first. */
export async function markReceived(
  tx: Transaction,
  request: { mark: Buffer; spoolId: string; day: string },
): Promise<ReceivedBefore | null> {
  const { mark, spoolId, day } = request;
  const inserted = await tx
    .insertInto('received_requests')
    .values({ mark, spool_id: spoolId, answer: null, day })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 1n) return null;
  const before = await tx
    .selectFrom('received_requests')
    .select(['spool_id as spoolId', 'answer'])
    .where('mark', '=', mark)
    .executeTakeFirstOrThrow();
  return before;
}

export async function keepSealedAnswer(tx: Transaction, mark: Buffer, answer: Uint8Array): Promise<void> {
  await writeAtClosing(
    tx,
    tx
      .updateTable('received_requests')
      .set({ answer: Buffer.from(answer) })
      .where('mark', '=', mark),
  );
}

/** Answers go after the day, marks before `marksBefore` (ISO date). */
export async function forgetReceived(db: Transaction, today: string, marksBefore: string): Promise<void> {
  await db.deleteFrom('received_requests').where('day', '<', marksBefore).execute();
  await db
    .updateTable('received_requests')
    .set({ answer: null })
    .where('day', '<', today)
    .where('answer', 'is not', null)
    .execute();
}
