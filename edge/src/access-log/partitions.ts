/** The access log lies in one partition a day (UTC), so that forgetting a day is dropping a table: no row is left behind in a file. */
import { sql } from 'kysely';
import type { EdgeDatabase } from '../platform/database.ts';
import './tables.ts';

const DAY_MS = 86_400_000;

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
const partitionOf = (day: string): string => `access_log_${day.replaceAll('-', '_')}`;

/** Makes today's partition and the next two days'. */
export async function ensurePartitions(db: EdgeDatabase, now: Date): Promise<void> {
  for (const ahead of [0, 1, 2]) {
    const start = now.getTime() + ahead * DAY_MS;
    const [from, to] = [isoDay(start), isoDay(start + DAY_MS)];
    await sql`/* accessLog.ensurePartition */
      CREATE TABLE IF NOT EXISTS ${sql.table(partitionOf(from))} PARTITION OF access_log
      FOR VALUES FROM (${sql.lit(`${from}T00:00:00Z`)}) TO (${sql.lit(`${to}T00:00:00Z`)})`
      .execute(db)
      .catch((error: unknown) => {
        // Two edges on one database can both find it missing.
        if (!(error instanceof Error && 'code' in error && ['42P07', '23505'].includes(String(error.code))))
          throw error;
      });
  }
}

/**
 * Drops what is older than `keepDays` days, today included: with 14, no entry ever gets 14 days old. The counts go with the
 * log. Returns the names of the dropped partitions.
 */
export async function forgetOldDays(db: EdgeDatabase, keepDays: number, now: Date): Promise<string[]> {
  const first = isoDay(now.getTime() - (keepDays - 1) * DAY_MS);
  const { rows } = await sql<{ name: string }>`/* accessLog.partitions */
    SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'access_log'::regclass AND relname < ${partitionOf(first)}
    ORDER BY relname`.execute(db);
  for (const { name } of rows) {
    await sql`/* accessLog.dropPartition */ DROP TABLE IF EXISTS ${sql.table(name)}`.execute(db);
  }
  await sql`/* accessLog.forgetFailures */ DELETE FROM failure_counts WHERE day < ${first}::date`.execute(db);
  await sql`/* accessLog.forgetRequests */
    DELETE FROM request_counts WHERE hour < ${`${first}T00:00:00Z`}::timestamptz`.execute(db);
  return rows.map((row) => row.name);
}
