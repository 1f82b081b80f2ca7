/**
 * Rows that a transaction writes and does not look at again go to the database together, in one statement just before the
 * commit, instead of a round trip each. They are still all of this transaction: written with it, or not at all.
 */
import { type Kysely, type OperationNodeSource, sql } from 'kysely';
import type { VaultDatabase, VaultTables } from './database.ts';

type Transaction = Kysely<VaultTables>;

/** An INSERT or UPDATE; those of one transaction must not concern the same row, for their order is not kept. */
export interface ClosingWrite extends OperationNodeSource {
  execute(): Promise<unknown>;
}

interface Closing {
  writes: ClosingWrite[];
  acts: Set<(db: VaultDatabase) => void>;
}

const closings = new WeakMap<Transaction, Closing>();

/** Before the commit where the transaction is one of `inTransaction`, otherwise at once. */
export async function writeAtClosing(tx: Transaction, write: ClosingWrite): Promise<void> {
  const closing = closings.get(tx);
  if (closing) closing.writes.push(write);
  else await write.execute();
}

/** Has `act` called once after the commit, however often it was asked for; false where the transaction is none of ours. */
export function afterCommit(tx: Transaction, act: (db: VaultDatabase) => void): boolean {
  const closing = closings.get(tx);
  closing?.acts.add(act);
  return closing !== undefined;
}

async function writeAll(tx: Transaction, writes: readonly ClosingWrite[]): Promise<void> {
  if (writes.length === 0) return;
  const parts = writes.map((write, n) => sql`${sql.id(`write_${n}`)} AS (${write})`);
  await sql`/* closing writes */ WITH ${sql.join(parts)} SELECT`.execute(tx);
}

/** Runs `work` in a transaction that ends with its closing writes. */
export async function inTransaction<T>(db: VaultDatabase, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const closing: Closing = { writes: [], acts: new Set() };
  const result = await db.transaction().execute(async (tx) => {
    closings.set(tx, closing);
    const done = await work(tx);
    await writeAll(tx, closing.writes);
    return done;
  });
  for (const act of closing.acts) act(db);
  return result;
}
