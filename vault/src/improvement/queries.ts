/** Every question to ClickHouse about reports. */
import type { ClickHouseClient } from '@clickhouse/client';
import type { IsoDay } from '../platform/day.ts';
import type { StoredReport } from './stored-report.ts';

const SETTLED = '00000000-0000-0000-0000-000000000000';

export async function insertReports(
  clickhouse: ClickHouseClient,
  batch: string,
  reports: readonly StoredReport[],
): Promise<void> {
  await clickhouse.insert({
    table: 'improvement_reports',
    values: reports.map((report) => ({ ...report, batch })),
    format: 'JSONEachRow',
    // Parsed in pieces, the rows could end up in more than one part.
    clickhouse_settings: { input_format_parallel_parsing: 0 },
  });
}

async function select<Row>(
  clickhouse: ClickHouseClient,
  query: string,
  query_params: Record<string, unknown> = {},
): Promise<Row[]> {
  const answer = await clickhouse.query({ query, query_params, format: 'JSONEachRow' });
  return answer.json<Row>();
}

export async function countBatch(clickhouse: ClickHouseClient, batch: string): Promise<number> {
  const [row] = await select<{ n: string }>(
    clickhouse,
    '/* improvement.countBatch */ SELECT count() AS n FROM improvement_reports WHERE batch = {batch:UUID}',
    { batch },
  );
  return Number(row?.n);
}

export async function removeBatch(clickhouse: ClickHouseClient, batch: string): Promise<void> {
  await clickhouse.command({
    query: 'DELETE FROM improvement_reports WHERE batch = {batch:UUID}',
    query_params: { batch },
  });
}

/** From now on nothing tells which reports came together: no column, and no file of its own. */
export async function forgetBatches(clickhouse: ClickHouseClient): Promise<void> {
  await clickhouse.command({
    query: `ALTER TABLE improvement_reports UPDATE batch = toUUID('${SETTLED}') WHERE batch != toUUID('${SETTLED}')`,
  });
  await clickhouse.command({ query: 'OPTIMIZE TABLE improvement_reports FINAL' });
}

export async function weeksWithReports(clickhouse: ClickHouseClient): Promise<IsoDay[]> {
  const rows = await select<{ week: IsoDay }>(
    clickhouse,
    '/* improvement.weeksWithReports */ SELECT DISTINCT week FROM improvement_reports ORDER BY week',
  );
  return rows.map(({ week }) => week);
}

export async function destroyWeek(clickhouse: ClickHouseClient, week: IsoDay): Promise<void> {
  await clickhouse.command({
    query: 'ALTER TABLE improvement_reports DROP PARTITION {week:Date}',
    query_params: { week },
  });
}

/** What tables are made of: by product, how many reports have each value in a column. `within`: the value of another one. */
export interface ReportCount {
  product: string;
  within: string;
  label: string;
  reports: number;
}

type Column = keyof StoredReport;

export async function countReports(
  clickhouse: ClickHouseClient,
  week: IsoDay,
  facet: string,
  label: Column | null,
  within: Column | null = null,
): Promise<ReportCount[]> {
  const rows = await select<Omit<ReportCount, 'reports'> & { n: string }>(
    clickhouse,
    `/* improvement.countReports */
      SELECT product, ${within ?? "''"} AS within, ${label ?? "''"} AS label, count() AS n
      FROM improvement_reports
      WHERE week = {week:Date} AND facet = {facet:String} ${label ? `AND ${label} != ''` : ''}
      GROUP BY product, within, label`,
    { week, facet },
  );
  return rows.map(({ n, ...row }) => ({ ...row, reports: Number(n) }));
}

/** The same by single applications: those of sets, and those that were told one by one. */
export async function countApplications(clickhouse: ClickHouseClient, week: IsoDay): Promise<ReportCount[]> {
  const rows = await select<{ product: string; label: string; n: string }>(
    clickhouse,
    `/* improvement.countApplications */
      SELECT product, arrayJoin(splitByChar('+', application = '' ? applications : application)) AS label, count() AS n
      FROM improvement_reports
      WHERE week = {week:Date} AND facet = 'apps' AND label != '-'
      GROUP BY product, label`,
    { week },
  );
  return rows.map(({ product, label, n }) => ({ product, within: '', label, reports: Number(n) }));
}
