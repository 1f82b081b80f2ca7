/**
 * A vault that died, or whose connection broke, may have left work that ClickHouse still does. Rows counted too early would be
 * missed, and inserted twice; tables emptied too early would fill again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';

/**
 * The engine from npm does one after the other what writes, and likewise what rebuilds: when such a statement is answered, those
 * before it are done. A server does them at the same time, and tells what it is doing.
 */
const WORK = {
  batches: {
    turn: 'CREATE TABLE IF NOT EXISTS migrations (name String, ran Date) ENGINE = MergeTree ORDER BY name',
    running: `query_kind = 'Insert' AND NOT match(query, '_staging')`,
  },
  rollups: {
    turn: 'OPTIMIZE TABLE gathered_staging',
    running: `query_kind IN ('Insert', 'Alter', 'Optimize') AND match(query, '_staging')`,
  },
};
const LOOK_EVERY_MS = 50;

/** Call it alone: what other vaults do of this kind is waited for, too. */
export async function untilOver(clickhouse: ClickHouseClient, work: keyof typeof WORK): Promise<void> {
  const { turn, running } = WORK[work];
  await clickhouse.command({ query: turn });
  for (;;) {
    const answer = await clickhouse.query({
      query: `/* visits.untilOver */ SELECT count() AS n FROM system.processes
        WHERE current_database = currentDatabase() AND ${running}`,
      format: 'JSONEachRow',
    });
    const [left] = await answer.json<{ n: string }>();
    if (left?.n === '0') return;
    await sleep(LOOK_EVERY_MS);
  }
}
