/**
 * Brings in what other programs give away as sums. No page view is made of a sum: they are kept as they are, for days of which this house has
 * no figures of its own, and added where roll-ups answer. An import can be interrupted at any moment and goes on when it is called again:
 * blocks of rows have ids that follow from the file and their place in it.
 */
import type { Readable } from 'node:stream';
import type { AvowConfig } from '@avow/config/config';
import type { ClickHouseClient } from '@clickhouse/client';
import { readCsvStream } from '../../platform/csv/csv-rows.ts';
import type { VaultDatabase } from '../../platform/database.ts';
import { addDays, type IsoDay } from '../../platform/day.ts';
import { reportingDay } from '../reporting-day.ts';
import { underContract } from './contract.ts';
import { type ExportFile, measure } from './export-files.ts';
import { readGa4 } from './ga4.ts';
import { VisitsImportProblem } from './import-problem.ts';
import { readPlausible } from './plausible.ts';
import type { SumProgram } from './programs.ts';
import * as queries from './queries.ts';
import type { BrokenSum, Cells, ReadRow, ReadSums, SkippedSum, SumRow } from './sum-row.ts';

const READERS: Record<SumProgram, (columns: readonly string[]) => ReadSums | null> = {
  plausible: readPlausible,
  ga4: readGa4,
};

/** Blocks lie where this number divides the count of rows, so that they are the same in every run. */
const ROWS_PER_BLOCK = 1_000;
const OLDEST_DAYS = 3650;

export interface SumImportOptions {
  file: ExportFile;
  program: SumProgram;
  /** Id of the configuration. */
  site: string;
  /** Reports what would be kept and stores nothing. */
  dryRun?: boolean;
  onProgress?(progress: { bytes: number; rows: number }): void;
  onBroken?(row: { line: number; broken: BrokenSum }): void;
  /**
   * Carries out `write` and whatever belongs to it in one transaction: after each thousand rows, and when the file is done (`ended`).
   * In a dry run there is nothing to write. Absent: `write` alone.
   */
  commit?(write: (db: VaultDatabase) => Promise<void>, sofar: Sofar): Promise<void>;
  signal?: AbortSignal;
}

interface Sofar {
  report: SumImportReport;
  /** Read so far, and of the whole file, unpacked. */
  bytes: number;
  size: number;
  ended: boolean;
}

export interface SumImportReport {
  /** Null in a dry run. */
  id: string | null;
  /** The whole file was imported before: nothing was done. */
  repeated: boolean;
  /** Row after which this run went on; 0: from the beginning. */
  resumedAfter: number;
  rows: number;
  /** Sums that are kept, or would be. */
  sums: number;
  skipped: Partial<Record<SkippedSum, number>>;
  broken: number;
  firstDay: string;
  lastDay: string;
}

export interface SumImportHouse {
  config: AvowConfig;
  db: VaultDatabase;
  clickhouse: ClickHouseClient;
  clock: () => Date;
}

/** Throws VisitsImportProblem; rejects with the signal's reason when it is aborted, and can then be called again. */
export async function importSums(house: SumImportHouse, options: SumImportOptions): Promise<SumImportReport> {
  const { config, db, clickhouse, clock } = house;
  const { file, program, dryRun = false, signal = new AbortController().signal } = options;
  const { commit = (write) => write(db) } = options;
  const site = config.sites.find(({ id }) => id === options.site);
  if (!site) throw new VisitsImportProblem(`There is no site ${options.site} in the configuration.`);
  const { hash, bytes: size } = await measure(file);
  const id = queries.derivedId('sums', hash, site.id, program);
  const known = await queries.findSumImport(db, id);
  const report: SumImportReport = {
    id: dryRun ? null : id,
    repeated: known.finished,
    resumedAfter: known.finished || dryRun ? 0 : known.blocks * ROWS_PER_BLOCK,
    rows: 0,
    sums: 0,
    skipped: {},
    broken: 0,
    firstDay: '',
    lastDay: '',
  };
  if (known.finished) return report;
  const header = await readHeader(file, program);
  let bytesRead = 0;
  const certain = (write: (tx: VaultDatabase) => Promise<void>, ended = false) =>
    commit(dryRun ? async () => {} : write, { report, bytes: bytesRead, size, ended });
  await certain((tx) => queries.beginSumImport(tx, { id, site: site.id, program, fileName: file.name }));

  const today = reportingDay(clock(), config.timeZone);
  const [firstOwnDay, taken] = await Promise.all([
    queries.findFirstOwnDay(clickhouse, site.id),
    queries.findTaken(clickhouse, site.id, id),
  ]);
  const limits = { today, oldest: addDays(today, -OLDEST_DAYS), firstOwnDay, taken };
  const stored = dryRun ? 0 : known.blocks;
  let block = 0;
  let rowsInBlock = 0;
  let sums: SumRow[] = [];

  const store = async (): Promise<void> => {
    const batch = queries.derivedId(id, block);
    // Only the first after those that are certain can have been stored by a run that was killed.
    const there = block === stored && (await queries.isBatchStored(clickhouse, batch));
    if (!there && sums.length > 0) await queries.insertSums(clickhouse, { site: site.id, id, batch, rows: sums });
  };

  const settle = async (): Promise<void> => {
    signal.throwIfAborted();
    if (block >= stored) {
      if (!dryRun) await store();
      await certain((tx) => queries.countBlock(tx, id, { block, rows: sums }));
    }
    block += 1;
    rowsInBlock = 0;
    sums = [];
  };

  for await (const { line, bytes, read } of rowsOf(file, header)) {
    const within = limited(read, limits);
    const kept = 'length' in within ? underContract(within, site.collect) : [];
    if (block >= stored) {
      report.rows += 1;
      report.sums += kept.length;
      if ('broken' in within) {
        report.broken += 1;
        options.onBroken?.({ line, broken: within.broken });
      } else {
        const why = 'skipped' in within ? within.skipped : kept.length === 0 ? 'not collected' : null;
        if (why !== null) report.skipped[why] = (report.skipped[why] ?? 0) + 1;
      }
      for (const { day } of kept) {
        if (report.firstDay === '' || day < report.firstDay) report.firstDay = day;
        if (day > report.lastDay) report.lastDay = day;
      }
    }
    sums.push(...kept);
    bytesRead = bytes;
    if (++rowsInBlock === ROWS_PER_BLOCK) await settle();
    options.onProgress?.({ bytes, rows: report.rows });
  }
  await settle();
  await certain((tx) => queries.finishSumImport(tx, id, today), true);
  return report;
}

interface Limits {
  today: IsoDay;
  oldest: IsoDay;
  firstOwnDay: IsoDay | null;
  taken: ReadonlySet<string>;
}

/** Without what must not be counted: because it is counted already, or lies outside of the time that is kept. */
function limited(read: ReadRow, { today, oldest, firstOwnDay, taken }: Limits): ReadRow {
  if (!('length' in read)) return read;
  const day = read[0]?.day ?? today;
  if (day > today) return { broken: 'in the future' };
  if (day < oldest) return { skipped: 'too old' };
  if (firstOwnDay !== null && day >= firstOwnDay) return { skipped: 'counted here' };
  const free = read.filter(({ dimension }) => !taken.has(`${dimension} ${day}`));
  return free.length === 0 && read.length > 0 ? { skipped: 'imported before' } : free;
}

interface Header {
  read: ReadSums;
  columns: ReadonlyMap<string, number>;
}

/** Throws VisitsImportProblem for a file that is something else: before anything is written down about it. */
async function readHeader(file: ExportFile, program: SumProgram): Promise<Header> {
  for await (const { cells } of csvOf(await file.open())) {
    const names = cells.map((name) => name.trim());
    const read = READERS[program](names);
    if (read === null) throw new VisitsImportProblem(unreadableColumns(file, program, names));
    return { read, columns: new Map(names.map((name, at) => [name, at] as const).reverse()) };
  }
  throw new VisitsImportProblem(`${file.name} is empty.`);
}

const csvOf = (bytes: Readable) => readCsvStream(bytes, { delimiter: ',', comment: '#' });

async function* rowsOf(
  file: ExportFile,
  { read, columns }: Header,
): AsyncGenerator<{ line: number; bytes: number; read: ReadRow }> {
  let header = true;
  for await (const { line, cells, bytes } of csvOf(await file.open())) {
    if (header) {
      header = false;
      continue;
    }
    if (cells.length < columns.size) {
      yield { line, bytes, read: { broken: 'cell count' } };
      continue;
    }
    const cellOf: Cells = (column) => cells[columns.get(column) ?? -1]?.trim() ?? '';
    yield { line, bytes, read: read(cellOf) };
  }
}

/** Of a file that is something else, a log perhaps, the first line is not shown: it may hold an address (W6). */
const HEADING = /^\p{L}[\p{L}\p{N} _%()/-]{0,60}$/u;

function unreadableColumns({ name }: ExportFile, program: SumProgram, columns: readonly string[]): string {
  const found = columns.every((column) => HEADING.test(column))
    ? `Its columns are: ${columns.join(', ').slice(0, 200)}`
    : 'Its first line does not name columns.';
  return program === 'plausible'
    ? `${name} is none of the tables of Plausible's export. ${found}`
    : `${name} needs a column Date, at least one figure, and at most one dimension more. ${found}`;
}
