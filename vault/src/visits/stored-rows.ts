/** Rows of batches in ClickHouse: put in, counted, and taken out again where only some of a batch's came to be. */
import type { ClickHouseClient } from '@clickhouse/client';
import type { IsoDay } from '../platform/day.ts';
import type { BatchTable, MonthRows } from './batch-rows.ts';

export async function insertRows(clickhouse: ClickHouseClient, { table, columns, rows }: MonthRows): Promise<void> {
  await clickhouse.insert({
    table,
    // At least one, whatever the type wants to be told.
    columns: columns as [string, ...string[]],
    values: rows,
    format: 'JSONCompactEachRow',
    // Parsed in pieces, the rows could end up in more than one part.
    clickhouse_settings: { input_format_parallel_parsing: 0 },
  });
}

/** Rows by batch; batches without any are not in the answer. */
export async function countRows(
  clickhouse: ClickHouseClient,
  table: BatchTable,
  batches: readonly string[],
): Promise<Map<string, number>> {
  const answer = await clickhouse.query({
    query: `/* visits.countRows */ SELECT batch, count() AS n FROM ${table}
      WHERE batch IN {batches:Array(UUID)} GROUP BY batch`,
    query_params: { batches },
    use_multipart_params: true,
    format: 'JSONEachRow',
  });
  const rows = await answer.json<{ batch: string; n: string }>();
  return new Map(rows.map(({ batch, n }) => [batch, Number(n)]));
}

export async function removeRows(
  clickhouse: ClickHouseClient,
  table: BatchTable,
  batches: readonly string[],
): Promise<void> {
  await clickhouse.command({
    query: `DELETE FROM ${table} WHERE batch IN (${batches.map((_, at) => `{b${at}:UUID}`).join(', ')})`,
    query_params: Object.fromEntries(batches.map((batch, at) => [`b${at}`, batch])),
  });
}

/** The days that rows of these batches are about. */
export async function daysOfBatches(clickhouse: ClickHouseClient, batches: readonly string[]): Promise<IsoDay[]> {
  const of = (table: BatchTable) => `SELECT day FROM ${table} WHERE batch IN {batches:Array(UUID)}`;
  const answer = await clickhouse.query({
    query: `/* visits.daysOfBatches */ SELECT DISTINCT day FROM
      (${of('visit_events')} UNION ALL ${of('drop_counts')} UNION ALL ${of('quiet_views')})`,
    query_params: { batches },
    use_multipart_params: true,
    format: 'JSONEachRow',
  });
  return (await answer.json<{ day: string }>()).map(({ day }) => day);
}
