/** Reads a CSV file row by row, whatever program wrote it: comma, semicolon or tab, any line ends, with or without a BOM. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';

/** The file as a whole cannot be read; the message says where and why. */
export class CsvUnreadable extends Error {}

export interface CsvRow {
  /** Line of the file on which the row begins, from 1. */
  line: number;
  cells: string[];
  /** How much of the file is read so far. */
  bytes: number;
}

const DELIMITERS = [',', ';', '\t'] as const;
const SNIFFED_BYTES = 65_536;
/** A quote that is opened and never closed swallows the rest of the file: it is noticed after so many characters. */
const MAX_ROW = 65_536;

/** The header is the first row. Blank lines are passed over. Throws CsvUnreadable. */
export async function* readCsvRows(file: string): AsyncGenerator<CsvRow> {
  const delimiter = await sniffDelimiter(file);
  yield* readCsvStream(createReadStream(file), { delimiter });
}

/** The same of bytes that come from elsewhere. Lines that begin with `comment` are passed over. Ends the source, whatever happens. */
export async function* readCsvStream(
  source: Readable,
  { delimiter, comment = '' }: { delimiter: string; comment?: string },
): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    comment,
    comment_no_infix: true,
    delimiter,
    info: true,
    max_record_size: MAX_ROW,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  source.on('error', (error) => parser.destroy(error));
  const rows: AsyncIterable<{ info: Info; record: string[] }> = source.pipe(parser);
  // The parser counts a CRLF inside quotes as two lines.
  let countedTwice = 0;
  try {
    for await (const { info, record } of rows) {
      const inside = lineBreaks(record.join(''));
      countedTwice += inside.characters - inside.lines;
      yield { line: info.lines - countedTwice - inside.lines, cells: record, bytes: info.bytes };
    }
  } catch (cause) {
    if (cause instanceof CsvError) throw new CsvUnreadable(whyUnreadable(cause), { cause });
    throw cause;
  } finally {
    source.destroy();
  }
}

function lineBreaks(text: string): { lines: number; characters: number } {
  return { lines: text.match(/\r\n|\r|\n/g)?.length ?? 0, characters: text.match(/[\r\n]/g)?.length ?? 0 };
}

function whyUnreadable(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      return 'A quotation mark is opened and never closed, or a row is longer than 64 KiB.';
    default:
      return error.message;
  }
}

async function sniffDelimiter(file: string): Promise<string> {
  const handle = await open(file, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new CsvUnreadable(cause.code === 'ENOENT' ? 'There is no such file.' : cause.message, { cause });
  });
  try {
    if (!(await handle.stat()).isFile()) throw new CsvUnreadable('This is not a file.');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
    return delimiterOf(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** Of a file that begins so: the one that occurs most in the first line; a comma where there is none. */
export function delimiterOf(head: Buffer): string {
  const utf16 = head[0] === 0xff && head[1] === 0xfe;
  const [first = ''] = head
    .subarray(0, SNIFFED_BYTES)
    .toString(utf16 ? 'utf16le' : 'utf8')
    .trimStart()
    .split(/[\r\n]/, 1);
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: first.split(delimiter).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).delimiter;
}
