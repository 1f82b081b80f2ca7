import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { REPORT_REQUEST_BYTES } from '@avow/protocol/padding';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRateLimits } from '../platform/rate-limits.ts';
import { emptyTables, sealedBytes, startTestEdge, type TestEdge } from '../testing.ts';

let database: TestDatabase;
let edge: TestEdge;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

beforeEach(async () => {
  await emptyTables(database.url);
  edge = await startTestEdge(database.url);
});

afterEach(() => edge.close());

async function report(body = sealedBytes(), headers: Record<string, string> = {}): Promise<Response> {
  return edge.app.request('/relay/reports', {
    method: 'POST',
    body,
    headers: { 'content-type': 'message/ohttp-req', ...headers },
  });
}

const ofLength = (bytes: number) => new Uint8Array(bytes);

async function lanes(): Promise<string[]> {
  const { rows } = await sql<{ lane: string }>`SELECT lane FROM spool_items`.execute(edge.db);
  return rows.map(({ lane }) => lane);
}

describe('a report', () => {
  test('is on disk when it is answered, and every answer is the same but for its address', async () => {
    const responses = await Promise.all([report(), report(), report()]);
    expect(await lanes()).toEqual(['held', 'held', 'held']);
    const told = responses.map((response) => {
      const headers = JSON.stringify([response.status, ...response.headers]);
      return headers.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, 'id').replace(/nonce-[\w+/=]+/g, 'nonce');
    });
    expect(responses[0]?.status).toBe(202);
    expect(told[0]).toContain('/relay/answers/id');
    expect(new Set(told).size).toBe(1);
  });

  test('has one length and no other: nothing about it can be told from outside (S4)', async () => {
    expect((await report(ofLength(REPORT_REQUEST_BYTES))).status).toBe(202);
    for (const bytes of [0, 1, REPORT_REQUEST_BYTES - 1, REPORT_REQUEST_BYTES + 1, 8192 + 55, 131_072 + 55]) {
      expect([bytes, (await report(ofLength(bytes))).status]).toEqual([bytes, 400]);
    }
    expect((await report(sealedBytes(), { 'content-type': 'application/json' })).status).toBe(415);
    expect(await lanes()).toHaveLength(1);
  });

  test('does not leave before its time, whoever asks', async () => {
    await report();
    expect((await edge.dial()).items).toEqual([]);
    expect((await edge.dial({ lanes: ['mixed'] })).items).toEqual([]);
    expect((await edge.dial({ lanes: ['prompt', 'visits'] })).items).toEqual([]);
    await edge.reports.release();
    expect((await edge.dial({ lanes: ['prompt'] })).items).toEqual([]);
    expect((await edge.dial({ lanes: ['mixed'] })).items).toMatchObject([{ lane: 'mixed', awaited: false }]);
  });

  test('leaves with the others when there are enough of them, in an order that says nothing of when it came', async () => {
    await edge.close();
    edge = await startTestEdge(database.url, { config: { heldReports: { atLeast: 60, atMostSeconds: 600 } } });
    const order = new Map<string, number>();
    for (let n = 0; n < 60; n++) {
      const body = sealedBytes();
      order.set(Buffer.from(body).toString('base64'), n);
      if (n === 59) expect((await edge.dial({ lanes: ['mixed'] })).items).toEqual([]);
      await report(body);
    }
    const { items } = await edge.dial({ lanes: ['mixed'] });
    const places = items.map(({ body }) => order.get(body) ?? Number.NaN);
    expect([...places].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    // Spearman's rank correlation; of 60 places in random order its deviation is 0.13.
    const distance = places.reduce((sum, place, at) => sum + (place - at) ** 2, 0);
    const correlation = 1 - (6 * distance) / (60 * (60 ** 2 - 1));
    expect(Math.abs(correlation)).toBeLessThan(0.65);
  });

  test('that nobody has taken is still held after a start, and leaves with the next round', async () => {
    await report();
    await edge.close();
    edge = await startTestEdge(database.url);
    expect((await edge.dial({ lanes: ['mixed'] })).items).toEqual([]);
    await edge.reports.release();
    expect((await edge.dial({ lanes: ['mixed'] })).items).toHaveLength(1);
  });

  test('wakes a vault that waits for its lane when it is released', async () => {
    await report();
    const dialled = edge.dial({ lanes: ['mixed'], waitSeconds: 20 });
    await edge.reports.release();
    expect((await dialled).items).toHaveLength(1);
  });

  test('has an answer that can be collected, once', async () => {
    const location = (await report()).headers.get('location') ?? '';
    expect((await edge.app.request(location)).status).toBe(202);
    await edge.reports.release();
    const [item] = (await edge.dial({ lanes: ['mixed'] })).items;
    await edge.dial({ want: 0, answers: [{ id: item?.id ?? '', body: Buffer.from('sealed').toString('base64') }] });
    const collected = await edge.app.request(location);
    expect([collected.status, await collected.text()]).toEqual([200, 'sealed']);
    expect((await edge.app.request(location)).status).toBe(404);
  });

  test('loses its answer when many newer ones wait: answers to reports never fill the spool', async () => {
    await edge.close();
    edge = await startTestEdge(database.url, { reportAnswers: 3 });
    for (let n = 0; n < 5; n++) await report();
    await edge.reports.release();
    const { items } = await edge.dial({ lanes: ['mixed'] });
    const body = Buffer.from('sealed').toString('base64');
    for (const { id } of items) await edge.dial({ want: 0, answers: [{ id, body }] });
    const found = await Promise.all(items.map(({ id }) => edge.app.request(`/relay/answers/${id}`)));
    expect(found.map(({ status }) => status)).toEqual([404, 404, 200, 200, 200]);
  });

  test('of a network that floods is refused, and registrations from there are not', async () => {
    await edge.close();
    const plenty = { perMinute: 600, burst: 600 };
    const limits = createRateLimits(
      { pages: plenty, relay: plenty, collect: plenty, reports: { perMinute: 1, burst: 2 } },
      () => 0,
    );
    edge = await startTestEdge(database.url, { limits });
    expect([(await report()).status, (await report()).status, (await report()).status]).toEqual([202, 202, 429]);
    const registration = await edge.app.request('/relay', {
      method: 'POST',
      body: sealedBytes(),
      headers: { 'content-type': 'message/ohttp-req', prefer: 'respond-async, wait=0' },
    });
    expect(registration.status).toBe(202);
  });
});
