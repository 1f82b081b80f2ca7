import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { MAX_LINK_BYTES } from '@avow/protocol/link';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createTestKey,
  emptyTables,
  nextKeySet,
  sealedBytes,
  signedLink,
  startTestEdge,
  type TestEdge,
} from '../testing.ts';

let database: TestDatabase;
let edge: TestEdge;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

beforeEach(async () => {
  await emptyTables(database.url);
  edge = await startTestEdge(database.url, { leaseSeconds: 60 });
});

afterEach(async () => {
  await edge.close();
});

const idle = { answers: [], want: 0, waitSeconds: 0 };

async function post(body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
  const bytes = Buffer.from(body);
  return edge.app.request('/link', {
    method: 'POST',
    body: bytes,
    headers: { ...signedLink(edge.link, bytes), ...headers },
  });
}

function spool(): Promise<Response> {
  const headers = { 'content-type': 'message/ohttp-req', prefer: 'respond-async, wait=0' };
  return Promise.resolve(edge.app.request('/relay', { method: 'POST', body: sealedBytes(), headers }));
}

describe('who may dial:', () => {
  test('the vault, with each signed request once', async () => {
    const body = Buffer.from(JSON.stringify(idle));
    const headers = signedLink(edge.link, body);
    const request = { method: 'POST', body, headers };
    expect((await edge.app.request('/link', request)).status).toBe(200);
    const again = await edge.app.request('/link', request);
    expect(again.status).toBe(401);
    expect(await again.json()).toMatchObject({ error: { code: 'link_unauthorized' } });
  });

  test.each([
    ['nobody without a signature', { signature: '' }],
    ['nobody whose body is not the signed one', { 'content-digest': 'sha-256=:AAAA:' }],
    ['nobody under another algorithm', { 'signature-input': 'link=("@method");alg="none"' }],
  ])('%s', async (_name, headers) => {
    expect((await post(JSON.stringify(idle), headers)).status).toBe(401);
  });

  test('nobody with another key', async () => {
    const body = Buffer.from(JSON.stringify(idle));
    const headers = signedLink(createTestKey(), body);
    expect((await edge.app.request('/link', { method: 'POST', body, headers })).status).toBe(401);
  });

  test.each([-61, 61])('nobody whose clock is off by %d s', async (seconds) => {
    const body = Buffer.from(JSON.stringify(idle));
    const headers = signedLink(edge.link, body, { now: new Date(Date.now() + seconds * 1000) });
    expect((await edge.app.request('/link', { method: 'POST', body, headers })).status).toBe(401);
  });

  test('nobody by way of another edge: the signature names the host', async () => {
    const body = Buffer.from(JSON.stringify(idle));
    const headers = signedLink(edge.link, body, { host: 'other-edge.example' });
    expect((await edge.app.request('/link', { method: 'POST', body, headers })).status).toBe(401);
  });

  test('nobody who changes the body after the head was signed', async () => {
    const headers = signedLink(edge.link, Buffer.from(JSON.stringify(idle)));
    const body = JSON.stringify({ ...idle, want: 64 });
    expect((await edge.app.request('/link', { method: 'POST', body, headers })).status).toBe(401);
  });

  test('a stranger is refused before the body is read', async () => {
    let read = false;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          read = true;
          controller.enqueue(new Uint8Array(1024));
        },
      },
      { highWaterMark: 0 },
    );
    const request = { method: 'POST', body, duplex: 'half' } as RequestInit;
    expect((await edge.app.request('/link', request)).status).toBe(401);
    expect(read).toBe(false);
  });
});

describe('a signed request that is not well made is refused as a whole:', () => {
  test.each([
    ['no JSON', '{', 400],
    ['another shape', '[]', 400],
    ['an unknown field', JSON.stringify({ ...idle, more: 1 }), 400],
    ['too many wanted', JSON.stringify({ ...idle, want: 65 }), 400],
    ['too long a wait', JSON.stringify({ ...idle, waitSeconds: 26 }), 400],
    ['an id that is none', JSON.stringify({ ...idle, answers: [{ id: 'x', body: 'AA==' }] }), 400],
    ['a body that is no base64', JSON.stringify({ ...idle, answers: [{ id: crypto.randomUUID(), body: '***' }] }), 400],
    [
      'a body and a refusal',
      JSON.stringify({ ...idle, answers: [{ id: crypto.randomUUID(), body: 'AA==', refused: 'malformed' }] }),
      400,
    ],
    ['more than the limit', ' '.repeat(MAX_LINK_BYTES + 1), 413],
  ])('%s', async (_name, body, status) => {
    expect((await post(body)).status).toBe(status);
  });

  test('another content type', async () => {
    expect((await post(JSON.stringify(idle), { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('a long poll', () => {
  test('ends at once when something arrives', async () => {
    const polled = edge.dial({ waitSeconds: 25 });
    const started = performance.now();
    await spool();
    expect((await polled).items).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('ends empty after its time', async () => {
    expect(await edge.dial({ waitSeconds: 0.2 })).toEqual({
      items: [],
      depth: 0,
      keySetVersion: null,
      documents: {},
    });
  });

  test('brings at most what is wanted, and says what is left', async () => {
    await Promise.all(Array.from({ length: 5 }, spool));
    const { items, depth, oldestDays } = await edge.dial({ want: 3 });
    expect([items.length, depth, oldestDays]).toEqual([3, 2, 0]);
  });

  test('that hangs up before its items are written loses none', async () => {
    const gone = new AbortController();
    const body = Buffer.from(JSON.stringify({ ...idle, want: 64, waitSeconds: 25 }));
    const request = { method: 'POST', body, headers: signedLink(edge.link, body), signal: gone.signal };
    const polled = edge.app.request('/link', request);
    await spool();
    await polled;
    gone.abort();
    await expect.poll(async () => (await edge.dial()).items.length, { timeout: 15_000 }).toBe(1);
  });

  test('of a vault that started anew brings soon what was handed to it before', async () => {
    await spool();
    const keySet = await nextKeySet(edge.root, null);
    const first = await edge.dial({ keySet });
    const second = await edge.dial({ keySet, waitSeconds: 10 });
    expect(second.items).toEqual(first.items);
  });

  test('ends when the edge closes', async () => {
    const polled = edge.dial({ waitSeconds: 25 });
    await new Promise((done) => setTimeout(done, 50));
    edge.exchange.close();
    expect((await polled).items).toEqual([]);
  });
});

describe('a key set', () => {
  test('is taken in order only, each once', async () => {
    const first = await nextKeySet(edge.root, null);
    const second = await nextKeySet(edge.root, first);
    const third = await nextKeySet(edge.root, second);
    const offer = async (keySet: typeof first) => (await edge.dial({ keySet })).keySetVersion;
    expect(await offer(second)).toBe(null);
    expect(await offer(first)).toBe(1);
    expect(await offer(third)).toBe(1);
    expect(await offer(second)).toBe(2);
    expect(await offer(first)).toBe(2);
    expect(await offer(third)).toBe(3);
  });

  test('that the pinned root has not signed is refused, whoever sends it', async () => {
    const forged = await nextKeySet(createTestKey(), null);
    expect((await edge.dial({ keySet: forged })).keySetVersion).toBe(null);
    const first = await nextKeySet(edge.root, null);
    await edge.dial({ keySet: first });
    const second = await nextKeySet(edge.root, first);
    const other = await nextKeySet(edge.root, null);
    expect((await edge.dial({ keySet: { ...second, active: other.active } })).keySetVersion).toBe(1);
    expect((await edge.dial({ keySet: { ...second, previous: 'A'.repeat(43) } })).keySetVersion).toBe(1);
  });

  test('is still there after a restart, and a database that was tampered with is told at the start', async () => {
    const keySet = await nextKeySet(edge.root, null);
    await edge.dial({ keySet });
    const { openPublishedKeys } = await import('../platform/published-keys.ts');
    expect((await openPublishedKeys(edge.db, edge.root.publicKey)).inForce()?.current).toEqual(keySet);
    await expect(openPublishedKeys(edge.db, createTestKey().publicKey)).rejects.toThrow('pinned root key');
  });
});
