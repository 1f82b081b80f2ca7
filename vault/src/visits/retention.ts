/** Events go after the configured days, by ClickHouse itself (TTL) and, where it takes its time, by this. Roll-ups stay. */
import type { ClickHouseClient } from '@clickhouse/client';
import type { VaultDatabase } from '../platform/database.ts';
import { addDays, isoDay } from '../platform/day.ts';
import { forgetBatches } from './batch-record.ts';
import { beganToExpire, type KeptDays, keptDaysSql } from './kept-days.ts';
import { settleExpired } from './rollup-days.ts';

export interface RetentionOptions {
  db: VaultDatabase;
  clickhouse: ClickHouseClient;
  clock: () => Date;
  kept: KeptDays;
}

const RAW_TABLES = ['visit_events', 'visit_days', 'drop_counts', 'quiet_views'];
/** What is merged there would go by the days that are written down there. */
const WITH_TTL = [...RAW_TABLES, 'visit_days_staging'];
/** Long after an edge has given up sending what was acknowledged. */
const BATCHES_KEPT_DAYS = 7;

/** Removes what has expired by now, from the disk too. */
export async function runRetention({ db, clickhouse, clock, kept }: RetentionOptions): Promise<void> {
  const today = isoDay(clock());
  const expired = `received <= {today:Date} - ${keptDaysSql(kept)}`;
  for (const table of RAW_TABLES) await removeWhere(clickhouse, table, expired, { today });
  await removeOldMinutes(clickhouse, clock);
  await settleExpired(db, beganToExpire(kept, today));
  await forgetBatches(db, addDays(today, -BATCHES_KEPT_DAYS));
}

export async function removeOldMinutes(clickhouse: ClickHouseClient, clock: () => Date): Promise<void> {
  const before = Math.floor(clock().getTime() / 1000) - 3600;
  await removeWhere(clickhouse, 'minute_counts', 'minute < {before:DateTime}', { before });
}

/** Writes the configured days into the tables, where they are not yet. */
export async function applyKeptDays(clickhouse: ClickHouseClient, kept: KeptDays): Promise<void> {
  const answer = await clickhouse.query({
    query: `/* visits.findTtl */ SELECT name, create_table_query AS made FROM system.tables
      WHERE database = currentDatabase() AND name IN {tables:Array(String)}`,
    query_params: { tables: WITH_TTL },
    format: 'JSONEachRow',
  });
  for (const { name, made } of await answer.json<{ name: string; made: string }>()) {
    const ttl = `TTL received + toIntervalDay(${keptDaysSql(kept)})`;
    if (made.includes(`${ttl} `)) continue;
    await clickhouse.command({ query: `ALTER TABLE ${name} MODIFY ${ttl}` });
  }
}

/** A mutation rewrites the parts that have such rows, so that nothing of them is left. Without any it is not begun. */
async function removeWhere(
  clickhouse: ClickHouseClient,
  table: string,
  condition: string,
  query_params: Record<string, unknown>,
): Promise<void> {
  const answer = await clickhouse.query({
    query: `/* visits.countExpired */ SELECT count() AS n FROM ${table} WHERE ${condition}`,
    query_params,
    format: 'JSONEachRow',
  });
  const [row] = await answer.json<{ n: string }>();
  if (row?.n === '0') return;
  await clickhouse.command({ query: `ALTER TABLE ${table} DELETE WHERE ${condition}`, query_params });
}
