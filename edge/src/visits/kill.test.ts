/** An acknowledgement means: on disk. The edge as a process, killed in the middle of a stream of page views. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { createTestDatabase } from '@avow/engines/testing';
import type { CollectBody, VisitBatch } from '@avow/protocol/visits';
import { expect, test } from 'vitest';
import { openEdgeDatabase } from '../platform/database.ts';
import { createTestKey } from '../testing.ts';
import { BROWSER, view } from './testing.ts';

const key = () => Buffer.from(createTestKey().publicKey).toString('base64url');
const decimal = (id: string) => Buffer.from(id, 'base64url').readBigUInt64BE().toString();

async function startProcess(databaseUrl: string, browserDist: string) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '../main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      AVOW_CONFIG: path.join(import.meta.dirname, '../../../examples/vendor/avow.config.ts'),
      EDGE_DATABASE_URL: databaseUrl,
      AVOW_ROOT_PUBLIC_KEY: key(),
      AVOW_LINK_PUBLIC_KEY: key(),
      AVOW_BROWSER_DIST: browserDist,
      AVOW_EDGE_PORT: '0',
      AVOW_RATE_LIMITS: 'off',
      AVOW_LOG_LEVEL: 'silent',
    },
  });
  const exited = once(child, 'exit');
  const [line] = await once(child.stdout, 'data');
  return { child, exited, url: String(JSON.parse(String(line)).url) };
}

test('kill -9 loses no page view that was answered with 202, and stores none twice', async () => {
  const database = await createTestDatabase();
  const dist = await mkdtemp(path.join(tmpdir(), 'avow-dist-'));
  await writeFile(path.join(dist, 'manifest.json'), '{}');
  const acknowledged = new Set<string>();
  let stopped = false;

  async function browse(url: string): Promise<void> {
    while (!stopped) {
      const body: CollectBody = view(`/page-${acknowledged.size}`);
      try {
        const { status } = await fetch(`${url}/collect`, {
          method: 'POST',
          headers: BROWSER,
          body: JSON.stringify(body),
        });
        if (status === 202) acknowledged.add(decimal(body.i));
      } catch {
        return;
      }
    }
  }

  try {
    const edge = await startProcess(database.url, dist);
    const browsers = Array.from({ length: 12 }, () => browse(edge.url));
    await expect.poll(() => acknowledged.size, { interval: 5 }).toBeGreaterThan(300);
    edge.child.kill('SIGKILL');
    await edge.exited;
    stopped = true;
    await Promise.all(browsers);

    const db = openEdgeDatabase(database.url);
    const rows = await db.selectFrom('spool_items').select('body').execute();
    await db.destroy();
    const batches: VisitBatch[] = rows.map(({ body }) => JSON.parse(zstdDecompressSync(body).toString('utf8')));
    const stored = batches.flatMap(({ events }) => events.map(({ id }) => id));
    const onDisk = new Set(stored);
    expect([...acknowledged].filter((id) => !onDisk.has(id))).toEqual([]);
    expect(onDisk.size).toBe(stored.length);
    // Group commit: twelve connections share a row.
    expect(batches.length).toBeLessThan(stored.length);
  } finally {
    stopped = true;
    await rm(dist, { recursive: true });
    await database.drop();
  }
});
