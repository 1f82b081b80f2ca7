/** Which days are rolled up, in PostgreSQL. */
import { sql } from 'kysely';
import type { VaultDatabase } from '../platform/database.ts';
import type { IsoDay } from '../platform/day.ts';
import './tables.ts';

/** What a day that is rolled up today has: 2 came with exit pages and `visit_days`. */
const SHAPE = 2;

/** A day that can be read from the roll-ups. */
export interface RolledUpDay {
  day: IsoDay;
  /** Whether it has all that is rolled up today. */
  whole: boolean;
  /** The day on which the first of its events was stored: from then on they are kept for their days. */
  oldestReceived: IsoDay | null;
  /** Another number, other sums. */
  builds: number;
}

/** The days, both ends included and in order, that can be read from the roll-ups; the others from the events. */
export async function findRolledUpDays(db: VaultDatabase, from: IsoDay, to: IsoDay): Promise<RolledUpDay[]> {
  const rows = await db
    .selectFrom('visit_rollup_days')
    .select(['day', 'shape', 'oldest_received', 'builds'])
    .where('day', '>=', from)
    .where('day', '<=', to)
    .where('stale', '=', false)
    .orderBy('day')
    .execute();
  return rows.map((row) => ({
    day: row.day,
    whole: row.shape >= SHAPE,
    oldestReceived: row.oldest_received,
    builds: row.builds,
  }));
}

/** Those that need not be rolled up again. */
export async function findCurrentDays(db: VaultDatabase, from: IsoDay, to: IsoDay): Promise<Set<IsoDay>> {
  const days = await findRolledUpDays(db, from, to);
  return new Set(days.filter(({ whole }) => whole).map(({ day }) => day));
}

/** Those that may be rolled up: not the ones whose events have begun to expire. */
export async function withoutExpired(
  db: VaultDatabase,
  days: readonly IsoDay[],
  beganToExpire: IsoDay,
): Promise<IsoDay[]> {
  if (days.length === 0) return [];
  const expired = await db
    .selectFrom('visit_rollup_days')
    .select('day')
    .where('day', 'in', days)
    .where('oldest_received', '<=', beganToExpire)
    .execute();
  const gone = new Set(expired.map(({ day }) => day));
  return days.filter((day) => !gone.has(day));
}

/** Until `markBuilt` they are read from the events. Returns what has to be given to it. */
export async function markStale(db: VaultDatabase, days: readonly IsoDay[]): Promise<Map<IsoDay, number>> {
  const rows = await db
    .insertInto('visit_rollup_days')
    .values(days.map((day) => ({ day, stale: true, touched: 0, oldest_received: null, shape: SHAPE })))
    .onConflict((conflict) => conflict.column('day').doUpdateSet({ stale: true }))
    .returning(['day', 'touched'])
    .execute();
  return new Map(rows.map(({ day, touched }) => [day, touched]));
}

/** Days to which a batch was added meanwhile stay stale. */
export async function markBuilt(
  db: VaultDatabase,
  days: readonly { day: IsoDay; touched: number; oldestReceived: IsoDay | null }[],
): Promise<void> {
  for (const { day, touched, oldestReceived } of days) {
    await db
      .updateTable('visit_rollup_days')
      .set({
        stale: sql`touched <> ${touched}`,
        oldest_received: oldestReceived,
        shape: SHAPE,
        builds: sql`builds + 1`,
      })
      .where('day', '=', day)
      .execute();
  }
}

/** Days that were rolled up at any time, or began to be. */
export async function findKnownDays(db: VaultDatabase, from: IsoDay, to: IsoDay): Promise<Set<IsoDay>> {
  const rows = await db
    .selectFrom('visit_rollup_days')
    .select('day')
    .where('day', '>=', from)
    .where('day', '<=', to)
    .execute();
  return new Set(rows.map(({ day }) => day));
}

/** How far the roll-ups reach, and how many days wait to be rolled up anew. */
export async function readRollUpState(db: VaultDatabase): Promise<{ newestDay: IsoDay | null; stale: number }> {
  return db
    .selectFrom('visit_rollup_days')
    .select((of) => [
      of.fn.max<IsoDay | null>('day').filterWhere('stale', '=', false).as('newestDay'),
      of.fn.countAll<number>().filterWhere('stale', '=', true).as('stale'),
    ])
    .executeTakeFirstOrThrow();
}

/** Days of which events have expired cannot be rolled up again: what stands there is the best there is from now on. */
export async function settleExpired(db: VaultDatabase, beganToExpire: IsoDay): Promise<void> {
  await db
    .updateTable('visit_rollup_days')
    .set({ stale: false, builds: sql`builds + 1` })
    .where('stale', '=', true)
    .where('oldest_received', '<=', beganToExpire)
    .execute();
}
