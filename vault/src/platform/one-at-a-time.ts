import { sql } from 'kysely';
import type { VaultDatabase } from './database.ts';

/**
 * Runs `work` while no other process of this vault runs anything under the same number. PostgreSQL's advisory lock goes with
 * the connection, however the process ends. `work` uses connections of its own.
 */
export function oneAtATime<T>(db: VaultDatabase, lock: number, work: () => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(lock)})`.execute(tx);
    return work();
  });
}
