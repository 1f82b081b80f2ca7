import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CsvRow, CsvUnreadable, readCsvRows } from './csv-rows.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-csv-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function readAll(file: string): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of readCsvRows(file)) rows.push(row);
  return rows;
}

async function rowsOf(contents: string | Buffer) {
  const file = join(folder, `${crypto.randomUUID()}.csv`);
  await writeFile(file, contents);
  return readAll(file);
}
const cellsOf = async (contents: string | Buffer) => (await rowsOf(contents)).map((row) => row.cells);
const linesOf = async (contents: string) => (await rowsOf(contents)).map((row) => row.line);

const SPECTRUM = join(import.meta.dirname, 'vectors', 'csv-spectrum');
/** Its JSON gives another telephone number than its CSV does; all else is compared. */
const WRONG_IN_THE_ORIGINAL: Record<string, string> = { location_coordinates: 'Contact Phone Number' };

describe('csv-spectrum', async () => {
  const names = (await readdir(join(SPECTRUM, 'csvs'))).map((file) => file.replace(/\.csv$/, ''));
  test('all of it is here', () => expect(names).toHaveLength(12));

  test.each(names)('%s', async (name) => {
    const [header, ...rows] = await readAll(join(SPECTRUM, 'csvs', `${name}.csv`));
    const read = rows.map(({ cells }) =>
      Object.fromEntries((header?.cells ?? []).map((column, at) => [column, cells[at]])),
    );
    const expected = [JSON.parse(await readFile(join(SPECTRUM, 'json', `${name}.json`), 'utf8'))].flat();
    const skipped = WRONG_IN_THE_ORIGINAL[name];
    for (const record of [...read, ...expected]) if (skipped) delete record[skipped];
    expect(read).toEqual(expected);
  });
});

test('the delimiter is found: semicolon and tab too', async () => {
  expect(await cellsOf('serial;note\nA;"x;y"\n')).toEqual([
    ['serial', 'note'],
    ['A', 'x;y'],
  ]);
  expect(await cellsOf('serial\tnote\nA\t1,5\n')).toEqual([
    ['serial', 'note'],
    ['A', '1,5'],
  ]);
  expect(await cellsOf('serial\nA-1\n')).toEqual([['serial'], ['A-1']]);
});

test('a byte order mark is no part of the header, in UTF-8 and in UTF-16', async () => {
  expect(await cellsOf('\ufeffserial,x\nA,ü\n')).toEqual([
    ['serial', 'x'],
    ['A', 'ü'],
  ]);
  expect(await cellsOf(Buffer.from('\ufeffserial;x\r\nA;ü\r\n', 'utf16le'))).toEqual([
    ['serial', 'x'],
    ['A', 'ü'],
  ]);
});

test('each row knows the line it begins on, also after line breaks inside quotes and blank lines', async () => {
  expect(await linesOf('h,x\n\nA,1\n"B\nb",2\n\nC,"3\n4\n5"\nD,6')).toEqual([1, 3, 4, 7, 10]);
  expect(await linesOf('h,x\r\n\r\nA,1\r\n"B\r\nb",2\r\nC,"3\r\n4\r\n5"\r\nD,6')).toEqual([1, 3, 4, 6, 9]);
});

test('rows of other lengths are read as they are', async () => {
  expect(await cellsOf('a,b\n1\n1,2,3\n')).toEqual([['a', 'b'], ['1'], ['1', '2', '3']]);
});

test('an empty file has no rows', async () => {
  expect(await cellsOf('')).toEqual([]);
  expect(await cellsOf('\n\n')).toEqual([]);
});

test.each([
  ['a quote that is never closed', 'a,b\n1,"2\n3,4\n'],
  ['a row without end', `a,b\n1,"${'x'.repeat(100_000)}"\n`],
])('%s is told as such', async (_what, contents) => {
  await expect(rowsOf(contents)).rejects.toThrow(CsvUnreadable);
});

test('a file that is not there, or a folder, is told as such', async () => {
  await expect(readAll(join(folder, 'nothing.csv'))).rejects.toThrow('no such file');
  await expect(readAll(folder)).rejects.toThrow(CsvUnreadable);
});

test('bytes that are no text are read without harm', async () => {
  const noise = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 97) % 256));
  await rowsOf(Buffer.concat([Buffer.from('serial\n'), noise])).catch((error) =>
    expect(error).toBeInstanceOf(CsvUnreadable),
  );
});
