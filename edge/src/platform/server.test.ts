/** Against a real socket: what `app.request()` cannot show. */
import { connect, type Socket } from 'node:net';
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { errorBody, REFUSALS } from '@avow/protocol/refusals';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealedBytes, signedLink, startTestEdge, type TestEdge } from '../testing.ts';
import { type RunningServer, startServer } from './server.ts';

let database: TestDatabase;
let edge: TestEdge;
let server: RunningServer;

beforeAll(async () => {
  database = await createTestDatabase();
  edge = await startTestEdge(database.url);
  server = await startServer(edge.app.fetch, {
    host: '127.0.0.1',
    port: 0,
    times: { headersMs: 400, requestMs: 800, checkMs: 50 },
  });
});

afterAll(async () => {
  edge.exchange.close();
  await server.stop(1_000);
  await edge.close();
  await database.drop();
});

function open(): { socket: Socket; received: Promise<string> } {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  const received = new Promise<string>((resolve) => {
    socket.on('close', () => resolve(text));
    socket.on('error', () => resolve(text));
  });
  return { socket, received };
}

const head = (headers: Record<string, string | number>, method = 'POST', path = '/relay') =>
  `${[`${method} ${path} HTTP/1.1`, 'host: localhost', ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;

const sealedNow = { 'content-type': 'message/ohttp-req', prefer: 'respond-async, wait=0' };
const sealed = { ...sealedNow, connection: 'close' };

async function rowsInSpool(): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM spool_items`.execute(edge.db);
  return rows[0]?.n ?? -1;
}

describe('over a socket', () => {
  test('a whole request is accepted', async () => {
    const { socket, received } = open();
    const body = sealedBytes();
    socket.write(head({ ...sealed, 'content-length': body.length }));
    socket.write(body);
    expect(await received).toMatch(/^HTTP\/1\.1 202 /);
    expect(await rowsInSpool()).toBe(1);
    await sql`DELETE FROM spool_items`.execute(edge.db);
  });

  test('Expect: 100-continue is refused without an invitation to send', async () => {
    const { socket, received } = open();
    socket.write(head({ ...sealed, 'content-length': 2103, expect: '100-continue' }));
    const text = await received;
    expect(text).toMatch(/^HTTP\/1\.1 417 /);
    expect(text).toContain('expectation_refused');
    expect(text).not.toContain('100 Continue');
  });

  test('any other expectation is refused too', async () => {
    const { socket, received } = open();
    socket.write(head({ ...sealed, 'content-length': 0, expect: 'miracles' }));
    expect(await received).toMatch(/^HTTP\/1\.1 417 /);
  });

  test('a body that breaks off is never kept', async () => {
    const { socket, received } = open();
    socket.write(head({ ...sealed, 'content-length': 2103 }));
    socket.write(sealedBytes().subarray(0, 1000));
    await new Promise((done) => setTimeout(done, 50));
    socket.destroy();
    await received;
    await new Promise((done) => setTimeout(done, 100));
    expect(await rowsInSpool()).toBe(0);
  });

  test('a chunked body that ends early is never kept', async () => {
    const { socket, received } = open();
    socket.write(head({ ...sealed, 'transfer-encoding': 'chunked' }));
    socket.write(`837\r\n${Buffer.alloc(0x837).toString('latin1')}\r\n`);
    socket.end();
    await received;
    expect(await rowsInSpool()).toBe(0);
  });

  test('a body that comes too slowly is ended with 408', async () => {
    const { socket, received } = open();
    socket.write(head({ ...sealed, 'content-length': 2103 }));
    const drip = setInterval(() => socket.write('x'), 100);
    const started = performance.now();
    const text = await received;
    clearInterval(drip);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('request_too_slow');
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await rowsInSpool()).toBe(0);
  });

  test('headers that come too slowly are ended', async () => {
    const { socket, received } = open();
    socket.write('POST /relay HTTP/1.1\r\nhost: localhost\r\n');
    expect(await received).toMatch(/^HTTP\/1\.1 408 |^$/);
  });

  test('a long wait for an answer is no slow request', async () => {
    const { socket, received } = open();
    const body = sealedBytes();
    socket.write(head({ ...sealed, prefer: 'respond-async, wait=2', 'content-length': body.length }));
    socket.write(body);
    expect(await received).toMatch(/^HTTP\/1\.1 202 /);
    await sql`DELETE FROM spool_items`.execute(edge.db);
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n', 'malformed'],
    ['two lengths', head({ ...sealed, 'content-length': '1\r\ncontent-length: 2' }), 'malformed'],
    ['a length and chunks', head({ ...sealed, 'content-length': 5, 'transfer-encoding': 'chunked' }), 'malformed'],
    ['a chunk without length', `${head({ ...sealed, 'transfer-encoding': 'chunked' })}zz\r\nabc`, 'malformed'],
    [
      'headers without end',
      `POST /relay HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
      'headers_too_large',
    ],
    ['no host', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 'malformed'],
    ['a host that is none', 'GET / HTTP/1.1\r\nhost: a b<>\r\nconnection: close\r\n\r\n', 'malformed'],
    ['a backslash in the path', 'GET /a\\b HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n', 'malformed'],
  ] as const)('%s is refused with a code of the list', async (_name, bytes, code) => {
    const { socket, received } = open();
    socket.write(bytes);
    const [, status, body = ''] = /^HTTP\/1\.1 (\d+) .*?\r\n\r\n(.*)$/s.exec(await received) ?? [];
    expect(status).toBe(String(REFUSALS[code].status));
    expect(body).toContain(JSON.stringify(errorBody({ refused: code }, 'en')));
  });

  test('a vault that hangs up during its long poll is not handed what arrives later', async () => {
    const host = new URL(server.url).host;
    const body = Buffer.from(JSON.stringify({ answers: [], want: 64, waitSeconds: 25 }));
    const { socket, received } = open();
    const headers = { ...signedLink(edge.link, body, { host }), 'content-length': body.length };
    socket.write(head(headers, 'POST', '/link').replace('host: localhost', `host: ${host}`));
    socket.write(body);
    await expect.poll(() => edge.exchange.vaultIsConnected(), { timeout: 15_000 }).toBe(true);
    socket.destroy();
    await received;
    await new Promise((done) => setTimeout(done, 50));
    const response = await fetch(`${server.url}/relay`, { method: 'POST', body: sealedBytes(), headers: sealedNow });
    expect(response.status).toBe(202);
    const { items } = await edge.dial();
    expect(items).toHaveLength(1);
    await edge.dial({ want: 0, answers: [{ id: items[0]?.id ?? '' }] });
    expect(await rowsInSpool()).toBe(0);
  });

  test('a requester who hangs up while waiting is not waited for', async () => {
    const { socket, received } = open();
    const body = sealedBytes();
    socket.write(head({ ...sealed, prefer: 'respond-async, wait=20', 'content-length': body.length }));
    socket.write(body);
    await expect.poll(rowsInSpool, { timeout: 15_000 }).toBe(1);
    socket.destroy();
    await received;
    await expect
      .poll(
        async () => {
          const { items } = await edge.dial();
          await edge.exchange.giveBack(items.map((item) => item.id));
          return items.map((item) => item.awaited);
        },
        { timeout: 15_000 },
      )
      .toEqual([false]);
    await sql`DELETE FROM spool_items`.execute(edge.db);
  });
});
