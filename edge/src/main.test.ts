/** The program as a process: what it prints, how it stops, what a kill costs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEdgeDatabase } from './platform/database.ts';
import { createTestKey, sealedBytes } from './testing.ts';

let database: TestDatabase;
let dist: string;
let running: ChildProcess[];

beforeEach(async () => {
  database = await createTestDatabase();
  dist = await mkdtemp(path.join(tmpdir(), 'avow-dist-'));
  await writeFile(path.join(dist, 'forms-1a2b.js'), 'export {};\n'.repeat(100));
  await writeFile(
    path.join(dist, 'manifest.json'),
    JSON.stringify({ 'forms.js': { path: '/assets/forms-1a2b.js', integrity: 'sha384-abc' } }),
  );
  running = [];
});

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(dist, { recursive: true });
  await database.drop();
});

const key = () => Buffer.from(createTestKey().publicKey).toString('base64url');

interface Started {
  child: ChildProcess;
  url: string;
  output: string[];
  ended: Promise<number | null>;
}

async function start(env: Record<string, string> = {}): Promise<Started> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      AVOW_CONFIG: path.join(import.meta.dirname, '../../examples/vendor/avow.config.ts'),
      EDGE_DATABASE_URL: database.url,
      AVOW_ROOT_PUBLIC_KEY: key(),
      AVOW_LINK_PUBLIC_KEY: key(),
      AVOW_BROWSER_DIST: dist,
      AVOW_EDGE_PORT: '0',
      AVOW_RATE_LIMITS: 'off',
      ...env,
    },
  });
  running.push(child);
  const output: string[] = [];
  child.stderr?.on('data', (chunk) => output.push(String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const ready = new Promise<string>((resolve) => child.stdout?.once('data', (chunk) => resolve(String(chunk))));
  const line = await Promise.race([ready, ended.then(() => '')]);
  const url = line === '' ? '' : String(JSON.parse(line).url);
  if (line !== '')
    expect(JSON.parse(line)).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
  return { child, url, output, ended };
}

function post(url: string, wait: number): Promise<Response> {
  const headers = { 'content-type': 'message/ohttp-req', prefer: `respond-async, wait=${wait}` };
  return fetch(`${url}/relay`, { method: 'POST', body: sealedBytes(), headers });
}

async function spooledIds(): Promise<string[]> {
  const db = openEdgeDatabase(database.url);
  const { rows } = await sql<{ id: string }>`SELECT id::text FROM spool_items`.execute(db);
  await db.destroy();
  return rows.map((row) => row.id);
}

describe('the program', () => {
  test('says when it is ready, serves pages and assets, and stops cleanly at SIGTERM', async () => {
    const { child, url, ended } = await start();
    expect((await fetch(url)).status).toBe(200);
    const asset = await fetch(`${url}/assets/forms-1a2b.js`, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(asset.headers.get('content-encoding')).toBe('br');
    expect(await asset.text()).toBe('export {};\n'.repeat(100));
    expect((await fetch(`${url}/assets/manifest.json`)).status).toBe(404);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  test('answers those who wait before it stops', async () => {
    const { child, url, ended } = await start();
    const waiting = post(url, 20);
    await expect.poll(spooledIds, { timeout: 15_000 }).toHaveLength(1);
    child.kill('SIGTERM');
    const response = await waiting;
    expect(response.status).toBe(202);
    expect(await ended).toBe(0);
    expect(await spooledIds()).toEqual([response.headers.get('location')?.split('/').at(-1)]);
  });

  test('killed in the middle of the work, has everything on disk that it had acknowledged', async () => {
    const first = await start();
    const acknowledged: string[] = [];
    const senders = Array.from({ length: 16 }, async () => {
      while (true) {
        const response = await post(first.url, 0).catch(() => null);
        if (response?.status !== 202) return;
        acknowledged.push(response.headers.get('location')?.split('/').at(-1) ?? '');
      }
    });
    await expect.poll(() => acknowledged.length, { timeout: 15_000 }).toBeGreaterThan(200);
    first.child.kill('SIGKILL');
    await Promise.all(senders);
    const kept = new Set(await spooledIds());
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    const second = await start();
    expect(await (await fetch(`${second.url}/health`)).json()).toMatchObject({ spoolDepth: kept.size });
  });

  test.each([
    ['AVOW_ROOT_PUBLIC_KEY', 'c2hvcnQ', 'AVOW_ROOT_PUBLIC_KEY'],
    ['AVOW_RATE_LIMITS', 'sometimes', 'AVOW_RATE_LIMITS'],
    ['AVOW_BROWSER_DIST', '/nowhere', 'no built browser files'],
    ['EDGE_DATABASE_URL', '', 'EDGE_DATABASE_URL'],
  ])('does not start with %s=%j, and says why', async (name, value, why) => {
    const { output, ended } = await start({ [name]: value });
    expect(await ended).toBe(1);
    expect(output.join('')).toContain(why);
  });
});
