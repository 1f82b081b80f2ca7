import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import type { Job } from '@avow/protocol/staff/jobs';
import { ROLES, type Role } from '@avow/protocol/staff/roles';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { TestBrowser } from '../../test-staff.ts';
import { insertEvents } from '../query/test-traffic.ts';
import { eventOf } from '../test-traffic.ts';
import { openJobHouse, type TestJobHouse } from './test-jobs.ts';

const PERIOD = { site: null, from: '2026-11-01', to: '2026-11-20' };
let house: TestJobHouse;
let analyst: TestBrowser;

beforeAll(async () => {
  house = await openJobHouse(createTestDatabase, createTestClickHouse);
  analyst = await house.staff.member('analyst');
  const events = Array.from({ length: 600 }, (_, n) => {
    const day = String(1 + (n % 15)).padStart(2, '0');
    return eventOf({ at: `2026-11-${day}T10:00Z`, site: n % 3 === 0 ? 'labs' : 'main', path: `/page-${n}` });
  });
  await insertEvents(house.clickhouse, events);
}, 60_000);
afterAll(() => house.close());

async function ask(more: object = {}): Promise<string> {
  const body = { ...PERIOD, format: 'csv', ...more };
  return (await analyst.answer<{ jobId: string }>('POST', '/visits/exports', body)).jobId;
}

const tell = (id: string) => analyst.answer<Job>('GET', `/jobs/${id}`);

async function until(id: string, ...states: Job['state'][]): Promise<Job> {
  await vi.waitFor(async () => expect(states).toContain((await tell(id)).state), { timeout: 20_000, interval: 10 });
  return tell(id);
}

const fileOf = async (id: string) => (await analyst.request('GET', `/jobs/${id}/file`)).text();

async function rowsOf(id: string): Promise<string[]> {
  const [head = '', ...rows] = (await fileOf(id)).trimEnd().split('\n');
  expect(head).toContain('"path"');
  return rows;
}

describe('single events as a job', () => {
  test('come as CSV with one header, every event once', async () => {
    house.start();
    const id = await ask();
    const done = await until(id, 'done', 'failed');
    expect(done).toMatchObject({ state: 'done', done: 20, total: 20, figures: { events: 600 } });
    const rows = await rowsOf(id);
    expect([rows.length, new Set(rows).size]).toEqual([600, 600]);
    await house.stop();
  });

  test('come as one object a line, of one site only', async () => {
    house.start();
    const id = await ask({ site: 'labs', format: 'json' });
    expect((await until(id, 'done', 'failed')).figures).toEqual({ events: 200 });
    const lines = (await fileOf(id)).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).site)).toEqual(Array(200).fill('labs'));
    await house.stop();
  });

  test('are whole after a pause, and after a worker that was stopped in between', async () => {
    const id = await ask();
    house.start();
    await vi.waitFor(async () => expect((await tell(id)).done).toBeGreaterThan(0), { timeout: 10_000, interval: 2 });
    await analyst.answer('POST', `/jobs/${id}/pause`, {});
    expect((await tell(id)).state).toBe('paused');
    await house.stop();
    await analyst.answer('POST', `/jobs/${id}/resume`, {});
    house.start();
    await until(id, 'done', 'failed');
    const rows = await rowsOf(id);
    expect([rows.length, new Set(rows).size]).toEqual([600, 600]);
    await house.stop();
  });

  test('survive a worker that ends again and again between two days: every event once', async () => {
    const id = await ask();
    for (let ends = 0; (await tell(id)).state !== 'done' && ends < 12; ends += 1) {
      house.start();
      await vi.waitFor(async () => expect((await tell(id)).state).toMatch(/running|done/), {
        timeout: 20_000,
        interval: 2,
      });
      // What a dead worker leaves: a job that is said to be running.
      await house.stop();
    }
    house.start();
    expect((await until(id, 'done', 'failed')).figures).toEqual({ events: 600 });
    const rows = await rowsOf(id);
    expect([rows.length, new Set(rows).size]).toEqual([600, 600]);
    await house.stop();
  }, 120_000);

  test.each([
    ['days the wrong way round', { from: '2026-11-20', to: '2026-11-01' }],
    ['a site that does not exist', { site: 'nowhere' }],
    ['more than ten years', { from: '2000-01-01' }],
  ])('%s are refused', async (_what, more) => {
    const body = { ...PERIOD, format: 'csv', ...more };
    expect(await analyst.refusal('POST', '/visits/exports', body)).toBe('422 invalid_fields');
  });
});

test.each(Object.keys(ROLES) as Role[])(
  '%s may take events out, and fetch files of it, only with visits:export',
  async (role) => {
    const browser = await house.staff.member(role);
    const permissions: readonly string[] = ROLES[role];
    const may = permissions.includes('visits:export');
    const statusOf = async (method: string, path: string, body?: object) =>
      (await browser.request(method, path, body)).status;
    expect(await statusOf('POST', '/visits/exports', { ...PERIOD, format: 'csv' })).toBe(may ? 200 : 403);
    house.start();
    const id = await ask();
    await until(id, 'done');
    expect(await statusOf('GET', `/jobs/${id}`)).toBe(may ? 200 : 404);
    expect(await statusOf('GET', `/jobs/${id}/file`)).toBe(may ? 200 : 404);
    await house.stop();
  },
);
