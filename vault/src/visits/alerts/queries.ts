/** Alerts and their episodes, in PostgreSQL. */
import { randomUUID } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { VaultTables } from '../../platform/database.ts';
import type { IsoDay } from '../../platform/day.ts';
import type { VisitAlertsTable } from '../tables.ts';
import type { AlertRule } from './rule.ts';

type Database = Kysely<VaultTables>;
export type StoredAlert = Selectable<VisitAlertsTable>;

export async function createAlert(db: Database, rule: AlertRule, created: IsoDay): Promise<StoredAlert> {
  return db
    .insertInto('visit_alerts')
    .values({ id: randomUUID(), ...rule, created, episode_from: null, episode_last: null })
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

/** Returns whether the episode begins with this hour; else it went on already, or the alert was deleted meanwhile. */
export async function beginEpisode(tx: Database, id: string, hour: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('visit_alerts')
    .set({ episode_from: hour, episode_last: hour })
    .where('id', '=', id)
    .where('episode_from', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function prolongEpisode(db: Database, id: string, hour: Date): Promise<void> {
  await db
    .updateTable('visit_alerts')
    .set({ episode_last: hour })
    .where('id', '=', id)
    .where('episode_last', '<', hour)
    .execute();
}

/** If it was last seen at `seen` or before. */
export async function endEpisode(db: Database, id: string, seen: Date): Promise<void> {
  await db
    .updateTable('visit_alerts')
    .set({ episode_from: null, episode_last: null })
    .where('id', '=', id)
    .where('episode_last', '<=', seen)
    .execute();
}
