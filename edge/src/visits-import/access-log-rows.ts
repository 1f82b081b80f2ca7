import { parseAccessLogLine } from './access-log-line.ts';
import { type ImportFile, openFileBytes } from './file-bytes.ts';
import { readLines } from './lines.ts';
import { readPageRequest } from './page-request.ts';
import type { Row, RowBlock } from './rows.ts';

/** A server's access log, row by row. `origin`: of the site it belongs to, such as `https://example.com`. */
export async function* readAccessLog(file: ImportFile, { origin }: { origin: string }): AsyncGenerator<RowBlock> {
  for await (const block of readLines(openFileBytes(file))) {
    const rows: Row[] = [];
    block.lines.forEach((text, n) => {
      if (text !== '') rows.push(readRow(block.first + n, text, origin));
    });
    if (block.damaged) rows.push({ line: block.first + block.lines.length, broken: 'damaged file' });
    yield { rows, bytesRead: block.bytesRead };
  }
}

function readRow(line: number, text: string | null, origin: string): Row {
  if (text === null) return { line, broken: 'too long' };
  const parsed = parseAccessLogLine(text);
  if (typeof parsed === 'string') return { line, broken: parsed };
  const read = readPageRequest(parsed, origin);
  return 'url' in read ? { line, request: read } : { line, ...read };
}
