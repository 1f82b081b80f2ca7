import { randomBytes } from 'node:crypto';
import { createClient } from '@clickhouse/client';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spoolEmpty } from './arrivals.ts';
import { launchBrowser } from './browser.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { killWhenAlive } from './kill.ts';
import { newVisitor } from './visitor.ts';

let house: TestHouse;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

interface StoredEvent {
  id: string;
  site: string;
  kind: string;
  path: string;
  visit: string;
  seq: number;
  source: string;
}

async function storedEvents(where: string): Promise<StoredEvent[]> {
  const client = createClient({
    url: house.engines.urls.clickhouse ?? '',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
  });
  try {
    const query = `SELECT toString(id) AS id, site, kind, path, toString(visit) AS visit, toUInt32(seq) AS seq, source FROM visit_events WHERE ${where} ORDER BY visit, seq`;
    return await (await client.query({ query, format: 'JSONEachRow' })).json<StoredEvent>();
  } finally {
    await client.close();
  }
}

async function untilStored(where: string, count: number): Promise<StoredEvent[]> {
  const until = Date.now() + 20_000;
  for (;;) {
    const events = await storedEvents(where);
    if (events.length >= count || Date.now() > until) return events;
    await new Promise((next) => setTimeout(next, 200));
  }
}

describe('a visit in a real browser (W5, W6, W9)', () => {
  test('is counted page by page, and the pages where somebody acts as a person are not in it', async () => {
    const visitor = await newVisitor(house, browser);
    await visitor.go('/');
    await visitor.go('/privacy');
    await visitor.go('/register');
    for (const path of ['/my', '/sign-in', '/confirm']) await visitor.go(path);
    await visitor.go('/');
    const views = await untilStored(`kind = 'view'`, 4);
    expect(views.map(({ path }) => path)).toEqual(['/', '/privacy', '/register', '/']);
    expect(new Set(views.map(({ visit }) => visit)).size).toBe(1);
    expect(views.every(({ site }) => site === 'main')).toBe(true);
    expect(await visitor.page.context().cookies()).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });
});

describe('counting under kill -9', () => {
  const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

  async function collect(id: string, again: boolean): Promise<number> {
    const body = JSON.stringify({ i: id, u: `${house.publicUrl}/counted`, ...(again && { t: 1 }) });
    const headers = { 'content-type': 'text/plain', 'user-agent': AGENT, origin: house.publicUrl };
    try {
      const signal = AbortSignal.timeout(5000);
      return (await fetch(`${house.publicUrl}/collect`, { method: 'POST', headers, body, signal })).status;
    } catch {
      return 0;
    }
  }

  test('every event that was ever sent until it was acknowledged is stored once', async () => {
    const acknowledged: string[] = [];
    let done = false;
    const killer = (async () => {
      const pids = () => house.engines.pids();
      const victims = [
        () => house.edge?.pid(),
        () => house.vault?.pid(),
        () => pids()['edge PostgreSQL'],
        () => pids()['vault PostgreSQL'],
        () => pids().ClickHouse,
      ];
      for (const victim of victims.sort(() => Math.random() - 0.5)) {
        await new Promise((next) => setTimeout(next, 500 + Math.random() * 1500));
        await killWhenAlive(victim);
      }
      done = true;
    })();
    const visitor = async (): Promise<void> => {
      // However slow the machine: until all have died, and enough got through.
      while (!done || acknowledged.length <= 100) {
        const id = randomBytes(8).toString('base64url');
        // As the tracker does: the same id again, marked, until an answer comes. A lost answer is a retry, too.
        for (let attempt = 0; attempt < 40; attempt += 1) {
          if ((await collect(id, attempt > 0)) === 202) {
            acknowledged.push(id);
            break;
          }
          await new Promise((next) => setTimeout(next, 250));
        }
        if (Math.random() < 0.05) await collect(id, true);
        await new Promise((next) => setTimeout(next, 20));
      }
    };
    await Promise.all([killer, ...Array.from({ length: 8 }, visitor)]);

    await spoolEmpty(house);
    const ids = (await storedEvents(`path = '/counted'`)).map(({ id }) => id);
    const expected = new Set(acknowledged.map((id) => Buffer.from(id, 'base64url').readBigUInt64BE().toString()));
    const missing = [...expected].filter((id) => !ids.includes(id));
    expect({ missing: missing.length, twice: ids.length - new Set(ids).size }).toEqual({ missing: 0, twice: 0 });
  }, 180_000);
});
