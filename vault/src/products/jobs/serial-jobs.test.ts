import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@avow/engines/testing';
import type { JobState } from '@avow/protocol/staff/jobs';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type JobFiles, openJobFiles } from '../../platform/jobs/files.ts';
import { addJob, findJob, type JobRow, moveJob, wakeWorker } from '../../platform/jobs/queries.ts';
import { findResult } from '../../platform/jobs/tell-job.ts';
import { type JobWorker, startJobWorker } from '../../platform/jobs/work-jobs.ts';
import { openTestProducts, type TestProducts } from '../test-products.ts';

const staff = randomUUID();
let house: TestProducts;
let files: JobFiles;
let worker: JobWorker | null = null;

beforeAll(async () => {
  house = await openTestProducts(createTestDatabase);
  files = openJobFiles(house.services);
});
afterAll(() => house.close());
afterEach(stop);

function start(): void {
  const kinds = house.products.jobs ?? [];
  worker = startJobWorker({ db: house.db, databaseUrl: house.vaultUrl, kinds, files, log: house.services.log });
}

async function stop(): Promise<void> {
  await worker?.stop();
  worker = null;
}

async function ask(kind: JobRow['kind'], parameters: object, total: number | null = null): Promise<string> {
  return addJob(house.db, { kind, parameters, total, askedBy: staff, day: house.today() });
}

const generate = (count: number, more: object = {}) =>
  ask(
    'serials.generate',
    { suite: 'nordlicht-suite', edition: 'studio', count, kind: 'unit', keyId: 0, note: '', ...more },
    count,
  );

async function job(id: string): Promise<JobRow> {
  const row = await findJob(house.db, id);
  if (!row) throw new Error('no such job');
  return row;
}

async function until(id: string, ...states: JobState[]): Promise<JobRow> {
  await vi.waitFor(async () => expect(states).toContain((await job(id)).state), { timeout: 20_000, interval: 20 });
  return job(id);
}

/** Steers as the routes do. */
async function move(id: string, from: JobState[], to: JobState): Promise<boolean> {
  const moved = await moveJob(house.db, id, from, to);
  await wakeWorker(house.db);
  return moved;
}

async function resultOf(id: string): Promise<string> {
  const file = await findResult(house.db, id);
  if (!file) throw new Error('no file');
  const pieces: Buffer[] = [];
  for await (const piece of files.read(file)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

const batchCount = async (id: string) =>
  house.db.selectFrom('serial_batches').select('serials').where('id', '=', id).executeTakeFirst();

async function serialsOf(id: string): Promise<number> {
  const { count } = await house.db
    .selectFrom('serials')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('batch_id', '=', id)
    .executeTakeFirstOrThrow();
  return count;
}

async function upload(text: string): Promise<string> {
  const file = await files.create(house.db, {
    jobId: null,
    role: 'input',
    askedBy: staff,
    name: 'shop.csv',
    mediaType: 'text/csv',
    expectedBytes: Buffer.byteLength(text),
  });
  const half = Math.ceil(text.length / 2);
  for (const [number, piece] of [text.slice(0, half), text.slice(half)].entries()) {
    await files.write(house.db, file, number, Buffer.from(piece));
  }
  await house.db.updateTable('job_files').set({ complete: true }).where('id', '=', file.id).execute();
  return file.id;
}

const importing = async (text: string, more: object = {}) =>
  ask('serials.import', {
    file: await upload(text),
    suite: 'nordlicht-suite',
    edition: 'studio',
    column: 'serial',
    dryRun: false,
    skipRefused: false,
    note: '',
    ...more,
  });

const legacy = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => `NS7-${String(from + n).padStart(6, '0')}-AB`);
const csv = (serials: readonly string[]) => `serial\n${serials.join('\n')}\n`;

describe('making serials as a job (W3)', () => {
  test('gives a batch and a file of as many different genuine serials', async () => {
    const id = await generate(25_000);
    start();
    const done = await until(id, 'done', 'failed');
    expect([done.state, done.done, done.result]).toEqual(['done', 25_000, { batchId: id, serials: 25_000 }]);
    expect(await batchCount(id)).toEqual({ serials: 25_000 });
    const serials = (await resultOf(id)).trim().split('\n');
    expect(new Set(serials).size).toBe(25_000);
    expect(await serialsOf(id)).toBe(25_000);
    expect(await house.check(serials.at(-1) ?? '')).toBe('ok');
  });

  test('survives a worker that dies between two steps: nothing twice, nothing lost', async () => {
    const id = await generate(60_000);
    for (let deaths = 0; (await job(id)).state !== 'done' && deaths < 30; deaths++) {
      start();
      await vi.waitFor(async () => expect((await job(id)).state).toMatch(/running|done/), {
        timeout: 10_000,
        interval: 5,
      });
      // What a dead worker leaves: a job that is said to be running.
      await stop();
    }
    start();
    await until(id, 'done');
    const serials = (await resultOf(id)).trim().split('\n');
    expect([serials.length, new Set(serials).size, await serialsOf(id)]).toEqual([60_000, 60_000, 60_000]);
  });

  test('pauses, shows how far it is, and goes on', async () => {
    const id = await generate(50_000);
    start();
    await vi.waitFor(async () => expect((await job(id)).done).toBeGreaterThan(0), { interval: 5, timeout: 10_000 });
    await move(id, ['waiting', 'running'], 'paused');
    const paused = await job(id);
    await stop();
    start();
    const other = await generate(10);
    await until(other, 'done');
    expect(await job(id)).toMatchObject({ state: 'paused', done: paused.done });
    await move(id, ['paused'], 'waiting');
    await until(id, 'done');
    expect(await serialsOf(id)).toBe(50_000);
  });

  test('nobody can register a serial of a batch that is not finished; cancelled, nothing is left of it', async () => {
    const id = await generate(50_000);
    start();
    await vi.waitFor(async () => expect((await job(id)).done).toBeGreaterThan(0), { interval: 5, timeout: 10_000 });
    await move(id, ['waiting', 'running'], 'paused');
    const memory = (await job(id)).memory as { fileId: string };
    const half = await files.find(house.db, memory.fileId);
    if (!half) throw new Error('no file');
    const first = (await files.read(half).next()).value?.toString('utf8').split('\n')[0] ?? '';
    expect(await house.check(first)).toBe('serial_unknown');
    expect(await findResult(house.db, id)).toBeNull();

    expect(await move(id, ['paused'], 'cancelling')).toBe(true);
    await until(id, 'cancelled');
    expect(await serialsOf(id)).toBe(0);
    expect(await files.find(house.db, memory.fileId)).toBeNull();
    expect(await move(id, ['waiting', 'running', 'paused'], 'cancelling')).toBe(false);
  });

  test('fails with a code where the edition is gone from the configuration', async () => {
    const id = await generate(10, { edition: 'gone' });
    start();
    expect(await until(id, 'failed')).toMatchObject({ problem: 'refused', detail: 'nordlicht-suite gone' });
  });
});

describe('importing serials as a job (W3)', () => {
  test('stores all of a good file, under one batch an edition', async () => {
    const id = await importing(csv(legacy(1, 12_000)));
    start();
    const done = await until(id, 'done', 'failed');
    expect(done.result).toEqual({ rows: 12_000, fresh: 12_000, alreadyStored: 0, refused: 0, stored: true });
    expect(await house.check('NS7-012000-AB')).toBe('ok');
    expect(await findResult(house.db, id)).toBeNull();
  });

  test('of the same file again, nothing is stored twice', async () => {
    const id = await importing(csv(legacy(1, 12_000)));
    start();
    expect((await until(id, 'done')).result).toEqual({
      rows: 12_000,
      fresh: 0,
      alreadyStored: 12_000,
      refused: 0,
      stored: false,
    });
  });

  test('with broken rows: nothing counts, and a report says which', async () => {
    const rows = [...legacy(20_001, 6_000), '=1+1', 'NS7-020001-AB', ...legacy(30_001, 6_000)];
    const id = await importing(csv(rows));
    start();
    expect((await until(id, 'done')).result).toEqual({
      rows: 12_002,
      fresh: 12_000,
      alreadyStored: 0,
      refused: 2,
      stored: false,
    });
    expect((await resultOf(id)).split('\r\n').slice(0, 3)).toEqual([
      'line,serial,why',
      `"6002","'=1+1","The serial is not of the form that the suite's legacySerialPattern describes."`,
      '"6003","NS7-020001-AB","The same serial stands further up in this file."',
    ]);
    expect(await house.check('NS7-020001-AB')).toBe('serial_unknown');
    const again = await importing(csv(rows), { skipRefused: true });
    expect((await until(again, 'done')).result).toMatchObject({ fresh: 12_000, refused: 2, stored: true });
    expect(await house.check('NS7-020001-AB')).toBe('ok');
  });

  test('a dry run says what would happen, keeps the file, and stores nothing', async () => {
    const file = await upload(csv(legacy(50_001, 10)));
    const parameters = {
      file,
      suite: 'nordlicht-suite',
      edition: 'studio',
      column: 'serial',
      skipRefused: false,
      note: '',
    };
    const dry = await ask('serials.import', { ...parameters, dryRun: true });
    start();
    expect((await until(dry, 'done')).result).toMatchObject({ fresh: 10, stored: false });
    expect(await house.check('NS7-050001-AB')).toBe('serial_unknown');
    const real = await ask('serials.import', { ...parameters, dryRun: false });
    expect((await until(real, 'done')).result).toMatchObject({ fresh: 10, stored: true });
    expect(await files.find(house.db, file)).toBeNull();
  });

  test('survives a worker that dies between two steps: each row once', async () => {
    const id = await importing(csv(legacy(100_001, 40_000)));
    for (let deaths = 0; (await job(id)).state !== 'done' && deaths < 30; deaths++) {
      start();
      await vi.waitFor(async () => expect((await job(id)).state).toMatch(/running|done/), {
        timeout: 10_000,
        interval: 5,
      });
      await stop();
    }
    start();
    expect((await until(id, 'done')).result).toEqual({
      rows: 40_000,
      fresh: 40_000,
      alreadyStored: 0,
      refused: 0,
      stored: true,
    });
  });

  test('a file without the column fails and says which columns there are', async () => {
    const id = await importing('number\nNS7-000001-AB\n');
    start();
    expect(await until(id, 'failed')).toMatchObject({
      problem: 'file_unreadable',
      detail: expect.stringContaining('number'),
    });
  });
});

describe('files of jobs (W7)', () => {
  test('are not readable in the database, and not at all after their days', async () => {
    const file = await upload('serial\nNS7-777777-AB\n');
    const pieces = await house.db.selectFrom('job_file_chunks').selectAll().where('file_id', '=', file).execute();
    expect(pieces.map(({ content }) => content.toString('latin1')).join('')).not.toContain('777777');
    const held = await files.find(house.db, file);
    house.passDays(20);
    await files.forgetBefore(house.today());
    expect(await files.find(house.db, file)).toBeNull();
    if (held) await expect(house.keyring.dataKey(held.data_key_id)).rejects.toThrow('does not exist');
  });
});
