/**
 * Roll-ups of whole days, from the events. A month is rebuilt beside the one in use, its other days copied, and swapped in by
 * REPLACE PARTITION: a reader sees the old figures or the new ones, never none.
 */
import type { ClickHouseClient } from '@clickhouse/client';
import type { VaultDatabase } from '../platform/database.ts';
import { addDays, type IsoDay, isoDay } from '../platform/day.ts';
import { oneAtATime } from '../platform/one-at-a-time.ts';
import { untilOver } from '../platform/running-work.ts';
import { beganToExpire, type KeptDays } from './kept-days.ts';
import { daysFrom, reportingDay } from './reporting-day.ts';
import { findCurrentDays, findKnownDays, markBuilt, markStale, withoutExpired } from './rollup-days.ts';
import { DAY_STATEMENTS, isSliced, MONTH_STATEMENT, ROLLUPS } from './rollup-queries.ts';

export interface RollupOptions {
  db: VaultDatabase;
  clickhouse: ClickHouseClient;
  clock: () => Date;
  timeZone: string;
  kept: KeptDays;
}

export interface RebuildProgress {
  day: IsoDay;
  done: number;
  of: number;
}

export interface Rollups {
  /**
   * Rolls up each day from `from` to `to`, both included, that is over and of which no event has expired. Returns those days.
   * One call at a time, also of several processes.
   */
  rebuildRollups(range: {
    from: IsoDay;
    to: IsoDay;
    onProgress?: (progress: RebuildProgress) => void;
  }): Promise<IsoDay[]>;
  /** Rolls up the days that are over and are not rolled up, or not with all that came since. */
  rollUpFinishedDays(): Promise<IsoDay[]>;
}

/** Class of the lock ("Roll" in ASCII): there is one set of staging tables. */
const LOCK = 0x526f6c6c;
/** A visit takes about two kilobytes while a day's are gathered. */
const EVENTS_PER_SLICE = 100_000;
/** Days in which visits that began earlier may still have gone on when they were rolled up. */
const ALWAYS_AGAIN_DAYS = 2;

export function createRollups({ db, clickhouse, clock, timeZone, kept }: RollupOptions): Rollups {
  const today = () => reportingDay(clock(), timeZone);

  async function run(query: string, parameters: Record<string, unknown> = {}): Promise<void> {
    await clickhouse.command({ query: `/* visits.rebuildRollups */ ${query}`, query_params: parameters });
  }

  async function daysWithRows(from: IsoDay, to: IsoDay): Promise<Map<IsoDay, IsoDay>> {
    const of = (table: string) =>
      `SELECT day, min(received) AS oldest FROM ${table} WHERE day BETWEEN {from:Date} AND {to:Date} GROUP BY day`;
    const answer = await clickhouse.query({
      query: `/* visits.daysWithRows */ SELECT day, min(oldest) AS oldest
        FROM (${['visit_events', 'drop_counts', 'quiet_views'].map(of).join(' UNION ALL ')}) GROUP BY day ORDER BY day`,
      query_params: { from, to },
      format: 'JSONEachRow',
    });
    const rows = await answer.json<{ day: IsoDay; oldest: IsoDay }>();
    return new Map(rows.map(({ day, oldest }) => [day, oldest]));
  }

  async function count(from: string, query_params: Record<string, unknown> = {}): Promise<number> {
    const query = `/* visits.countForRollups */ SELECT count() AS n FROM ${from}`;
    const answer = await clickhouse.query({ query, query_params, format: 'JSONEachRow' });
    return Number((await answer.json<{ n: string }>())[0]?.n);
  }

  /** Days of few events are built together: a statement costs some milliseconds, however little there is to do. */
  async function portionsOf(days: readonly IsoDay[]): Promise<{ days: IsoDay[]; events: number }[]> {
    const answer = await clickhouse.query({
      query: `/* visits.countForRollups */ SELECT day, count() AS n FROM visit_events WHERE day IN {days:Array(Date)} GROUP BY day`,
      query_params: { days },
      format: 'JSONEachRow',
    });
    const counts = new Map((await answer.json<{ day: IsoDay; n: string }>()).map(({ day, n }) => [day, Number(n)]));
    const portions: { days: IsoDay[]; events: number }[] = [];
    for (const day of days) {
      const events = counts.get(day) ?? 0;
      const last = portions.at(-1);
      if (last && last.events + events <= EVENTS_PER_SLICE) {
        last.days.push(day);
        last.events += events;
      } else portions.push({ days: [day], events });
    }
    return portions;
  }

  async function buildDays(days: readonly IsoDay[], events: number): Promise<void> {
    await run('TRUNCATE TABLE gathered_staging');
    const slices = Math.ceil(events / EVENTS_PER_SLICE) || 1;
    const near = days.flatMap((day) => [addDays(day, -1), addDays(day, 1)]);
    const around = [...new Set(near)].filter((day) => !days.includes(day));
    for (const statement of DAY_STATEMENTS) {
      const times = isSliced(statement) ? slices : 1;
      for (let slice = 0; slice < times; slice++) await run(statement, { days, around, slice, slices });
    }
  }

  async function beginMonth(month: number, days: readonly IsoDay[]): Promise<void> {
    for (const table of ROLLUPS) {
      await run(`TRUNCATE TABLE ${table}_staging`);
      if (table === 'visits_by_month') continue;
      await run(
        `INSERT INTO ${table}_staging SELECT * FROM ${table}
          WHERE toYYYYMM(day) = {month:UInt32} AND day NOT IN {days:Array(Date)}`,
        { month, days },
      );
    }
  }

  async function swapMonth(month: number): Promise<void> {
    // In one part, a month is read as fast as can be. All is merged before the first is swapped.
    await run(MONTH_STATEMENT);
    for (const table of ROLLUPS) await run(`OPTIMIZE TABLE ${table}_staging FINAL`);
    for (const table of ROLLUPS) {
      // With nothing to put in its place a partition is not replaced, for fear of a mistake.
      const change =
        (await count(`${table}_staging`)) === 0
          ? `DROP PARTITION ${month}`
          : `REPLACE PARTITION ${month} FROM ${table}_staging`;
      await run(`ALTER TABLE ${table} ${change}`);
    }
    for (const table of [...ROLLUPS.map((name) => `${name}_staging`), 'gathered_staging']) {
      await run(`TRUNCATE TABLE ${table}`);
    }
  }

  async function rebuild(days: readonly IsoDay[], onProgress: (progress: RebuildProgress) => void): Promise<void> {
    let done = 0;
    if (days.length > 0) await untilOver(clickhouse, 'rollups');
    for (const [month, ofMonth] of Map.groupBy(days, (day) => Number(day.slice(0, 7).replace('-', '')))) {
      const touched = await markStale(db, ofMonth);
      const oldest = await daysWithRows(ofMonth[0] ?? '', ofMonth.at(-1) ?? '');
      await beginMonth(month, ofMonth);
      for (const portion of await portionsOf(ofMonth)) {
        await buildDays(portion.days, portion.events);
        for (const day of portion.days) onProgress({ day, done: ++done, of: days.length });
      }
      await swapMonth(month);
      await markBuilt(
        db,
        ofMonth.map((day) => ({ day, touched: touched.get(day) ?? 0, oldestReceived: oldest.get(day) ?? null })),
      );
    }
  }

  const alone = <T>(work: () => Promise<T>): Promise<T> => oneAtATime(db, LOCK, work);

  return {
    rebuildRollups: ({ from, to, onProgress = () => {} }) =>
      alone(async () => {
        const yesterday = addDays(today(), -1);
        const known = await findKnownDays(db, from, to);
        const there = await daysWithRows(from, to);
        const wanted = daysFrom(from, to).filter((day) => day <= yesterday && (there.has(day) || known.has(day)));
        const days = await withoutExpired(db, wanted, beganToExpire(kept, isoDay(clock())));
        await rebuild(days, onProgress);
        return days;
      }),

    rollUpFinishedDays: () =>
      alone(async () => {
        const yesterday = addDays(today(), -1);
        const there = [...(await daysWithRows('1970-01-01', yesterday)).keys()];
        const current = await findCurrentDays(db, there[0] ?? yesterday, addDays(yesterday, -ALWAYS_AGAIN_DAYS));
        const days = await withoutExpired(
          db,
          there.filter((day) => !current.has(day)),
          beganToExpire(kept, isoDay(clock())),
        );
        await rebuild(days, () => {});
        return days;
      }),
  };
}
