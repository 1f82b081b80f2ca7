/** Files for the tests of importers, in a folder of their own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type ImportFile, identifyFile } from './file-bytes.ts';
import type { Row, RowBlock } from './rows.ts';

export interface TestFiles {
  write(name: string, content: string | Uint8Array): Promise<ImportFile>;
  writeGzip(name: string, content: string): Promise<ImportFile>;
  remove(): Promise<void>;
}

export async function createTestFiles(): Promise<TestFiles> {
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-import-'));
  async function write(name: string, content: string | Uint8Array): Promise<ImportFile> {
    const file = path.join(folder, name);
    await writeFile(file, content);
    return identifyFile(file);
  }
  return {
    write,
    writeGzip: (name, content) => write(name, gzipSync(content)),
    remove: () => rm(folder, { recursive: true }),
  };
}

export async function allRows(blocks: AsyncIterable<RowBlock>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const block of blocks) rows.push(...block.rows);
  return rows;
}

export interface LogLine {
  address?: string;
  time?: string;
  request?: string;
  status?: number;
  referrer?: string;
  userAgent?: string;
}

export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

export function combined(line: LogLine = {}): string {
  const { address = '203.0.113.7', time = '10/Oct/2026:13:55:36 +0200', request = 'GET / HTTP/1.1' } = line;
  const { status = 200, referrer = '-', userAgent = FIREFOX } = line;
  return `${address} - - [${time}] "${request}" ${status} 2326 "${referrer}" "${userAgent}"`;
}
