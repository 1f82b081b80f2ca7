/** The events themselves, as they are stored, in a stream: what belongs to the operator can be taken elsewhere at any time. */
import type { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import type { IsoDay } from '../platform/day.ts';

export const EXPORT_FORMATS = { csv: 'CSVWithNames', json: 'JSONEachRow' } as const;
export type ExportFormat = keyof typeof EXPORT_FORMATS;

export interface EventsWanted {
  /** Ids. */
  sites: readonly string[];
  /** Reporting days, both included. */
  from: IsoDay;
  to: IsoDay;
  format: ExportFormat;
  /** CSV without its header: what goes on in a file that has one. */
  headless?: boolean;
}

/** Bytes in UTF-8: CSV with a header, or one JSON object a line. Events that have expired are not in it; the figures are. */
export async function exportEvents(clickhouse: ClickHouseClient, wanted: EventsWanted): Promise<Readable> {
  const { sites, from, to, format, headless = false } = wanted;
  const output = headless && format === 'csv' ? 'CSV' : EXPORT_FORMATS[format];
  const { stream } = await clickhouse.exec({
    query: `/* visits.exportEvents */
      SELECT * EXCEPT (batch, received, retried) FROM visit_events
      WHERE site IN {sites:Array(String)} AND day BETWEEN {from:Date} AND {to:Date}
      ORDER BY site, day, visit, seq FORMAT ${output}`,
    query_params: { sites: [...sites], from, to },
  });
  return stream;
}

/** How many of them there are. */
export async function countEvents(clickhouse: ClickHouseClient, wanted: EventsWanted): Promise<number> {
  const { sites, from, to } = wanted;
  const answer = await clickhouse.query({
    query: `/* visits.countEvents */ SELECT count() AS n FROM visit_events
      WHERE site IN {sites:Array(String)} AND day BETWEEN {from:Date} AND {to:Date}`,
    query_params: { sites: [...sites], from, to },
    format: 'JSONEachRow',
  });
  return Number((await answer.json<{ n: string }>())[0]?.n);
}
