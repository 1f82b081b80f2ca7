import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase } from '@avow/engines/testing';
import { receiptKey } from '@avow/vault/platform/keys/receipt-key';
import { csvCell } from '@avow/vault/products/refused-rows';
import { SerialProblem } from '@avow/vault/products/serial-problem';
import { openTestProducts, type TestProducts } from '@avow/vault/products/test-products';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { serialsCommand } from '../commands/serials.ts';

let house: TestProducts;
let output: string;
let remarks: string;

beforeAll(async () => {
  house = await openTestProducts(createTestDatabase);
});
afterAll(() => house.close());
beforeEach(() => {
  output = '';
  remarks = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    remarks += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function avow(...words: string[]): Promise<string> {
  output = '';
  const { config, db, keyringDb, vaultUrl, keyring, people } = house;
  const handle = { config, db, keyringDb, vaultUrl, keyring, people, close: async () => {} };
  const command = serialsCommand({ openVault: async () => handle });
  for (const one of [command, ...command.commands]) one.exitOverride();
  await command.parseAsync(words, { from: 'user' });
  return output;
}
const json = async (...words: string[]) => JSON.parse(await avow(...words, '--json'));
const path = (name: string) => join(house.folder, name);
const file = async (name: string, contents: string) => {
  await writeFile(path(name), contents);
  return path(name);
};

test('a batch is made, and each of its serials is found genuine', async () => {
  const out = path('made.txt');
  const made = await json('generate', '--count', '20', '--edition', 'studio', '--out', out);
  expect(made).toMatchObject({ count: 20, suite: 'nordlicht-suite', edition: 'studio', kind: 'unit', file: out });
  const serials = (await readFile(out, 'utf8')).trim().split('\n');
  expect((await stat(out)).mode & 0o777).toBe(0o600);

  const checked = await json('check', ...serials);
  expect(checked).toHaveLength(20);
  expect(checked.every((one: { genuine: boolean }) => one.genuine)).toBe(true);
  expect(process.exitCode).toBeUndefined();
  expect(await avow('check', serials[0] ?? '')).toMatch(
    /genuine: Nordlicht Suite Studio, for one copy\n.*batch .*\n.*registered 0 times/,
  );
});

test('a dry run makes neither file nor serials', async () => {
  const before = await house.db.selectFrom('serial_batches').select('id').execute();
  expect(
    await avow('generate', '--count', '5', '--edition', 'studio', '--out', path('dry.txt'), '--dry-run'),
  ).toContain('Would make 5 unit serials of Nordlicht Suite Studio');
  expect(await house.db.selectFrom('serial_batches').select('id').execute()).toHaveLength(before.length);
  await expect(stat(path('dry.txt'))).rejects.toThrow();
});

test('what is missing is named with its choices', async () => {
  await expect(avow('generate', '--count', '1', '--out', path('x.txt'))).rejects.toThrow('--edition: standard, studio');
  await expect(avow('generate', '--edition', 'studio', '--out', path('x.txt'))).rejects.toThrow('--count');
  await expect(avow('generate', '--count', 'ten', '--out', path('x.txt'))).rejects.toThrow('a whole number');
});

test('an existing file is an error that says what to do', async () => {
  const out = await file('precious.txt', 'precious');
  const again = avow('generate', '--count', '1', '--edition', 'studio', '--out', out);
  await expect(again).rejects.toThrow(SerialProblem);
  expect(await readFile(out, 'utf8')).toBe('precious');
});

test('an import reports each refused row, on the screen and in a file that a spreadsheet opens without harm', async () => {
  const csv = await file('shop.csv', 'serial\nNS7-100001-AB\n=1+1\n"NS7\u001b[31m"\n');
  const report = path('report.csv');
  const said = await avow('import', csv, '--edition', 'studio', '--report', report);
  expect(said).toContain('3 rows: 1 new, 0 stored before, 2 refused.\nNothing was stored.');
  expect(remarks).toContain('line 3: =1+1: The serial is not of the form');
  expect(remarks).not.toContain('\u001b');
  expect(process.exitCode).toBe(1);
  const lines = (await readFile(report, 'utf8')).split('\r\n');
  expect(lines[0]).toBe('line,serial,why');
  expect(lines[1]).toMatch(/^"3","'=1\+1","The serial/);
  await expect(avow('import', csv, '--edition', 'studio', '--report', report)).rejects.toThrow('exists');
});

test('the good rows are stored where that is wanted, and not in a dry run', async () => {
  const csv = await file('mixed.csv', 'serial\nNS7-100002-AB\nwrong\n');
  const words = ['import', csv, '--edition', 'studio', '--skip-refused'];
  expect(await json(...words, '--dry-run')).toMatchObject({ fresh: 1, refused: 1, stored: false });
  expect(await json(...words)).toMatchObject({ fresh: 1, refused: 1, stored: true });
  expect(process.exitCode).toBeUndefined();
  expect(await avow('check', 'ns7 100002 ab')).toContain('NS7 100002 AB  genuine: Nordlicht Suite Studio, imported');
});

test('a serial that is not genuine gives the exit code 1 and says why, whatever it contains', async () => {
  expect(await avow('check', 'NS9-999999-ZZ')).toContain('not genuine: We do not know this serial number.');
  expect(process.exitCode).toBe(1);
  expect(await avow('check', '\u009b31mX')).not.toContain('\u009b');
});

test('a receipt is verified without a vault', async () => {
  const person = await house.person('cli-receipt');
  const { receipt } = await house.claim(person, await house.serial());
  const key = (await receiptKey(house.keyring)).rawPublicKey;
  const genuine = await file('receipt.json', JSON.stringify(receipt));
  expect(await avow('verify-receipt', genuine, '--key', key)).toContain('Genuine: nordlicht-suite studio');
  const forged = await file('forged.json', JSON.stringify(receipt).replace('studio', 'gold'));
  expect(await json('verify-receipt', forged, '--key', key)).toMatchObject({ genuine: false });
  expect(process.exitCode).toBe(1);
  const other = await file('other.json', '{"claims":{}}');
  await expect(avow('verify-receipt', other, '--key', key)).rejects.toThrow('not a registration receipt');
  await expect(avow('verify-receipt', genuine, '--key', 'short')).rejects.toThrow('not a public key');
});

test.each([
  ['=1+1', `"'=1+1"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@x', `"'@x"`],
  ['a "b"', '"a ""b"""'],
  ['NS7-1', '"NS7-1"'],
])('the cell %s stands in the report as %s', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});
