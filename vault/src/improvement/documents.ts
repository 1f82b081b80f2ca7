/** What the edges publish of the Improvement Programme: the signed configurations, and the public tables of finished weeks. */
import type { PublishedConfigurations, SignedConfiguration } from '@avow/protocol/improvement/configuration';
import type { PublishedTables, WeekTables } from '@avow/protocol/improvement/tables';
import type { PublicDocument } from '@avow/protocol/link';
import type { VaultDatabase } from '../platform/database.ts';
import { ROUNDED_TO, rulesOf } from './finish-weeks.ts';
import './tables.ts';

/** Two years of each product: enough for a trend with its season. */
const WEEKS_SHOWN = 106;

async function publicTables(db: VaultDatabase, inForce: SignedConfiguration): Promise<PublicDocument | null> {
  const weeks = await db.selectFrom('improvement_weeks').selectAll().orderBy('week').execute();
  const last = weeks.at(-1);
  const first = weeks.at(-WEEKS_SHOWN) ?? weeks[0];
  if (!last || !first) return null;
  const rows = await db
    .selectFrom('improvement_tables')
    .select('tables')
    .where('audience', '=', 'public')
    .where('week', '>=', first.week)
    .orderBy('week')
    .orderBy('product')
    .execute();
  const content: PublishedTables = {
    published:
      weeks
        .map(({ made }) => made)
        .sort()
        .at(-1) ?? '',
    threshold: rulesOf(inForce.thresholds).public.threshold,
    roundedTo: ROUNDED_TO.public,
    epsilon: inForce.thresholds.epsilon,
    weeks: rows.map(({ tables }) => tables as WeekTables),
  };
  // Weeks are only ever added.
  return { name: 'improvement-tables', revision: weeks.length, content };
}

export async function countFinishedWeeks(db: VaultDatabase): Promise<number> {
  const { weeks } = await db
    .selectFrom('improvement_weeks')
    .select(({ fn }) => fn.countAll<number>().as('weeks'))
    .executeTakeFirstOrThrow();
  return weeks;
}

export async function publicDocuments(
  db: VaultDatabase,
  log: readonly SignedConfiguration[],
): Promise<PublicDocument[]> {
  const current = log.at(-1);
  if (!current) return [];
  const content: PublishedConfigurations = { current, log: [...log] };
  const tables = await publicTables(db, current);
  return [{ name: 'improvement-config', revision: current.version, content }, ...(tables ? [tables] : [])];
}
