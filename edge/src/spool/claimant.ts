/**
 * A process that claims spool items shows that it lives by holding an advisory lock with its number: PostgreSQL lets go of it
 * the moment the process is gone. So claims of the dead can be told from those of the living, without clocks or heartbeats,
 * also where several edges share one database.
 */
import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { EdgeDatabase } from '../platform/database.ts';
import './tables.ts';

/** Class of our advisory locks ("Avow" in ASCII). */
const LOCK_CLASS = 0x41766f77;

const living = sql`
  SELECT objid::bigint FROM pg_locks
  WHERE locktype = 'advisory' AND classid = ${sql.lit(LOCK_CLASS)}
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

export interface Claimant {
  number: number;
  /** Makes sure that we count as living, and frees the claims of the dead. Returns how many items came free. */
  freeDeadClaims(): Promise<number>;
  leave(): Promise<void>;
}

/** Takes one connection of the pool for as long as it lives. */
export async function enterAsClaimant(db: EdgeDatabase): Promise<Claimant> {
  const number = randomInt(1, 2 ** 31);
  let leaveConnection = () => {};
  let held: Promise<void> = Promise.resolve();

  async function hold(): Promise<void> {
    const entered = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    leaveConnection = left.resolve;
    held = db
      .connection()
      .execute(async (connection) => {
        await sql`SELECT pg_advisory_lock(${sql.lit(LOCK_CLASS)}, ${number}::integer)`.execute(connection);
        entered.resolve();
        await left.promise;
        // The connection goes back into the pool; without this the lock would stay on it.
        await sql`SELECT pg_advisory_unlock(${sql.lit(LOCK_CLASS)}, ${number}::integer)`.execute(connection);
      })
      .catch((error: unknown) => entered.reject(error));
    await entered.promise;
  }

  async function leave(): Promise<void> {
    leaveConnection();
    await held;
  }

  async function stillHeld(): Promise<boolean> {
    const { rows } = await sql`/* spool.stillHeld */ SELECT FROM (${living}) AS l WHERE objid = ${number}`.execute(db);
    return rows.length > 0;
  }

  await hold();
  return {
    number,
    async freeDeadClaims() {
      if (!(await stillHeld())) {
        await leave();
        await hold();
      }
      const { numAffectedRows } = await sql`/* spool.freeDeadClaims */
        UPDATE spool_items SET claimed_by = NULL
        WHERE claimed_by IS NOT NULL AND claimed_by NOT IN (${living})`.execute(db);
      return Number(numAffectedRows ?? 0);
    },
    leave,
  };
}
