import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { type PublishedKeys, verifyKeyLog } from '@avow/protocol/key-set';
import type { LinkItem } from '@avow/protocol/link';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emptyTables, nextKeySet, sealedBytes, startTestEdge, type TestEdge } from '../testing.ts';

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

afterEach(async () => {
  await edge.close();
});

const TYPE = { 'content-type': 'message/ohttp-req' };

async function relay(
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response> {
  return edge.app.request('/relay', {
    method: 'POST',
    body,
    headers: { ...TYPE, ...headers },
    ...(signal && { signal }),
  });
}

const later = (seconds: number) => ({ prefer: `respond-async, wait=${seconds}` });
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

async function rowsInSpool(): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM spool_items`.execute(edge.db);
  return rows[0]?.n ?? -1;
}

/** Takes one item as the vault does, and answers it. */
async function answerOne(body = Buffer.from('sealed answer')): Promise<LinkItem> {
  const { items } = await edge.dial({ want: 1, waitSeconds: 10 });
  const [item] = items;
  if (!item) throw new Error('nothing came');
  await edge.dial({ want: 0, answers: [{ id: item.id, body: base64(body) }] });
  return item;
}

describe('a durable request', () => {
  test('is on disk before anything is answered, and its bytes travel unchanged', async () => {
    const bytes = sealedBytes();
    const response = await relay(bytes, later(0));
    expect(response.status).toBe(202);
    expect(response.headers.get('preference-applied')).toBe('respond-async');
    expect(response.headers.get('location')).toMatch(/^\/relay\/answers\/[0-9a-f-]{36}$/);
    expect(await rowsInSpool()).toBe(1);
    const { items, depth } = await edge.dial();
    expect(items).toEqual([expect.objectContaining({ lane: 'prompt', body: base64(bytes), awaited: false })]);
    expect(depth).toBe(0);
  });

  test('that is answered in time is answered at once, and leaves nothing behind', async () => {
    const answered = answerOne();
    const response = await relay(sealedBytes(), later(10));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('message/ohttp-res');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toBe('sealed answer');
    expect((await answered).awaited).toBe(true);
    expect(await rowsInSpool()).toBe(0);
  });

  test('that is answered later waits to be collected, once', async () => {
    const location = (await relay(sealedBytes(), later(0))).headers.get('location') ?? '';
    expect((await edge.app.request(location)).status).toBe(202);
    await answerOne();
    const collected = await edge.app.request(location);
    expect(collected.status).toBe(200);
    expect(await collected.text()).toBe('sealed answer');
    expect((await edge.app.request(location)).status).toBe(404);
  });

  test('that could not be opened is refused in plain words, in time and later', async () => {
    const inTime = relay(sealedBytes(), later(10));
    const first = (await edge.dial({ want: 1, waitSeconds: 10 })).items[0];
    await edge.dial({ answers: [{ id: first?.id ?? '', refused: 'key_unknown' }] });
    expect((await inTime).status).toBe(422);
    expect(await (await inTime).json()).toMatchObject({ error: { code: 'key_unknown' } });

    const location = (await relay(sealedBytes(), later(0))).headers.get('location') ?? '';
    const second = (await edge.dial()).items[0];
    await edge.dial({ answers: [{ id: second?.id ?? '', refused: 'malformed' }] });
    expect((await edge.app.request(location)).status).toBe(400);
  });

  test('whose sender has gone is still carried out, and marked as not awaited', async () => {
    const gone = new AbortController();
    const response = relay(sealedBytes(), later(20), gone.signal);
    await expect.poll(rowsInSpool, { timeout: 15_000 }).toBe(1);
    gone.abort();
    expect((await response).status).toBe(202);
    expect((await edge.dial()).items[0]?.awaited).toBe(false);
  });

  test('is answered also when the vault has dialled another edge on the same database', async () => {
    const other = await startTestEdge(database.url);
    const response = relay(sealedBytes(), later(1));
    await expect.poll(rowsInSpool, { timeout: 15_000 }).toBe(1);
    const [item] = (await other.dial()).items;
    await other.dial({ answers: [{ id: item?.id ?? '', body: base64(Buffer.from('by way of the other')) }] });
    expect(await (await response).text()).toBe('by way of the other');
    await other.close();
  });

  test('is refused with 507 when the storage mark is reached, and is not kept', async () => {
    const full = await startTestEdge(database.url, { marks: { spoolMaxBytes: 1000 } });
    const response = await full.app.request('/relay', {
      method: 'POST',
      body: sealedBytes(),
      headers: { ...TYPE, ...later(0) },
    });
    expect(response.status).toBe(507);
    expect(await response.json()).toMatchObject({ error: { code: 'storage_full' } });
    expect(await rowsInSpool()).toBe(0);
    await full.close();
  });
});

describe('an interactive request', () => {
  test('is refused at once while no vault is there', async () => {
    const started = performance.now();
    const response = await relay(sealedBytes());
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'vault_away' } });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('is answered through memory: no row is ever written', async () => {
    await edge.dial();
    const bytes = sealedBytes();
    const response = relay(bytes);
    const { items } = await edge.dial({ want: 1, waitSeconds: 10 });
    expect(items[0]).toMatchObject({ body: base64(bytes), awaited: true });
    expect(await rowsInSpool()).toBe(0);
    await edge.dial({ answers: [{ id: items[0]?.id ?? '', body: base64(Buffer.from('now')) }] });
    expect((await response).status).toBe(200);
    expect(await (await response).text()).toBe('now');
  });

  test('whose sender has gone is not handed out any more', async () => {
    await edge.dial();
    const gone = new AbortController();
    const response = relay(sealedBytes(), {}, gone.signal);
    gone.abort();
    await response;
    expect((await edge.dial()).items).toEqual([]);
  });

  test('comes before what was spooled', async () => {
    await relay(sealedBytes(), later(0));
    await edge.dial({ want: 0 });
    const bytes = sealedBytes();
    const response = relay(bytes);
    await new Promise((done) => setImmediate(done));
    const item = await answerOne();
    expect(item.body).toBe(base64(bytes));
    expect((await response).status).toBe(200);
  });
});

describe('the relay takes nothing but encapsulated requests:', () => {
  test.each([
    ['another content type', sealedBytes(), { 'content-type': 'application/json' }, 415],
    ['a content type with parameters', sealedBytes(), { 'content-type': 'message/ohttp-req; charset=utf-8' }, 415],
    ['an empty body', new Uint8Array(0), {}, 400],
    ['a body between the size classes', new Uint8Array(2048 + 54), {}, 400],
    ['a body of the size class without overhead', new Uint8Array(2048), {}, 400],
    ['a body beyond the largest class', new Uint8Array(131_072 + 56), {}, 413],
    ['a declared length between the classes', sealedBytes(), { 'content-length': '2104' }, 400],
    ['a declared length beyond the largest class', sealedBytes(), { 'content-length': '99999999' }, 413],
    ['an Expect header', sealedBytes(), { expect: '100-continue' }, 417],
  ])('%s', async (_name, body, headers, status) => {
    for (const prefer of [{}, later(0)]) {
      const response = await relay(body, { ...headers, ...prefer });
      expect(response.status).toBe(status);
      expect(await response.json()).toHaveProperty('error.code');
    }
    expect(await rowsInSpool()).toBe(0);
  });

  test('a stream that never says its length is cut off at the limit', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const response = await edge.app.request('/relay', {
      method: 'POST',
      body: endless,
      headers: TYPE,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(400_000);
  });

  test.each(['/relay/answers/1', '/relay/answers/x%27', '/relay/answers/6f9619ff-8b86-d011-b42d-00c04fc964ff'])(
    'there is no answer at %s',
    async (path) => {
      expect((await edge.app.request(path)).status).toBe(404);
    },
  );
});

describe('the published keys', () => {
  test('are not there until the vault has brought them', async () => {
    expect((await edge.app.request('/ohttp-keys')).status).toBe(503);
    expect((await edge.app.request('/keys.json')).status).toBe(503);
  });

  test('are the one active configuration, and the whole signed log', async () => {
    const first = await nextKeySet(edge.root, null);
    const second = await nextKeySet(edge.root, first);
    await edge.dial({ keySet: first });
    expect((await edge.dial({ keySet: second })).keySetVersion).toBe(2);

    const keys = await edge.app.request('/ohttp-keys');
    expect(keys.headers.get('content-type')).toBe('application/ohttp-keys');
    const bytes = Buffer.from(await keys.arrayBuffer());
    expect(bytes.readUInt16BE(0)).toBe(bytes.length - 2);
    expect(bytes.subarray(2).toString('base64url')).toBe(second.active);

    const published = (await (await edge.app.request('/keys.json')).json()) as PublishedKeys;
    expect(published).toEqual({ current: second, log: [first, second] });
    expect(await verifyKeyLog(published.log, edge.root.publicKey)).toBe(true);
  });
});
