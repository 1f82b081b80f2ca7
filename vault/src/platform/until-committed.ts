import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { backOff } from './back-off.ts';
import { inTransaction } from './closing-writes.ts';
import type { VaultDatabase, VaultTables } from './database.ts';
import { isTransient } from './database-errors.ts';

/**
 * Runs `work` in a transaction until it is committed. Lost connections, serialisation failures and deadlocks are tried again for
 * `patienceMs`; any other error, and the abort of `stop`, throws. `work` may run more than once: it must change the database only.
 */
export async function untilCommitted<T>(
  db: VaultDatabase,
  work: (tx: Kysely<VaultTables>) => Promise<T>,
  patienceMs: number,
  stop: AbortSignal,
): Promise<T> {
  const start = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(db, work);
    } catch (error) {
      const wait = backOff(attempt, 10, 5_000);
      if (!isTransient(error) || performance.now() + wait - start > patienceMs) throw error;
      await sleep(wait, undefined, { signal: stop });
    }
  }
}
