/** A CSV export, row by row, its cells by the names in the header. */
import { type Info, parse } from 'csv-parse';
import { DamagedFile, type FileBytes, type ImportFile, openFileBytes } from './file-bytes.ts';
import { ImportProblem } from './import-problem.ts';
import type { Broken, Row, RowBlock } from './rows.ts';

/** A quotation mark that is never closed swallows what follows it: it is noticed after so many characters. */
const MAX_ROW = 65_536;
const BLOCK = 1_000;

export type Cells = (column: string) => string;
type OnBroken = (broken: Broken, line: number) => void;
export type ReadCells = (cells: Cells, line: number) => Row;

/** `needed`: columns without which the file is of another format; then it throws ImportProblem. */
export async function* readCsvTable(
  file: ImportFile,
  needed: readonly string[],
  read: ReadCells,
): AsyncGenerator<RowBlock> {
  const bytes = openFileBytes(file);
  const columns = new Map<string, number>();
  const unreadable: { at: number; broken: Broken }[] = [];
  let rows: Row[] = [];
  let line = 1;
  // The parser counts a CRLF inside quotes as two lines.
  let countedTwice = 0;
  try {
    for await (const { info, record } of parseRecords(bytes, (broken, at) => unreadable.push({ broken, at }))) {
      const inside = lineBreaks(record);
      countedTwice += inside.characters - inside.lines;
      line = info.lines - countedTwice - inside.lines;
      if (columns.size === 0) {
        nameColumns(columns, record);
        const missing = needed.filter((name) => !columns.has(name));
        if (missing.length > 0) throw new ImportProblem(`${file.path} has no column ${missing.join(', ')}.`);
        continue;
      }
      const cells: Cells = (column) => record[columns.get(column) ?? -1]?.trim() ?? '';
      rows.push(record.length < columns.size ? { line, broken: 'cell count' } : read(cells, line));
      if (rows.length < BLOCK) continue;
      yield { rows, bytesRead: bytes.bytesRead() };
      rows = [];
    }
  } finally {
    bytes.close();
  }
  if (columns.size === 0) throw new ImportProblem(`${file.path} has no header.`);
  for (const { at, broken } of unreadable) rows.push({ line: Math.max(line, at - countedTwice), broken });
  yield { rows, bytesRead: bytes.bytesRead() };
}

function nameColumns(columns: Map<string, number>, header: readonly string[]): void {
  header.forEach((name, n) => {
    if (!columns.has(name.trim())) columns.set(name.trim(), n);
  });
}

function parseRecords(bytes: FileBytes, onBroken: OnBroken): AsyncIterable<{ info: Info; record: string[] }> {
  const parser = parse({
    bom: true,
    info: true,
    max_record_size: MAX_ROW,
    on_skip: (error) => {
      onBroken('unreadable row', typeof error?.lines === 'number' ? error.lines : 0);
      return undefined;
    },
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  feed(bytes, parser, onBroken).catch((error: Error) => parser.destroy(error));
  return parser;
}

async function feed(bytes: FileBytes, parser: NodeJS.WritableStream, onBroken: OnBroken): Promise<void> {
  try {
    for await (const chunk of bytes.chunks) {
      if (!parser.write(chunk)) await new Promise((drained) => parser.once('drain', drained));
    }
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    onBroken('damaged file', 0);
  }
  parser.end();
}

function lineBreaks(record: readonly string[]): { lines: number; characters: number } {
  const text = record.join('');
  return { lines: text.match(/\r\n|\r|\n/g)?.length ?? 0, characters: text.match(/[\r\n]/g)?.length ?? 0 };
}
