/** Alerts and their episodes, in PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { VaultTables } from '../../platform/database.ts';
import type { IsoDay } from '../../platform/day.ts';
import type { VisitAlertsTable } from '../tables.ts';
import type { AlertRule } from './rule.ts';

type Database = Kysely<VaultTables>;
export type StoredAlert = Selectable<VisitAlertsTable>;

export async function createAlert(db: Database, rule: AlertRule, created: IsoDay): Promise<StoredAlert> {
  return db
    .insertInto('visit_alerts')
    .values({ id: randomUUID(), ...rule, created, episode_since: null, quiet_hours: 0 })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function listAlerts(db: Database): Promise<StoredAlert[]> {
  return db.selectFrom('visit_alerts').selectAll().orderBy('created').orderBy('id').execute();
}

export async function countAlerts(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('visit_alerts')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export async function deleteAlert(db: Database, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('visit_alerts').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Returns whether the episode begins now; else it goes on, or the alert was deleted meanwhile. */
export async function beginOrProlong(tx: Database, id: string, day: IsoDay): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('visit_alerts')
    .set({ episode_since: day, quiet_hours: 0 })
    .where('id', '=', id)
    .where('episode_since', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return true;
  await tx.updateTable('visit_alerts').set({ quiet_hours: 0 }).where('id', '=', id).execute();
  return false;
}

/** One more hour in which it was not so; with the last of `quietHours` the episode is over. */
export async function countQuietHour(tx: Database, id: string, quietHours: number): Promise<void> {
  await sql`/* visits.countQuietHour */
    UPDATE visit_alerts SET
      quiet_hours = CASE WHEN quiet_hours + 1 < ${quietHours} THEN quiet_hours + 1 ELSE 0 END,
      episode_since = CASE WHEN quiet_hours + 1 < ${quietHours} THEN episode_since END
    WHERE id = ${id} AND episode_since IS NOT NULL`.execute(tx);
}
