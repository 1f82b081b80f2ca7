import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@avow/engines/testing';
import type { Job } from '@avow/protocol/staff/jobs';
import { ROLES, type Role } from '@avow/protocol/staff/roles';
import type { SerialRoutes } from '@avow/protocol/staff/serials';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createJobs } from '../platform/jobs/feature.ts';
import { openJobFiles } from '../platform/jobs/files.ts';
import { type JobWorker, startJobWorker } from '../platform/jobs/work-jobs.ts';
import { openTestStaff, type TestStaff } from '../test-staff.ts';
import { openTestProducts, type TestProducts } from './test-products.ts';

type Browser = Awaited<ReturnType<TestStaff['member']>>;

let house: TestProducts;
let staff: TestStaff;
let worker: JobWorker;
let product: Browser;

const WANTED = { suite: 'nordlicht-suite', edition: 'studio', count: 3, kind: 'unit', keyId: 0, note: 'May run' };

beforeAll(async () => {
  house = await openTestProducts(createTestDatabase);
  const kinds = house.products.jobs ?? [];
  const jobs = createJobs(house.services, {
    kinds: () => kinds,
    nameOf: (id) => staff.staff.authentication.nameOf(id),
  });
  staff = await openTestStaff(house, { routes: [...house.products.staffRoutes, ...jobs.staffRoutes] });
  const files = openJobFiles(house.services);
  worker = startJobWorker({ db: house.db, databaseUrl: house.vaultUrl, kinds, files, log: house.services.log });
  product = await staff.member('product');
});
afterAll(async () => {
  await worker.stop();
  await house.close();
});

async function made(browser = product, wanted: object = WANTED): Promise<Job> {
  const { jobId } = await browser.answer<{ jobId: string }>('POST', '/serials/batches', wanted);
  return until(jobId);
}

async function until(id: string): Promise<Job> {
  await vi.waitFor(
    async () => expect((await product.answer<Job>('GET', `/jobs/${id}`)).state).toMatch(/done|failed|cancelled/),
    { timeout: 20_000, interval: 20 },
  );
  return product.answer('GET', `/jobs/${id}`);
}

async function upload(browser: Browser, text: string): Promise<string> {
  const { id } = await browser.answer<{ id: string }>('POST', '/uploads', {
    name: 'shop.csv',
    bytes: Buffer.byteLength(text),
    mediaType: 'text/csv',
  });
  expect((await put(browser, id, 0, text)).status).toBe(200);
  return id;
}

function put(browser: Browser, id: string, number: number, bytes: string): Promise<Response> {
  const headers = { 'content-type': 'application/octet-stream' };
  return browser.request('PUT', `/uploads/${id}/pieces/${number}`, new Uint8Array(Buffer.from(bytes)), headers);
}

describe('making a batch in the console (W3)', () => {
  test('gives a job that says who asked and for what, and a file that can be fetched', async () => {
    const job = await made();
    expect(job).toMatchObject({
      state: 'done',
      done: 3,
      askedBy: { name: 'Ada product', you: true },
      about: { title: 'Nordlicht Suite Studio', count: 3, note: 'May run' },
      figures: { serials: 3 },
      steerable: true,
      file: { mediaType: 'text/plain; charset=utf-8', downloads: 0 },
    });
    const file = await product.request('GET', `/jobs/${job.id}/file`);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="serials-nordlicht-suite-studio-/);
    const serials = (await file.text()).trim().split('\n');
    expect(serials).toHaveLength(3);
    expect((await product.answer<Job>('GET', `/jobs/${job.id}`)).file?.downloads).toBe(1);
    const checked = await product.answer('POST', '/serials/check', { serial: serials[0] });
    expect(checked).toMatchObject({ genuine: true, registered: 0, batch: { id: job.id } });

    const batch = await product.answer<SerialRoutes['GET /serials/batches/:id']['answer']>(
      'GET',
      `/serials/batches/${job.id}`,
    );
    expect(batch).toEqual({
      batch: expect.objectContaining({ serials: 3, note: 'May run', kind: 'unit', title: 'Nordlicht Suite Studio' }),
      registrations: { registered: 0, onHold: 0, transferred: 0, refused: 0 },
    });
  });

  test('a file that was destroyed is gone; the batch stays', async () => {
    const job = await made();
    expect(await product.answer('DELETE', `/jobs/${job.id}/file`)).toMatchObject({ file: null, state: 'done' });
    expect(await product.refusal('GET', `/jobs/${job.id}/file`)).toBe('404 not_found');
    expect((await product.request('GET', `/serials/batches/${job.id}`)).status).toBe(200);
  });

  test.each([
    [{ ...WANTED, edition: 'gold' }, 'edition', 'value_unknown'],
    [{ ...WANTED, count: 0 }, 'count', 'field_malformed'],
    [{ ...WANTED, count: 10_000_001 }, 'count', 'field_too_long'],
    [{ ...WANTED, keyId: 16 }, 'keyId', 'field_too_long'],
    [{ ...WANTED, id: randomUUID() }, 'id', 'field_unknown'],
    [{ ...WANTED, askedBy: randomUUID() }, 'askedBy', 'field_unknown'],
  ])('refuses %j', async (wanted, field, code) => {
    const answer = await product.request('POST', '/serials/batches', wanted);
    expect([answer.status, await answer.json()]).toMatchObject([422, { error: { fields: { [field]: { code } } } }]);
  });
});

describe('importing in the console (W3)', () => {
  const wanted = { suite: 'nordlicht-suite', edition: 'studio', column: 'serial', skipRefused: false, note: '' };

  test('a dry run first, then for good; the refused rows are a file', async () => {
    const file = await upload(product, 'serial\nNS7-100001-AB\nwrong\n');
    const dry = await product.answer<{ jobId: string }>('POST', '/serials/imports', { ...wanted, file, dryRun: true });
    const job = await until(dry.jobId);
    expect(job.figures).toEqual({ rows: 2, fresh: 1, alreadyStored: 0, refused: 1, stored: false });
    const report = await (await product.request('GET', `/jobs/${job.id}/file`)).text();
    expect(report).toContain('"3","wrong"');
    const real = { ...wanted, file, dryRun: false, skipRefused: true };
    const { jobId } = await product.answer<{ jobId: string }>('POST', '/serials/imports', real);
    expect((await until(jobId)).figures).toMatchObject({ fresh: 1, stored: true });
    // What was sent up is needed no more.
    expect(await product.refusal('GET', `/uploads/${file}`)).toBe('404 not_found');
  });

  test('of a file that somebody else sent up, or that is not whole, there is no import', async () => {
    const other = await staff.member('product');
    const foreign = await upload(other, 'serial\n');
    const { id: half } = await product.answer<{ id: string }>('POST', '/uploads', {
      name: 'x',
      bytes: 5,
      mediaType: 'text/csv',
    });
    for (const file of [foreign, half, randomUUID()]) {
      const answer = await product.request('POST', '/serials/imports', { ...wanted, file, dryRun: true });
      expect(await answer.json()).toMatchObject({ error: { fields: { file: { code: 'value_unknown' } } } });
    }
  });
});

describe('sending a file up', () => {
  test('goes on where it broke off; a piece counts once', async () => {
    const text = `serial\n${'NS7-200001-AB\n'.repeat(90_000)}`;
    const begun = { name: 'big.csv', bytes: text.length, mediaType: 'text/csv' };
    const { id, pieces, pieceBytes } = await product.answer<{ id: string; pieces: number; pieceBytes: number }>(
      'POST',
      '/uploads',
      begun,
    );
    expect(pieces).toBe(2);
    await put(product, id, 1, text.slice(pieceBytes));
    expect(await product.answer('GET', `/uploads/${id}`)).toMatchObject({ have: [1] });
    await put(product, id, 1, text.slice(pieceBytes));
    expect(await (await put(product, id, 0, text.slice(0, pieceBytes))).json()).toMatchObject({ have: [0, 1] });
    expect((await put(product, id, 0, text.slice(0, pieceBytes))).status).toBe(400);
  });

  test.each([
    [-1, 'abcde'],
    [1, 'abcde'],
    [0, 'abcd'],
    [0, 'abcdef'],
  ])('refuses piece %i of %j, which is none of a file of five bytes', async (number, bytes) => {
    const { id } = await product.answer<{ id: string }>('POST', '/uploads', { name: 'x', bytes: 5, mediaType: 'a/b' });
    expect((await put(product, id, number, bytes)).status).toBe(400);
    await product.answer('DELETE', `/uploads/${id}`);
  });

  test('refuses what is too large, before it is sent and while it is', async () => {
    const huge = { name: 'x', bytes: 300 * 1024 ** 2, mediaType: 'a/b' };
    expect(await product.refusal('POST', '/uploads', huge)).toBe('413 too_large');
    const { id } = await product.answer<{ id: string }>('POST', '/uploads', { name: 'x', bytes: 5, mediaType: 'a/b' });
    expect((await put(product, id, 0, 'x'.repeat(1024 ** 2 + 1))).status).toBe(413);
  });
});

describe('who may do what with jobs', () => {
  test.each(Object.keys(ROLES) as Role[])('%s sees and steers as the role allows', async (role) => {
    const job = await made();
    const browser = await staff.member(role);
    const permissions: readonly string[] = ROLES[role];
    const sees = permissions.includes('serials:read');
    const steers = permissions.includes('serials:write');
    const listed = await browser.answer<{ jobs: Job[] }>('GET', '/jobs');
    expect(listed.jobs.some(({ id }) => id === job.id)).toBe(sees);
    expect((await browser.request('GET', `/jobs/${job.id}`)).status).toBe(sees ? 200 : 404);
    const not = sees ? '403 permission_missing' : '404 not_found';
    for (const act of ['pause', 'resume', 'cancel']) {
      const answer = await browser.request('POST', `/jobs/${job.id}/${act}`, {});
      expect(answer.status, act).toBe(steers ? 200 : sees ? 403 : 404);
    }
    if (!steers) expect(await browser.refusal('GET', `/jobs/${job.id}/file`)).toBe(not);
    if (!steers) expect(await browser.refusal('DELETE', `/jobs/${job.id}/file`)).toBe(not);
    expect((await browser.request('POST', '/serials/batches', WANTED)).status).toBe(steers ? 200 : 403);
    expect((await browser.request('GET', '/serials/batches')).status).toBe(sees ? 200 : 403);
    const begun = { name: 'x', bytes: 1, mediaType: 'a/b' };
    expect((await browser.request('POST', '/uploads', begun)).status).toBe(steers ? 200 : 403);
  });

  test('nobody sees anything without signing in', async () => {
    const nobody = staff.browser();
    for (const path of ['/jobs', '/serials/batches', '/serials/holds', '/serials/transfers', '/serials/alarms']) {
      expect(await nobody.refusal('GET', path)).toBe('401 not_signed_in');
    }
  });

  test('an upload is seen by whoever began it, and by nobody else, whoever asks', async () => {
    const members = [product, await staff.member('product'), await staff.member('product', 'administrator')];
    const uploads = await Promise.all(members.map((member) => upload(member, 'serial\n')));
    const who = fc.integer({ min: 0, max: members.length - 1 });
    const way = fc.constantFrom('GET', 'PUT', 'DELETE');
    await fc.assert(
      fc.asyncProperty(who, who, way, async (asker, owner, method) => {
        fc.pre(asker !== owner);
        const path = `/uploads/${uploads[owner]}${method === 'PUT' ? '/pieces/0' : ''}`;
        const answer =
          method === 'PUT'
            ? await put(members[asker] as Browser, uploads[owner] as string, 0, 'serial\n')
            : await (members[asker] as Browser).request(method, path);
        expect(answer.status).toBe(404);
      }),
      { numRuns: 40 },
    );
    for (const [at, member] of members.entries()) {
      expect((await member.request('GET', `/uploads/${uploads[at]}`)).status).toBe(200);
    }
  });
});

describe('holds and transfers in the console', () => {
  test('a hold is settled in the place of the owner, once (W3)', async () => {
    const [owner, claimant] = [await house.person('hold-owner'), await house.person('hold-claimant')];
    const serial = await house.serial();
    await house.claim(owner, serial);
    await house.claim(claimant, serial);
    const { holds } = await product.answer<SerialRoutes['GET /serials/holds']['answer']>('GET', '/serials/holds');
    expect(holds).toHaveLength(1);
    expect(JSON.stringify(holds)).not.toContain(owner);
    const [hold] = holds;
    const support = await staff.member('support');
    const answer = { answer: 'sold' };
    expect(await support.refusal('POST', `/serials/holds/${hold?.id}/answer`, answer)).toBe('403 permission_missing');
    expect(await product.answer('POST', `/serials/holds/${hold?.id}/answer`, answer)).toEqual({ settled: true });
    expect(await product.refusal('POST', `/serials/holds/${hold?.id}/answer`, answer)).toBe('404 not_found');
    const acts = await house.db
      .selectFrom('audit_log')
      .select('act')
      .where('about', '=', hold?.id ?? '')
      .execute();
    expect(acts).toEqual([{ act: 'hold-settled' }]);
    expect((await house.held(claimant))[0]).toMatchObject({ state: 'registered', receipt: true });
    expect((await house.held(owner))[0]).toMatchObject({ state: 'transferred' });
  });

  test('a transfer code is listed without the code, and ended', async () => {
    const owner = await house.person('transfer-owner');
    const { registrationId } = await house.claim(owner, await house.serial());
    const { code } = (await house.call('POST /me/transfers', { registrationId }, { as: owner })) as { code: string };
    const told = await product.request('GET', '/serials/transfers');
    const text = await told.text();
    expect(text).toContain(registrationId);
    expect(text).not.toContain(code);
    expect(await product.answer('DELETE', `/serials/transfers/${registrationId}`)).toEqual({ ended: true });
    expect(await product.refusal('DELETE', `/serials/transfers/${registrationId}`)).toBe('404 not_found');
    expect(await product.answer('GET', '/serials/transfers')).toEqual({ transfers: [] });
  });
});
