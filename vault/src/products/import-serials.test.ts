import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase } from '@avow/engines/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CsvUnreadable } from '../platform/csv/csv-rows.ts';
import { checkSerial } from './check-serial.ts';
import { SerialRunRefused } from './generate-serials.ts';
import type { RefusedRow } from './import-row.ts';
import { type ImportOptions, importSerials } from './import-serials.ts';
import type { Progress } from './progress.ts';
import { openTestProducts, type TestProducts } from './test-products.ts';

let house: TestProducts;
beforeAll(async () => {
  house = await openTestProducts(createTestDatabase);
});
afterAll(() => house.close());

async function csv(contents: string | Buffer): Promise<string> {
  const file = join(house.folder, `${crypto.randomUUID()}.csv`);
  await writeFile(file, contents);
  return file;
}

async function run(contents: string | Buffer, more: Partial<ImportOptions> = {}) {
  const refused: RefusedRow[] = [];
  const file = await csv(contents);
  const options = {
    suite: 'nordlicht-suite',
    edition: 'studio',
    file,
    onRefused: (row: RefusedRow) => refused.push(row),
  };
  return { report: await importSerials(house, { ...options, ...more }), refused };
}

let next = 100_000;
const serial = () => `NS7-${next++}-AB`;
const countStored = async () => (await house.db.selectFrom('serials').select('batch_id').execute()).length;

test('imported serials can be registered like any other, however they are typed', async () => {
  const [one, two] = [serial(), serial()];
  const { report, refused } = await run(`serial\n${one}\n${two}\n`, { note: 'shop 2004' });
  expect(report).toEqual({ rows: 2, fresh: 2, alreadyStored: 0, refused: 0, stored: true });
  expect(refused).toEqual([]);
  const typed = ` ${one.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`;
  expect(await house.check(typed)).toBe('ok');
  const person = await house.person('legacy-owner');
  expect(await house.claim(person, one.toLowerCase())).toMatchObject({
    held: false,
    receipt: { claims: { edition: 'studio' } },
  });
  expect(await house.held(person)).toMatchObject([{ serial: one, edition: 'Studio' }]);
  expect((await house.claim(await house.person('legacy-second'), typed)).held).toBe(true);
  const batches = await house.db.selectFrom('serial_batches').selectAll().where('note', '=', 'shop 2004').execute();
  expect(batches).toMatchObject([{ kind: 'legacy', serials: 2, key_id: null }]);
});

test('each row may name its edition', async () => {
  const [one, two, three] = [serial(), serial(), serial()];
  const { report } = await run(`Edition;Serial\nstandard;${one}\nStudio;${two}\n;${three}\n`, { edition: 'studio' });
  expect(report.stored).toBe(true);
  for (const [text, edition] of [
    [one, 'standard'],
    [two, 'studio'],
    [three, 'studio'],
  ] as const) {
    expect(await checkSerial(house, text)).toMatchObject({ genuine: true, kind: 'legacy', edition });
  }
});

test('a dry run reports the same and stores nothing', async () => {
  const before = await countStored();
  const { report, refused } = await run(`serial\n${serial()}\nwrong\n`, { dryRun: true });
  expect(report).toEqual({ rows: 2, fresh: 1, alreadyStored: 0, refused: 1, stored: false });
  expect(refused).toEqual([{ line: 3, what: 'wrong', why: 'wrong form' }]);
  expect(await countStored()).toBe(before);
});

test('one refused row means that nothing is stored, unless the others were asked for', async () => {
  const good = serial();
  const contents = `serial\n${good}\n\n"two\nlines"\n${good}\n`;
  const { report, refused } = await run(contents);
  expect(report).toMatchObject({ fresh: 1, refused: 2, stored: false });
  expect(refused).toEqual([
    { line: 4, what: 'two\nlines', why: 'wrong form' },
    { line: 6, what: good, why: 'repeated' },
  ]);
  expect(await house.check(good)).toBe('serial_unknown');

  expect((await run(contents, { skipRefused: true })).report).toMatchObject({ fresh: 1, refused: 2, stored: true });
  expect(await house.check(good)).toBe('ok');
});

test('the same file again stores nothing twice: an interrupted import is simply run again', async () => {
  const contents = `serial\n${Array.from({ length: 50 }, serial).join('\n')}\n`;
  await run(contents);
  const before = await countStored();
  expect((await run(`${contents}${serial()}\n`)).report).toEqual({
    rows: 51,
    fresh: 1,
    alreadyStored: 50,
    refused: 0,
    stored: true,
  });
  expect((await run(contents)).report).toMatchObject({ fresh: 0, alreadyStored: 50, stored: false });
  expect(await countStored()).toBe(before + 1);
});

test('an import that is interrupted leaves nothing behind', async () => {
  const before = await countStored();
  const stop = new AbortController();
  const contents = `serial\n${Array.from({ length: 25_000 }, serial).join('\n')}\n`;
  const stopped = run(contents, { signal: stop.signal, onProgress: () => stop.abort(new Error('stopped by hand')) });
  await expect(stopped).rejects.toThrow('stopped by hand');
  expect(await countStored()).toBe(before);
});

test('progress is told in bytes of the file', async () => {
  const seen: Progress[] = [];
  await run(`serial\n${Array.from({ length: 12_000 }, serial).join('\n')}\n`, { onProgress: (at) => seen.push(at) });
  expect(seen).toHaveLength(2);
  expect(seen.at(-1)).toMatchObject({ done: 12_000 * 14 + 7, total: 12_000 * 14 + 7, secondsLeft: 0 });
});

describe('a row is refused', () => {
  test.each([
    ['without a serial', ' ', 'empty'],
    ['that is far too long', 'N'.repeat(200), 'too long'],
    ['in another encoding', 'NS7-1000\ufffd0-AB', 'unreadable'],
    ['of another form', 'XX7-100000-AB', 'wrong form'],
    ['that only contains one of the right form', 'xNS7-100000-ABx', 'wrong form'],
    ['that is a formula', '=HYPERLINK("http://example.org")', 'wrong form'],
  ])('%s', async (_what, text, why) => {
    const { refused } = await run(`serial,note\n"${text.replaceAll('"', '""')}",x\n`);
    expect(refused).toMatchObject([{ line: 2, why }]);
  });

  test('whose serial was made here', async () => {
    const { refused } = await run(`serial\n${await house.serial()}\n`);
    expect(refused).toMatchObject([{ why: 'new form' }]);
  });

  test('whose edition is not sold', async () => {
    const { refused } = await run(`serial,edition\n${serial()},gold\n`);
    expect(refused).toMatchObject([{ why: 'edition unknown' }]);
  });

  test('that is stored for another edition', async () => {
    const text = serial();
    await run(`serial\n${text}\n`);
    const { report, refused } = await run(`serial\n${text}\n${serial()}\n`, { edition: 'standard' });
    expect(refused).toMatchObject([{ line: 2, why: 'of another product' }]);
    expect(report).toMatchObject({ fresh: 1, alreadyStored: 0, stored: false });
  });

  test('that differs from another only in O and 0, which nobody can tell apart in print', async () => {
    const pattern = 'NS[0-9]-[0-9]{6}-[A-Z]{2}';
    expect(house.config.suites[0]?.legacySerialPattern).toBe(pattern);
    const { refused } = await run('serial\nNS7-900000-OB\nNS7-900000-0B\nNS7-900000-oB\n');
    expect(refused).toEqual([
      { line: 3, what: 'NS7-900000-0B', why: 'wrong form' },
      { line: 4, what: 'NS7-900000-oB', why: 'repeated' },
    ]);
  });
});

describe('a file is refused as a whole', () => {
  test.each([
    ['an empty one', '', CsvUnreadable],
    ['one without the column', 'number\nNS7-100000-AB\n', CsvUnreadable],
    ['one with an open quote', 'serial\n"NS7-100000-AB\n', CsvUnreadable],
  ])('%s', async (_what, contents, error) => {
    await expect(run(contents)).rejects.toThrow(error);
  });

  test('where the suite, its edition or its pattern is not known', async () => {
    await expect(run('serial\n', { suite: 'other' })).rejects.toThrow(SerialRunRefused);
    await expect(run('serial\n', { edition: 'gold' })).rejects.toThrow(SerialRunRefused);
    const file = await csv('serial\nNS7-100000-AB\n');
    await expect(importSerials(house, { suite: 'nordlicht-suite', file })).rejects.toThrow('Name an edition');
    const suites = house.config.suites.map(({ legacySerialPattern: _, ...suite }) => suite);
    const without = { ...house, config: { ...house.config, suites } };
    await expect(importSerials(without, { suite: 'nordlicht-suite', file })).rejects.toThrow('no legacySerialPattern');
  });

  test('one that is not there', async () => {
    await expect(run('', { file: join(house.folder, 'nowhere.csv') })).rejects.toThrow(/no file .*nowhere/);
  });
});

test('files with a BOM, CRLF, or in UTF-16 are read alike', async () => {
  for (const encode of [
    (text: string) => `\ufeff${text}`,
    (text: string) => text.replaceAll('\n', '\r\n'),
    (text: string) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le'),
  ]) {
    expect((await run(encode(`serial\n${serial()}\n`))).report).toMatchObject({ fresh: 1, refused: 0, stored: true });
  }
});

describe('checking by staff', () => {
  test('tells product, batch and how many registered it, but not who', async () => {
    const text = await house.serial();
    const person = await house.person('checked-person');
    await house.claim(person, text);
    await house.claim(await house.person('checked-second'), text);
    const checked = await checkSerial(house, text.toLowerCase());
    expect(checked).toMatchObject({
      genuine: true,
      serial: text,
      kind: 'unit',
      title: 'Nordlicht Suite Studio',
      registrations: { registered: 1, onHold: 1 },
    });
    expect(JSON.stringify(checked)).not.toContain(person);
  });

  test('tells why a serial is not genuine', async () => {
    expect(await checkSerial(house, 'NS7-000000-ZZ')).toEqual({
      genuine: false,
      serial: 'NS7-000000-ZZ',
      why: 'serial_unknown',
    });
    expect(await checkSerial(house, '🦊')).toMatchObject({ why: 'serial_mistyped' });
  });
});
