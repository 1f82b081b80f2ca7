/** What staff may ask of the access log (W4, W11), on the edge only: `avow access-log`. */
import { sql } from 'kysely';
import type { EdgeDatabase } from '../platform/database.ts';
import './tables.ts';

export interface AccessLogQuestion {
  /** Days back, today (UTC) included. */
  days?: number;
  /** How many entries, newest first. */
  entries?: number;
  /** How many addresses in each list. */
  addresses?: number;
}

export interface AccessLogReport {
  /** ISO date of the first day looked at. */
  since: string;
  entries: { domain: string | null; address: string; at: string }[];
  totals: { entries: number; addresses: number };
  busiest: { address: string; domain: string | null; requests: number }[];
  /** By network: an IPv4 address or an IPv6 /64. */
  failing: { address: string; failures: number }[];
  /** Per hour (ISO, UTC) and class of route. Rates are shares of the requests, 0 to 1. */
  rates: {
    hour: string;
    routeClass: string;
    requests: number;
    perMinute: number;
    refusals: number;
    errors: number;
    errorRate: number;
  }[];
}

const iso = (column: string) => sql.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

export async function accessLogReport(
  db: EdgeDatabase,
  { days = 1, entries = 50, addresses = 20 }: AccessLogQuestion = {},
): Promise<AccessLogReport> {
  const since = new Date(Date.now() - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  const from = sql`${`${since}T00:00:00Z`}::timestamptz`;

  const newest = await sql<AccessLogReport['entries'][number]>`/* accessLog.newest */
    SELECT domain, host(address) AS address, ${iso('at')} AS at
    FROM access_log WHERE at >= ${from} ORDER BY access_log.at DESC LIMIT ${entries}`.execute(db);
  const totals = await sql<AccessLogReport['totals']>`/* accessLog.totals */
    SELECT count(*) AS entries, count(DISTINCT address) AS addresses FROM access_log WHERE at >= ${from}`.execute(db);
  const busiest = await sql<AccessLogReport['busiest'][number]>`/* accessLog.busiest */
    SELECT host(address) AS address, max(domain) AS domain, count(*) AS requests
    FROM access_log WHERE at >= ${from}
    GROUP BY access_log.address ORDER BY requests DESC, access_log.address LIMIT ${addresses}`.execute(db);
  const failing = await sql<AccessLogReport['failing'][number]>`/* accessLog.failing */
    SELECT abbrev(address) AS address, sum(failures) AS failures
    FROM failure_counts WHERE day >= ${since}::date
    GROUP BY failure_counts.address ORDER BY failures DESC, failure_counts.address LIMIT ${addresses}`.execute(db);
  const rates = await sql<AccessLogReport['rates'][number]>`/* accessLog.rates */
    SELECT ${iso('hour')} AS hour, route_class AS "routeClass", requests, refusals, errors,
      round(requests / 60.0, 2)::float8 AS "perMinute", round(errors::numeric / requests, 4)::float8 AS "errorRate"
    FROM request_counts WHERE request_counts.hour >= ${from}
    ORDER BY request_counts.hour, route_class`.execute(db);

  return {
    since,
    entries: newest.rows,
    totals: totals.rows[0] ?? { entries: 0, addresses: 0 },
    busiest: busiest.rows,
    failing: failing.rows,
    rates: rates.rows,
  };
}
