import { gzipSync } from 'node:zlib';
import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { Job, JobRoutes } from '@avow/protocol/staff/jobs';
import { ROLES, type Role } from '@avow/protocol/staff/roles';
import type { VisitRoutes } from '@avow/protocol/staff/visits';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { findJob } from '../../platform/jobs/queries.ts';
import { PIECE_BYTES } from '../../platform/jobs/read-range.ts';
import type { TestBrowser } from '../../test-staff.ts';
import { PLAUSIBLE, zipOf } from '../imported-sums/test-exports.ts';
import { openJobHouse, type TestJobHouse } from './test-jobs.ts';

const VISITORS = 'imported_visitors_20260101_20260102.csv';

let house: TestJobHouse;
let vault: TestJobHouse['vault'];
let clickhouse: TestJobHouse['clickhouse'];
let staff: TestJobHouse['staff'];
let marketing: TestBrowser;

beforeAll(async () => {
  house = await openJobHouse(createTestDatabase, createTestClickHouse);
  ({ vault, clickhouse, staff } = house);
  marketing = await staff.member('marketing');
}, 60_000);
beforeEach(async () => {
  await clickhouse.command({ query: 'TRUNCATE TABLE imported_sums' });
  await vault.db.deleteFrom('visit_sum_imports').execute();
});
const stop = () => house.stop();
const start = () => house.start();
afterEach(stop);
afterAll(() => house.close());

async function upload(content: Buffer, name = 'export.zip', by = marketing): Promise<string> {
  const body = { name, bytes: content.length, mediaType: 'application/zip' };
  const { id } = await by.answer<JobRoutes['POST /uploads']['answer']>('POST', '/uploads', body);
  for (let at = 0; at * PIECE_BYTES < content.length; at += 1) {
    const piece = content.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES);
    const headers = { 'content-type': 'application/octet-stream' };
    expect((await by.request('PUT', `/uploads/${id}/pieces/${at}`, piece, headers)).status).toBe(200);
  }
  return id;
}

const asking = (file: string, more: object = {}) => ({
  file,
  program: 'plausible',
  site: 'main',
  dryRun: false,
  ...more,
});

async function ask(content: Buffer, more: object = {}, name?: string): Promise<string> {
  const body = asking(await upload(content, name), more);
  return (await marketing.answer<{ jobId: string }>('POST', '/visits/imports', body)).jobId;
}

const tell = (id: string) => marketing.answer<Job>('GET', `/jobs/${id}`);

async function until(id: string, ...states: Job['state'][]): Promise<Job> {
  await vi.waitFor(async () => expect(states).toContain((await findJob(vault.db, id))?.state), {
    timeout: 20_000,
    interval: 10,
  });
  return tell(id);
}

async function stored(): Promise<{ rows: number; different: number }> {
  const answer = await clickhouse.query({
    query: 'SELECT count() AS rows, uniqExact(dimension, day, value) AS different FROM imported_sums',
    format: 'JSONEachRow',
  });
  const [row] = await answer.json<{ rows: string; different: string }>();
  return { rows: Number(row?.rows), different: Number(row?.different) };
}

const list = async () =>
  (await marketing.answer<VisitRoutes['GET /visits/imports']['answer']>('GET', '/visits/imports')).imports;

/** Entry pages of one day: 20 steps, so that there is time to stop in between. */
function manyRows(count: number): Buffer {
  const rows = Array.from({ length: count }, (_, row) => `"2026-01-01","/page-${row}",1,1,60,0,1`);
  const head = '"date","entry_page","visitors","entrances","visit_duration","bounces","pageviews"';
  return Buffer.from(`${head}\n${rows.join('\n')}\n`);
}

describe('the export of Plausible as a job', () => {
  test('a dry run tells what would be kept and stores nothing; then the same file is brought in, listed, taken out', async () => {
    start();
    const file = await upload(zipOf(PLAUSIBLE));
    const dry = await marketing.answer<{ jobId: string }>('POST', '/visits/imports', asking(file, { dryRun: true }));
    const looked = await until(dry.jobId, 'done', 'failed');
    expect(looked).toMatchObject({ state: 'done', file: null, figures: { stored: false, firstDay: '2026-01-01' } });
    expect(await stored()).toEqual({ rows: 0, different: 0 });
    expect(await list()).toEqual([]);

    const real = await marketing.answer<{ jobId: string }>('POST', '/visits/imports', asking(file));
    const done = await until(real.jobId, 'done', 'failed');
    expect(done.figures).toEqual({ ...looked.figures, stored: true });
    expect(done.done).toBe(done.total);
    expect((await stored()).rows).toBe(done.figures.sums);
    const imports = await list();
    expect(imports).toHaveLength(10);
    expect(imports.reduce((sum, { sums }) => sum + sums, 0)).toBe(done.figures.sums);
    // The file has done its service.
    expect(await marketing.refusal('POST', '/visits/imports', asking(file))).toBe('422 invalid_fields');

    for (const { id } of imports) await marketing.answer('DELETE', `/visits/imports/${id}`);
    expect(await stored()).toEqual({ rows: 0, different: 0 });
    expect(await marketing.refusal('DELETE', `/visits/imports/${imports[0]?.id}`)).toBe('404 not_found');
  });

  test('the same export a second time changes nothing, and the job says so', async () => {
    start();
    await until(await ask(zipOf(PLAUSIBLE)), 'done');
    const before = await stored();
    const again = await until(await ask(zipOf(PLAUSIBLE)), 'done', 'failed');
    expect(again).toMatchObject({ state: 'done', figures: { sums: 0, repeated: 10, stored: false } });
    expect(await stored()).toEqual(before);
  });

  test('rows that cannot be read are in the file of the job, by line and reason, without what they say', async () => {
    start();
    const text = `${PLAUSIBLE[VISITORS]}"2026-13-01",1,1,1,1,1\n"2026-01-05",jane@example.org,1,1,1,1\n`;
    const done = await until(await ask(Buffer.from(text), {}, '=evil".csv'), 'done', 'failed');
    expect(done).toMatchObject({ state: 'done', figures: { sums: 2, broken: 2 }, file: { downloads: 0 } });
    const report = await (await marketing.request('GET', `/jobs/${done.id}/file`)).text();
    expect(report.split('\r\n')).toEqual([
      'file,line,why',
      `"'=evil"".csv",4,"the date cannot be read"`,
      `"'=evil"".csv",5,"a figure is no whole number"`,
      '',
    ]);
  });

  test('a ZIP of many pieces and a packed table are read to their ends', async () => {
    start();
    const rows = manyRows(40_000);
    expect(rows.length).toBeGreaterThan(PIECE_BYTES);
    const zipped = await until(await ask(zipOf({ 'imported_entry_pages.csv': rows.toString() })), 'done', 'failed');
    expect(zipped).toMatchObject({ state: 'done', figures: { rows: 40_000, sums: 40_000 } });
    expect(zipped.total).toBe(rows.length);
    await vault.db.deleteFrom('visit_sum_imports').execute();
    await clickhouse.command({ query: 'TRUNCATE TABLE imported_sums' });
    const fresh = await until(await ask(gzipSync(rows), {}, 'entry.csv.gz'), 'done', 'failed');
    expect(fresh).toMatchObject({ state: 'done', done: rows.length, total: rows.length, figures: { sums: 40_000 } });
    const packed = await until(await ask(gzipSync(rows), {}, 'entry.csv.gz'), 'done', 'failed');
    // Known again.
    expect(packed).toMatchObject({ state: 'done', figures: { repeated: 1 } });
  });

  test.each([
    ['something else', Buffer.from('a,b\n1,2\n'), 'none of the tables'],
    ['a ZIP that is cut off', zipOf(PLAUSIBLE).subarray(0, 400), 'no readable ZIP'],
    [
      'a ZIP of which one table is something else',
      zipOf({ ...PLAUSIBLE, 'z.csv': 'a,b\n1,2\n' }),
      'none of the tables',
    ],
  ])('%s is refused in words, and nothing of it stays', async (_what, content, words) => {
    start();
    const failed = await until(await ask(content), 'done', 'failed');
    expect(failed.problem).toMatchObject({ code: 'refused', detail: expect.stringContaining(words) });
    expect(await stored()).toEqual({ rows: 0, different: 0 });
    expect(await list()).toEqual([]);
  });
});

describe('a job that is interrupted', () => {
  test('by a pause and a worker that ends goes on where it was, and every row counts once', async () => {
    const id = await ask(manyRows(20_000), {}, 'entry.csv');
    start();
    await vi.waitFor(async () => expect((await tell(id)).done).toBeGreaterThan(0), { timeout: 10_000, interval: 5 });
    await marketing.answer('POST', `/jobs/${id}/pause`, {});
    const paused = await tell(id);
    expect(paused.state).toBe('paused');
    await stop();
    const [known] = await list();
    expect(await marketing.refusal('DELETE', `/visits/imports/${known?.id}`)).toBe('409 import_under_way');
    start();
    await marketing.answer('POST', `/jobs/${id}/resume`, {});
    const done = await until(id, 'done', 'failed');
    expect(done.state).toBe('done');
    expect(await stored()).toEqual({ rows: 20_000, different: 20_000 });
  });

  test('by somebody who cancels it takes out again what it brought', async () => {
    const id = await ask(manyRows(20_000), {}, 'entry.csv');
    start();
    await vi.waitFor(async () => expect((await stored()).rows).toBeGreaterThan(0), { timeout: 10_000, interval: 5 });
    await marketing.answer('POST', `/jobs/${id}/cancel`, {});
    await until(id, 'cancelled');
    expect(await stored()).toEqual({ rows: 0, different: 0 });
    expect(await list()).toEqual([]);
  });
});

describe('who may do what', () => {
  test.each(Object.keys(ROLES) as Role[])('%s', async (role) => {
    const browser = await staff.member(role);
    const permissions: readonly string[] = ROLES[role];
    const may = permissions.includes('visits:write');
    const mine = await upload(Buffer.from('a'));
    const statusOf = async (method: string, path: string, body?: object) =>
      (await browser.request(method, path, body)).status;
    expect(await statusOf('GET', '/visits/imports')).toBe(may ? 200 : 403);
    // A file that somebody else sent up is not there.
    expect(await statusOf('POST', '/visits/imports', asking(mine))).toBe(may ? 422 : 403);
    expect(await statusOf('DELETE', `/visits/imports/${crypto.randomUUID()}`)).toBe(may ? 404 : 403);
    const id = await ask(zipOf(PLAUSIBLE), { dryRun: true });
    expect(await statusOf('GET', `/jobs/${id}`)).toBe(may ? 200 : 404);
    expect(await statusOf('POST', `/jobs/${id}/cancel`, {})).toBe(may ? 200 : 404);
    await vault.db.deleteFrom('job_files').execute();
  });

  test('nobody without a session', async () => {
    const stranger = staff.browser();
    expect((await stranger.request('GET', '/visits/imports')).status).toBe(401);
    expect((await stranger.request('POST', '/visits/imports', asking(crypto.randomUUID()))).status).toBe(401);
  });

  test('a site that does not exist is refused', async () => {
    const body = asking(await upload(Buffer.from('a')), { site: 'nowhere' });
    expect(await marketing.refusal('POST', '/visits/imports', body)).toBe('422 invalid_fields');
  });
});
