/**
 * A week is finished when no report about it is taken any more. Its tables are made then, with noise that is drawn this once, and
 * its reports and nonces are destroyed. Whatever breaks off in between, a week that has tables never gets others.
 */
import { OPEN_WEEKS } from '@avow/protocol/improvement/check-report';
import type { ConfigurationContent } from '@avow/protocol/improvement/configuration';
import type { WeekTables } from '@avow/protocol/improvement/tables';
import { weekOf, weeksBetween } from '@avow/protocol/improvement/weeks';
import type { ClickHouseClient } from '@clickhouse/client';
import type { VaultDatabase } from '../platform/database.ts';
import { type IsoDay, isoDay } from '../platform/day.ts';
import { makeTables } from './make-tables.ts';
import type { Mover } from './move-reports.ts';
import { drawNoise } from './noise.ts';
import type { Rule } from './partition.ts';
import { destroyWeek, weeksWithReports } from './queries.ts';
import { readWeekCounts, withNoise } from './week-counts.ts';
import './tables.ts';

export type Audience = 'public' | 'operator';

export const ROUNDED_TO = { public: 5, operator: 1 } as const satisfies Record<Audience, number>;

export interface FinishOptions {
  db: VaultDatabase;
  clickhouse: ClickHouseClient;
  mover: Mover;
  thresholds(): ConfigurationContent['thresholds'] | null;
  clock: () => Date;
}

export function rulesOf({ public: toAll, operator }: ConfigurationContent['thresholds']): Record<Audience, Rule> {
  // A threshold that is no multiple would be rounded to one below itself.
  const threshold = Math.ceil(toAll / ROUNDED_TO.public) * ROUNDED_TO.public;
  return {
    public: { threshold, roundedTo: ROUNDED_TO.public },
    operator: { threshold: operator, roundedTo: ROUNDED_TO.operator },
  };
}

/** Returns the Mondays of the weeks whose tables were made. */
export function finishWeeks(options: FinishOptions): Promise<IsoDay[]> {
  const { clickhouse, clock, mover, thresholds } = options;
  const inForce = thresholds();
  if (inForce === null) return Promise.resolve([]);
  return mover.afterMoving(async () => {
    const now = weekOf(clock());
    const over = (monday: IsoDay) => weeksBetween(weekOf(new Date(monday)), now) > OPEN_WEEKS;
    const finished: IsoDay[] = [];
    for (const monday of (await weeksWithReports(clickhouse)).filter(over)) {
      if (await finishWeek(options, inForce, monday)) finished.push(monday);
    }
    await forgetNonces(options.db, over);
    return finished;
  });
}

async function finishWeek(
  { db, clickhouse, clock }: FinishOptions,
  inForce: ConfigurationContent['thresholds'],
  monday: IsoDay,
): Promise<boolean> {
  const before = await db.selectFrom('improvement_weeks').select('week').where('week', '=', monday).executeTakeFirst();
  if (!before) {
    const tables = await tablesOf(clickhouse, inForce, monday);
    await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('improvement_weeks')
        .values({ week: monday, made: isoDay(clock()) })
        .execute();
      for (const [audience, week] of tables) {
        await tx
          .insertInto('improvement_tables')
          .values({ week: monday, product: week.product, audience, tables: JSON.stringify(week) })
          .execute();
      }
    });
  }
  await destroyWeek(clickhouse, monday);
  await db.updateTable('improvement_weeks').set({ destroyed: true }).where('week', '=', monday).execute();
  return !before;
}

async function tablesOf(
  clickhouse: ClickHouseClient,
  inForce: ConfigurationContent['thresholds'],
  monday: IsoDay,
): Promise<[Audience, WeekTables][]> {
  const week = weekOf(new Date(monday));
  const rules = rulesOf(inForce);
  const made: [Audience, WeekTables][] = [];
  for (const [product, exact] of await readWeekCounts(clickhouse, monday)) {
    const counts = withNoise(exact, () => drawNoise(inForce.epsilon));
    for (const audience of ['public', 'operator'] as const) {
      made.push([audience, makeTables(counts, { product, week, rule: rules[audience] })]);
    }
  }
  return made;
}

/** A report with such a nonce would be refused for its week. */
async function forgetNonces(db: VaultDatabase, over: (monday: IsoDay) => boolean): Promise<void> {
  const weeks = await db.selectFrom('improvement_nonces').select('week').distinct().execute();
  for (const { week } of weeks.filter(({ week }) => over(week))) {
    await db.deleteFrom('improvement_nonces').where('week', '=', week).execute();
  }
}
