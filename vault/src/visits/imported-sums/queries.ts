/** Every statement of an import of sums. */
import { createHash } from 'node:crypto';
import type { Days, ImportedDays } from '@avow/protocol/staff/visits';
import type { ClickHouseClient } from '@clickhouse/client';
import { sql } from 'kysely';
import type { VaultDatabase } from '../../platform/database.ts';
import type { IsoDay } from '../../platform/day.ts';
import { isProgram, SUM_PROGRAMS } from './programs.ts';
import { MEASURES, type SumRow } from './sum-row.ts';

interface VisitSumImportsTable {
  id: string;
  site: string;
  program: string;
  file_name: string;
  blocks: number;
  sums: number;
  first_day: string | null;
  last_day: string | null;
  finished: string | null;
}

declare module '../../platform/database.ts' {
  interface VaultTables {
    visit_sum_imports: VisitSumImportsTable;
  }
}

export interface SumImport {
  id: string;
  site: string;
  program: string;
  fileName: string;
  sums: number;
  firstDay: IsoDay | null;
  lastDay: IsoDay | null;
  /** Null: it was interrupted. */
  finished: IsoDay | null;
}

/** Follows from what is imported, so that the same file is known again: a UUID of version 8 (RFC 9562 section 5.8). */
export function derivedId(...parts: readonly (string | number)[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x80, 6);
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export async function beginSumImport(
  db: VaultDatabase,
  begun: { id: string; site: string; program: string; fileName: string },
): Promise<void> {
  const { fileName, ...row } = begun;
  await db
    .insertInto('visit_sum_imports')
    .values({ ...row, file_name: fileName, blocks: 0, sums: 0 })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export async function findSumImport(db: VaultDatabase, id: string): Promise<{ blocks: number; finished: boolean }> {
  const row = await db.selectFrom('visit_sum_imports').selectAll().where('id', '=', id).executeTakeFirst();
  return { blocks: row?.blocks ?? 0, finished: row?.finished != null };
}

/** Those that are there, oldest figures first. */
export async function listSumImports(db: VaultDatabase): Promise<SumImport[]> {
  const rows = await db
    .selectFrom('visit_sum_imports')
    .selectAll()
    .orderBy('site')
    .orderBy('first_day')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    site: row.site,
    program: row.program,
    fileName: row.file_name,
    sums: Number(row.sums),
    firstDay: row.first_day,
    lastDay: row.last_day,
    finished: row.finished,
  }));
}

/** Stored for certain: the block of this number, and what it is about. */
export async function countBlock(
  db: VaultDatabase,
  id: string,
  { block, rows }: { block: number; rows: readonly SumRow[] },
): Promise<void> {
  const days = rows.map(({ day }) => day).sort();
  await db
    .updateTable('visit_sum_imports')
    .set((row) => ({
      blocks: block + 1,
      sums: row('sums', '+', rows.length),
      ...(days.length > 0 && {
        first_day: sql<string>`least(first_day, ${days[0]}::date)`,
        last_day: sql<string>`greatest(last_day, ${days.at(-1)}::date)`,
      }),
    }))
    .where('id', '=', id)
    .execute();
}

/** What imports have of some of these days, in words. */
export async function findImportedDays(db: VaultDatabase, days: Days): Promise<ImportedDays[]> {
  const rows = await db
    .selectFrom('visit_sum_imports')
    .select(['site', 'program'])
    .select(({ fn }) => [fn.min('first_day').as('from'), fn.max('last_day').as('to')])
    .where('first_day', '<=', days.to)
    .where('last_day', '>=', days.from)
    .groupBy(['site', 'program'])
    .orderBy('site')
    .orderBy('program')
    .execute();
  return rows.map(({ site, program, from, to }) => ({
    site,
    program: isProgram(program) ? SUM_PROGRAMS[program] : program,
    from: from ?? days.from,
    to: to ?? days.to,
  }));
}

export async function finishSumImport(db: VaultDatabase, id: string, today: IsoDay): Promise<void> {
  await db.updateTable('visit_sum_imports').set({ finished: today }).where('id', '=', id).execute();
}

/** False if there is no such import. */
export async function removeSumImport(db: VaultDatabase, clickhouse: ClickHouseClient, id: string): Promise<boolean> {
  await clickhouse.command({
    query: '/* visits.removeSumImport */ DELETE FROM imported_sums WHERE import = {id:UUID}',
    query_params: { id },
  });
  const { numDeletedRows } = await db.deleteFrom('visit_sum_imports').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The unfinished job that brings this import in; null: none does. */
export async function findWorkingJob(db: VaultDatabase, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`/* visits.findWorkingJob */ SELECT id FROM jobs
    WHERE kind = 'visits.import' AND state NOT IN ('done', 'failed', 'cancelled')
      AND memory -> 'begun' ? ${id} LIMIT 1`.execute(db);
  return rows[0]?.id ?? null;
}

const COLUMNS = ['dimension', 'day', 'site', 'value', ...MEASURES, 'import', 'batch'] as const;

export async function insertSums(
  clickhouse: ClickHouseClient,
  { site, id, batch, rows }: { site: string; id: string; batch: string; rows: readonly SumRow[] },
): Promise<void> {
  await clickhouse.insert({
    table: 'imported_sums',
    columns: [...COLUMNS] as [string, ...string[]],
    values: rows.map(({ dimension, day, value, measures }) => [
      dimension,
      day,
      site,
      value,
      ...MEASURES.map((measure) => Math.round(measures[measure] ?? 0)),
      id,
      batch,
    ]),
    format: 'JSONCompactEachRow',
    // Parsed in pieces, the rows could end up in more than one part.
    clickhouse_settings: { input_format_parallel_parsing: 0 },
  });
}

export async function isBatchStored(clickhouse: ClickHouseClient, batch: string): Promise<boolean> {
  const answer = await clickhouse.query({
    query: '/* visits.countSums */ SELECT count() AS n FROM imported_sums WHERE batch = {batch:UUID}',
    query_params: { batch },
    format: 'JSONEachRow',
  });
  return Number((await answer.json<{ n: string }>())[0]?.n) > 0;
}

/** The first day of which this house has figures of its own; null: there is none. */
export async function findFirstOwnDay(clickhouse: ClickHouseClient, site: string): Promise<IsoDay | null> {
  const of = (table: string) => `SELECT min(day) AS first FROM ${table} WHERE site = {site:String} HAVING count() > 0`;
  const answer = await clickhouse.query({
    query: `/* visits.firstOwnDay */ SELECT first FROM (${of('visit_events')} UNION ALL ${of('visits_by_hour')}) ORDER BY first LIMIT 1`,
    query_params: { site },
    format: 'JSONEachRow',
  });
  return (await answer.json<{ first: string }>())[0]?.first ?? null;
}

/** `dimension day` of what other imports have of the site. */
export async function findTaken(clickhouse: ClickHouseClient, site: string, id: string): Promise<Set<string>> {
  const answer = await clickhouse.query({
    query: `/* visits.takenSums */ SELECT DISTINCT dimension, day FROM imported_sums
      WHERE site = {site:String} AND import != {id:UUID}`,
    query_params: { site, id },
    format: 'JSONEachRow',
  });
  return new Set((await answer.json<{ dimension: string; day: string }>()).map((row) => `${row.dimension} ${row.day}`));
}
