/**
 * Whoever can send reports can send many. A week in which the reports of a product jump by more than five standard deviations is
 * told, before its tables are made.
 */
import type { AvowConfig } from '@avow/config/config';
import { OPEN_WEEKS } from '@avow/protocol/improvement/check-report';
import type { WeekTables } from '@avow/protocol/improvement/tables';
import { addWeeks, type Week, weekOf } from '@avow/protocol/improvement/weeks';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Logger } from 'pino';
import type { VaultDatabase } from '../platform/database.ts';
import { isoDay } from '../platform/day.ts';
import type { Mail } from '../platform/mail/outbox.ts';
import { alarmMail } from './mails.ts';
import type { Mover } from './move-reports.ts';
import { countReports } from './queries.ts';
import { mondayOf } from './stored-report.ts';
import './tables.ts';

export interface WatchOptions {
  config: AvowConfig;
  db: VaultDatabase;
  clickhouse: ClickHouseClient;
  mover: Mover;
  mail: Mail;
  clock: () => Date;
  log: Logger;
}

export interface Jump {
  week: Week;
  product: string;
  /** Of `starts` with the application: `starts photo`. */
  facet: string;
  seen: number;
  usual: number;
}

const SIGMAS = 5;
const WEEKS_COMPARED = 8;
/** Fewer do not say what is usual. */
const LEAST_WEEKS = 3;
/** Each of these is sent once by every installation; `starts` once for each application. */
const ONCE = ['base', 'age', 'apps'];

/** The counts vary by chance (Poisson), and from week to week. */
export function isJump(seen: number, before: readonly number[]): boolean {
  if (before.length < LEAST_WEEKS) return false;
  const mean = before.reduce((sum, n) => sum + n, 0) / before.length;
  const variance = before.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (before.length - 1);
  return Math.abs(seen - mean) > SIGMAS * Math.sqrt(Math.max(mean, variance, 1));
}

/** Compares the youngest week whose reports are all in. Returns what was not known before. */
export function watchJumps(options: WatchOptions): Promise<Jump[]> {
  const { clickhouse, clock, mover } = options;
  return mover.afterMoving(async () => {
    // The week before last: after its end, 96 hours were there to send in.
    const week = addWeeks(weekOf(clock()), -2);
    const history = Map.groupBy(await readHistory(options, week), keyOf);
    const counted = new Map((await countWatched(clickhouse, week)).map((count) => [keyOf(count), count.reports]));
    const found = [...history].flatMap(([key, weeks]): Jump[] => {
      const [first] = weeks;
      const before = weeks.map(({ reports }) => reports);
      // None at all is a jump, too.
      const seen = counted.get(key) ?? 0;
      if (!first || !isJump(seen, before)) return [];
      const usual = before.reduce((sum, n) => sum + n, 0) / before.length;
      const { product, facet } = first;
      return [{ week, product, facet, seen: roundedFigure(seen), usual: roundedFigure(usual) }];
    });
    return tellNew(options, found);
  });
}

interface WatchedCount {
  product: string;
  facet: string;
  reports: number;
}

const keyOf = ({ product, facet }: WatchedCount): string => JSON.stringify([product, facet]);

async function countWatched(clickhouse: ClickHouseClient, week: Week): Promise<WatchedCount[]> {
  const once = ONCE.map(async (facet) => {
    const counts = await countReports(clickhouse, mondayOf(week), facet, null);
    return counts.map(({ product, reports }) => ({ product, facet, reports }));
  });
  const starts = await countReports(clickhouse, mondayOf(week), 'starts', 'application');
  return [
    ...(await Promise.all(once)).flat(),
    ...starts.map(({ product, label, reports }) => ({ product, facet: `starts ${label}`, reports })),
  ];
}

/** The same of a finished week, as its tables say: no number below the threshold. */
function countsOfTables({ product, actives, tables }: WeekTables): WatchedCount[] {
  const once = actives === null ? [] : ONCE.map((facet) => ({ product, facet, reports: actives }));
  const starts = tables.flatMap(({ kind, within, total }) =>
    kind === 'starts' && total !== null ? [{ product, facet: `starts ${within}`, reports: total }] : [],
  );
  return [...once, ...starts];
}

/** A mail and the console tell it: rounded like everything that is shown. */
const roundedFigure = (count: number): number => Math.round(count / 20) * 20;

/** The weeks before, one count each: open ones counted, finished ones as their tables say. */
async function readHistory({ db, clickhouse }: WatchOptions, week: Week): Promise<WatchedCount[]> {
  const weeks = Array.from({ length: WEEKS_COMPARED }, (_, n) => addWeeks(week, -1 - n));
  const rows = await db
    .selectFrom('improvement_tables')
    .select('tables')
    .where('audience', '=', 'operator')
    .where('week', 'in', weeks.map(mondayOf))
    .execute();
  const finished = rows.map(({ tables }) => tables as WeekTables);
  const open = weeks.slice(0, OPEN_WEEKS).filter((one) => !finished.some((made) => made.week === one));
  const counted = await Promise.all(open.map((one) => countWatched(clickhouse, one)));
  return [...finished.flatMap(countsOfTables), ...counted.flat()];
}

async function tellNew({ config, db, mail, clock, log }: WatchOptions, jumps: readonly Jump[]): Promise<Jump[]> {
  const told: Jump[] = [];
  for (const jump of jumps) {
    const isNew = await db.transaction().execute(async (tx) => {
      const inserted = await tx
        .insertInto('improvement_alarms')
        .values({ ...jump, week: mondayOf(jump.week), raised: isoDay(clock()) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (!inserted.numInsertedOrUpdatedRows) return false;
      for (const to of config.improvement?.alarmTo ?? []) {
        const content = alarmMail(config, jump);
        await mail.queueMail(tx, { to, content, dataKeyId: null, purpose: 'tell staff of unusual reports' });
      }
      return true;
    });
    if (!isNew) continue;
    log.error({ ...jump }, 'the number of reports of the Improvement Programme jumped');
    told.push(jump);
  }
  return told;
}
