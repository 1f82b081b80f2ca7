/**
 * Brings in serials sold before this platform, from a CSV file. One transaction: either every row that was not refused is
 * stored, or nothing is. Running the same file again stores nothing twice, so an interrupted import is simply run again.
 */
import { stat } from 'node:fs/promises';
import { CsvUnreadable, readCsvRows } from '../platform/csv/csv-rows.ts';
import { type SerialHouse, SerialRunRefused } from './generate-serials.ts';
import { createImportBatches } from './import-batches.ts';
import { expectedOf, findColumns } from './import-expectations.ts';
import { type Columns, type ReadableRow, type RefusedRow, readImportRow } from './import-row.ts';
import { type OnProgress, trackProgress } from './progress.ts';
import { writeSerials } from './serial-store.ts';

/** What is already read is remembered to find repeated rows; a larger file is to be split. */
export const MAX_IMPORT_ROWS = 2_000_000;
export const MAX_IMPORT_BYTES = 1024 ** 3;
const CHUNK = 10_000;

export interface ImportOptions {
  /** Suite id of the configuration; the suite must have a `legacySerialPattern`. */
  suite: string;
  /** Edition of the rows that name none. */
  edition?: string;
  file: string;
  /** Name of the column with the serials; default `serial`. A column `edition` may stand beside it. */
  column?: string;
  /** Reports what would happen and stores nothing. */
  dryRun?: boolean;
  /** Stores the other rows even where some are refused; otherwise a single refused row means that nothing is stored. */
  skipRefused?: boolean;
  note?: string;
  /** In bytes of the file. */
  onProgress?: OnProgress;
  onRefused?(row: RefusedRow): void;
  signal?: AbortSignal;
}

export interface ImportReport {
  rows: number;
  /** New ones: stored, or, where nothing was, what would have been. */
  fresh: number;
  alreadyStored: number;
  refused: number;
  /** Whether anything was written. */
  stored: boolean;
}

/** Throws CsvUnreadable, SerialRunRefused, AnotherRun; rejects with the signal's reason when it is aborted. */
export async function importSerials(house: SerialHouse, options: ImportOptions): Promise<ImportReport> {
  const expected = expectedOf(house.config, options);
  const bytes = await sizeOf(options.file);
  const report: ImportReport = { rows: 0, fresh: 0, alreadyStored: 0, refused: 0, stored: false };
  const refuse = (row: RefusedRow) => {
    report.refused += 1;
    options.onRefused?.(row);
  };

  await writeSerials(house.vaultUrl, async (store) => {
    const progress = trackProgress(bytes, options.onProgress);
    const batches = createImportBatches(house, store, options);
    const seen = new Set<string>();
    let columns: Columns | null = null;
    let chunk: ReadableRow[] = [];
    const settle = async () => {
      options.signal?.throwIfAborted();
      const { fresh, stored } = await batches.add(chunk, refuse);
      report.fresh += fresh;
      report.alreadyStored += stored;
      chunk = [];
    };

    for await (const row of readCsvRows(options.file)) {
      if (columns === null) {
        columns = findColumns(row, options);
        continue;
      }
      report.rows += 1;
      if (report.rows > MAX_IMPORT_ROWS) {
        throw new SerialRunRefused(`The file has more than ${MAX_IMPORT_ROWS.toLocaleString('en')} rows; split it.`);
      }
      const read = readImportRow(row, columns, expected);
      if ('why' in read) refuse(read);
      else if (seen.has(read.serial)) refuse({ line: read.line, what: read.what, why: 'repeated' });
      else {
        seen.add(read.serial);
        if (chunk.push(read) === CHUNK) await settle();
      }
      if (report.rows % CHUNK === 0) progress(row.bytes);
    }
    if (columns === null) throw new CsvUnreadable('The file is empty.');
    await settle();
    progress(bytes);
    report.stored = !options.dryRun && report.fresh > 0 && (report.refused === 0 || options.skipRefused === true);
    if (report.stored) await batches.close();
    return report.stored ? 'commit' : 'roll back';
  });
  return report;
}

async function sizeOf(file: string): Promise<number> {
  const { size } = await stat(file).catch((cause: NodeJS.ErrnoException) => {
    throw new CsvUnreadable(cause.code === 'ENOENT' ? `There is no file ${file}.` : cause.message, { cause });
  });
  if (size > MAX_IMPORT_BYTES) throw new SerialRunRefused('The file is larger than 1 GiB; split it.');
  return size;
}
