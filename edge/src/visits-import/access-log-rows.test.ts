import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAccessLog } from './access-log-rows.ts';
import { MAX_LINE_BYTES } from './lines.ts';
import type { Row } from './rows.ts';
import { allRows, combined, createTestFiles, type TestFiles } from './test-files.ts';

let files: TestFiles;
beforeAll(async () => {
  files = await createTestFiles();
});
afterAll(() => files.remove());

const origin = 'https://example.com';
const told = (row: Row) =>
  'request' in row ? row.request.kind : 'skipped' in row ? row.skipped : 'broken' in row ? row.broken : '';

async function tell(content: string): Promise<[number, string][]> {
  const rows = await allRows(readAccessLog(await files.write('access.log', content), { origin }));
  return rows.map((row) => [row.line, told(row)]);
}

describe('an access log', () => {
  test('tells pages, downloads and missing pages from the rest', async () => {
    const requests: [string, number, string][] = [
      ['GET / HTTP/1.1', 200, 'view'],
      ['GET /about.html?x=a.png HTTP/1.1', 304, 'view'],
      ['GET /v8.1/ HTTP/1.1', 200, 'view'],
      ['GET /gone HTTP/1.1', 404, 'not-found'],
      ['GET /Setup.EXE HTTP/1.1', 200, 'download'],
      ['GET /Setup.exe HTTP/1.1', 206, 'status'],
      ['GET /style.css?v=3 HTTP/1.1', 200, 'asset'],
      ['GET /favicon.ico HTTP/1.1', 404, 'asset'],
      ['POST /register HTTP/1.1', 200, 'method'],
      ['GET /old HTTP/1.1', 301, 'status'],
      ['GET http://elsewhere.example/ HTTP/1.1', 200, 'proxy'],
      [String.raw`\x16\x03\x01`, 400, 'status'],
      ['', 200, 'bad request'],
    ];
    const log = requests.map(([request, status]) => combined({ request, status })).join('\n');
    expect(await tell(log)).toEqual(requests.map(([, , expected], n) => [n + 1, expected]));
  });

  test('gives a download to the page of the same site that it was clicked on', async () => {
    const lines = [`${origin}/suite`, 'https://elsewhere.example/', '-'].map((referrer) =>
      combined({ request: 'GET /suite.zip HTTP/1.1', referrer }),
    );
    const rows = await allRows(readAccessLog(await files.write('downloads.log', lines.join('\n')), { origin }));
    expect(rows.map((row) => ('request' in row ? row.request.url : ''))).toEqual([
      `${origin}/suite`,
      `${origin}/suite.zip`,
      `${origin}/suite.zip`,
    ]);
  });

  test('is read to its end however broken lines of it are, and their numbers are right', async () => {
    const endless = 'x'.repeat(MAX_LINE_BYTES * 9);
    const log = [combined(), 'nonsense', '', endless, combined(), '\0\u{fffd}\u0007', combined()].join('\r\n');
    expect(await tell(log)).toEqual([
      [1, 'view'],
      [2, 'not this format'],
      [4, 'too long'],
      [5, 'view'],
      [6, 'not this format'],
      [7, 'view'],
    ]);
  });

  test('may be empty, or end without a line end', async () => {
    expect(await tell('')).toEqual([]);
    expect(await tell(`${combined()}\n`)).toEqual([[1, 'view']]);
  });

  test('is the same packed by gzip, and counts its lines over every stretch', async () => {
    const log = Array.from({ length: 20_000 }, (_, n) => combined({ request: `GET /${n} HTTP/1.1` })).join('\n');
    const rows = await allRows(readAccessLog(await files.writeGzip('access.log.gz', log), { origin }));
    expect(rows).toHaveLength(20_000);
    expect(rows.every((row, n) => row.line === n + 1 && 'request' in row && row.request.url === `${origin}/${n}`)).toBe(
      true,
    );
  });

  test('that is damaged or cut off is read as far as it goes', async () => {
    const log = Array.from({ length: 20_000 }, (_, n) => combined({ request: `GET /${n} HTTP/1.1` })).join('\n');
    const whole = await files.writeGzip('whole.log.gz', log);
    const { readFile } = await import('node:fs/promises');
    const bytes = await readFile(whole.path);
    const rows = await allRows(readAccessLog(await files.write('cut.log.gz', bytes.subarray(0, -1000)), { origin }));
    expect(rows.length).toBeGreaterThan(1_000);
    expect(rows.at(-1)).toMatchObject({ broken: 'damaged file' });
    expect(rows.filter((row) => 'broken' in row).length).toBeLessThanOrEqual(2);
  });
});
