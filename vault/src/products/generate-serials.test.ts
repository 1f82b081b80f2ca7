import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase } from '@avow/engines/testing';
import { decodeSerial, serialIsWellFormed } from '@avow/protocol/serial';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serialKey } from '../platform/keys/serial-keys.ts';
import { generateSerials, SerialRunRefused } from './generate-serials.ts';
import type { Progress } from './progress.ts';
import { SerialFileProblem } from './serial-file.ts';
import { AnotherRun, ConnectionLost, writeSerials } from './serial-store.ts';
import { serialTag, tagKey } from './serial-tag.ts';
import { openTestProducts, type TestProducts } from './test-products.ts';

let house: TestProducts;
beforeAll(async () => {
  house = await openTestProducts(createTestDatabase);
});
afterAll(() => house.close());

const wanted = { suite: 'nordlicht-suite', edition: 'studio', kind: 'unit' } as const;
const newFile = () => join(house.folder, `${crypto.randomUUID()}.txt`);
const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );
async function countStored(): Promise<{ batches: number; serials: number }> {
  const batches = await house.db.selectFrom('serial_batches').select('id').execute();
  const serials = await house.db.selectFrom('serials').select('batch_id').execute();
  return { batches: batches.length, serials: serials.length };
}

test('a batch is printed in a file that only its owner reads, one serial a line, and every one is genuine', async () => {
  const file = newFile();
  const batch = await generateSerials(house, { ...wanted, count: 1000, file, note: 'spring' });
  const serials = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(new Set(serials).size).toBe(1000);
  const key = tagKey(await serialKey(house.keyring, 0));
  for (const serial of serials) {
    expect(serial).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(serialIsWellFormed(serial)).toBe(true);
    const parts = decodeSerial(serial);
    expect(parts).toMatchObject({ keyId: 0, product: 8, edition: 3 });
    expect(parts && serialTag(key, parts)).toBe(parts?.tag);
  }
  expect(await house.check(serials[500] ?? '')).toBe('ok');
  const kept = await house.db.selectFrom('serial_batches').selectAll().where('id', '=', batch.batchId).execute();
  expect(kept).toMatchObject([
    { kind: 'unit', product: 'nordlicht-suite', edition: 'studio', serials: 1000, note: 'spring' },
  ]);
});

test('unit ids are neither sequential nor in order', async () => {
  const units = (await house.serials(500)).map((serial) => Number(decodeSerial(serial)?.unit));
  const steps = units.slice(1).map((unit, at) => unit - (units[at] ?? 0));
  const rising = steps.filter((step) => step > 0).length;
  expect(rising).toBeGreaterThan(150);
  expect(rising).toBeLessThan(350);
  expect(steps.filter((step) => Math.abs(step) < 1000)).toEqual([]);
});

test('no serial stands in the database', async () => {
  const serial = await house.serial();
  const rows = await house.db.selectFrom('serials').selectAll().execute();
  const dump = Buffer.concat(rows.map((row) => row.serial_index)).toString('latin1');
  expect(dump).not.toContain(serial);
  expect(dump).not.toContain(serial.replaceAll('-', ''));
});

test('progress tells the count, the rate and the time left', async () => {
  const seen: Progress[] = [];
  await generateSerials(house, { ...wanted, count: 25_000, file: newFile(), onProgress: (at) => seen.push(at) });
  expect(seen.map(({ done }) => done)).toEqual([0, 10_000, 20_000, 25_000]);
  expect(seen.at(-1)).toMatchObject({ total: 25_000, secondsLeft: 0 });
  expect(seen[1]?.perSecond).toBeGreaterThan(100);
  expect(seen[1]?.secondsLeft).toBeGreaterThan(0);
  expect(seen[0]?.secondsLeft).toBeNull();
});

test('an interrupted run leaves neither serials nor a file', async () => {
  const before = await countStored();
  const file = newFile();
  const stop = new AbortController();
  const run = generateSerials(house, {
    ...wanted,
    count: 50_000,
    file,
    signal: stop.signal,
    onProgress: ({ done }) => done >= 20_000 && stop.abort(new Error('stopped by hand')),
  });
  await expect(run).rejects.toThrow('stopped by hand');
  expect(await countStored()).toEqual(before);
  expect([await exists(file), await exists(`${file}.part`)]).toEqual([false, false]);
});

test('a connection lost in the middle leaves neither serials nor a file', async () => {
  const before = await countStored();
  const file = newFile();
  const cut = sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'avow serials' AND datname = current_database()`;
  const cuts: Promise<unknown>[] = [];
  const run = generateSerials(house, {
    ...wanted,
    count: 50_000,
    file,
    onProgress: ({ done }) => done === 10_000 && cuts.push(cut.execute(house.db)),
  });
  await expect(run).rejects.toThrow(ConnectionLost);
  await Promise.all(cuts);
  expect(cuts).toHaveLength(1);
  expect(await countStored()).toEqual(before);
  expect(await exists(file)).toBe(false);
});

test('a database that is not there is told as such, and the file goes', async () => {
  const file = newFile();
  const nowhere = { ...house, vaultUrl: 'postgres://vault:x@127.0.0.1:1/vault' };
  await expect(generateSerials(nowhere, { ...wanted, count: 1, file })).rejects.toThrow(ConnectionLost);
  expect(await exists(`${file}.part`)).toBe(false);
});

test('an existing file is never written over, and the rest of an interrupted run is not either', async () => {
  const file = newFile();
  await writeFile(file, 'precious');
  await expect(generateSerials(house, { ...wanted, count: 1, file })).rejects.toThrow(SerialFileProblem);
  expect(await readFile(file, 'utf8')).toBe('precious');

  const other = newFile();
  await writeFile(`${other}.part`, 'half');
  await expect(generateSerials(house, { ...wanted, count: 1, file: other })).rejects.toThrow(/interrupted run/);
  expect(await readFile(`${other}.part`, 'utf8')).toBe('half');
});

test('a folder that is not there is told as such', async () => {
  const file = join(house.folder, 'nowhere', 'serials.txt');
  await expect(generateSerials(house, { ...wanted, count: 1, file })).rejects.toThrow(SerialFileProblem);
});

test('two runs at once: the second is told to wait', async () => {
  await writeSerials(house.vaultUrl, async () => {
    await expect(generateSerials(house, { ...wanted, count: 1, file: newFile() })).rejects.toThrow(AnotherRun);
    return 'roll back';
  });
});

test.each([
  ['an edition that is not sold', { edition: 'gold' }],
  ['none', { count: 0 }],
  ['a fraction', { count: 1.5 }],
  ['more than a batch holds', { count: 10_000_001 }],
  ['a key id outside its four bits', { keyId: 16 }],
])('refuses %s before anything is written', async (_what, wrong) => {
  const file = newFile();
  await expect(generateSerials(house, { ...wanted, count: 1, file, ...wrong })).rejects.toThrow(SerialRunRefused);
  expect(await exists(`${file}.part`)).toBe(false);
});

test('serials under different keys are all genuine', async () => {
  const file = newFile();
  await generateSerials(house, { ...wanted, count: 2, file, keyId: 15 });
  for (const serial of (await readFile(file, 'utf8')).trim().split('\n')) expect(await house.check(serial)).toBe('ok');
});
