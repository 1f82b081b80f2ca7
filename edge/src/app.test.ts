import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { REFUSALS } from '@avow/protocol/refusals';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRateLimits } from './platform/rate-limits.ts';
import { emptyTables, nextKeySet, sealedBytes, startTestEdge, type TestEdge, type TestEdgeOptions } from './testing.ts';

let database: TestDatabase;
let edge: TestEdge;

async function start(options: TestEdgeOptions = {}): Promise<void> {
  edge = await startTestEdge(database.url, options);
}

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

beforeEach(async () => {
  await emptyTables(database.url);
});

afterEach(async () => {
  await edge.close();
});

const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });

describe('every answer', () => {
  test('carries the security headers, whatever it is', async () => {
    await start();
    for (const [path, init] of [
      ['/', {}],
      ['/nowhere', {}],
      ['/health', {}],
      ['/relay', { method: 'DELETE' }],
      ['/relay', { method: 'POST', body: sealedBytes(), headers: { 'content-type': 'message/ohttp-req' } }],
      ['/link', { method: 'POST' }],
    ] as const) {
      const { headers } = await edge.app.request(path, init);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('cache-control')).toMatch(/no-(store|cache)/);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-|\*|https?:/);
      expect(headers.get('strict-transport-security')).toBe(null);
      expect(headers.get('server') ?? headers.get('x-powered-by')).toBe(null);
    }
  });

  test('has a nonce of its own, which is the one in the page', async () => {
    await start();
    const nonceOf = (response: Response) =>
      /script-src 'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1];
    const [one, other] = [await edge.app.request('/register'), await edge.app.request('/register')];
    expect(nonceOf(one)).toMatch(/^[\w+/]{22}==$/);
    expect(nonceOf(one)).not.toBe(nonceOf(other));
    const nonces = [...(await one.text()).matchAll(/nonce="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(nonces)).toEqual(new Set([nonceOf(one)]));
  });

  test('asks for HTTPS for good when visitors come by HTTPS', async () => {
    await start({ publicUrl: 'https://nordlicht.example' });
    const { headers } = await edge.app.request('/');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
  });
});

describe('a refusal', () => {
  test('is JSON with a code and a sentence in the language that was asked for', async () => {
    await start();
    const response = await edge.app.request('/nowhere', { headers: { 'accept-language': 'de-AT,en;q=0.5' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('content-language')).toBe('de');
    expect(await response.json()).toEqual({ error: { code: 'not_found', message: REFUSALS.not_found.de } });
  });

  test('is a page for a browser', async () => {
    await start();
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const response = await edge.app.request('/nowhere', { headers: { accept } });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain('nonce-');
    const page = await response.text();
    expect(page).toContain('<html');
    expect(page).toContain(REFUSALS.not_found.en);
  });

  test('speaks the language of the link that led here', async () => {
    await start();
    const headers = { accept: 'text/html', 'accept-language': 'en' };
    const page = await edge.app.request('/nowhere?lang=de', { headers });
    expect(page.headers.get('content-language')).toBe('de');
    const text = await page.text();
    expect(text).toContain('<html lang="de">');
    expect(text).toContain(REFUSALS.not_found.de);
    const json = await edge.app.request('/nowhere?lang=de', { headers: { ...headers, accept: '*/*' } });
    expect(await json.text()).toContain(REFUSALS.not_found.de);
  });

  test.each(['application/json', 'application/json, text/html;q=0', '*/*', ''])(
    'is JSON for Accept: %j',
    async (accept) => {
      await start();
      const response = await edge.app.request('/nowhere', { headers: { accept } });
      expect(response.headers.get('content-type')).toBe('application/json');
    },
  );

  test.each([
    ['DELETE', '/relay', 'POST'],
    ['GET', '/link', 'POST'],
    ['POST', '/ohttp-keys', 'GET, HEAD'],
    ['PUT', '/relay/answers/6f9619ff-8b86-d011-b42d-00c04fc964ff', 'GET, HEAD'],
    ['DELETE', '/register', 'GET, HEAD, POST'],
  ])('of %s %s names what is allowed: %s', async (method, path, allow) => {
    await start();
    const response = await edge.app.request(path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    expect(await response.json()).toMatchObject({ error: { code: 'method_not_allowed' } });
  });

  test('for an error of ours tells nothing of it, and the log nothing of the request', async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => lines.push(line) };
    await start({ log: pino({ level: 'trace' }, stream) });
    await edge.db.schema.alterTable('spool_items').renameTo('away').execute();
    const marked = Buffer.alloc(2048 + 55, 'MARKED-BODY');
    const response = await edge.app.request(
      '/relay?marked=MARKED-QUERY',
      {
        method: 'POST',
        body: marked,
        headers: { 'content-type': 'message/ohttp-req', prefer: 'respond-async', 'x-marked': 'MARKED-HEADER' },
      },
      from('203.0.113.99'),
    );
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: { code: 'internal', message: REFUSALS.internal.en } });
    const log = lines.join('');
    expect(log).toContain('request failed');
    expect(log).toContain('42P01');
    expect(log).not.toMatch(/MARKED|203\.0\.113\.99|TUFSS0VE/);
    await edge.db.schema.alterTable('away').renameTo('spool_items').execute();
  });
});

describe('rate limits', () => {
  const limits = () =>
    createRateLimits(
      {
        pages: { perMinute: 60, burst: 3 },
        relay: { perMinute: 60, burst: 1 },
        collect: { perMinute: 60, burst: 2 },
        reports: { perMinute: 60, burst: 1 },
      },
      () => 0,
    );

  test('refuse with 429 and say when to come again', async () => {
    await start({ limits: limits() });
    const get = () => edge.app.request('/keys.json', {}, from('203.0.113.7'));
    for (let n = 0; n < 3; n++) expect((await get()).status).toBe(503);
    const refused = await get();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await edge.app.request('/keys.json', {}, from('203.0.113.8'))).status).toBe(503);
  });

  test('are stricter for what sends than for what reads, and apart from it', async () => {
    await start({ limits: limits() });
    const post = (path: string) => edge.app.request(path, { method: 'POST' }, from('203.0.113.7'));
    expect((await post('/relay')).status).toBe(415);
    expect((await post('/relay')).status).toBe(429);
    expect((await post('/register')).status).toBe(429);
    expect((await edge.app.request('/register', {}, from('203.0.113.7'))).status).toBe(200);
  });

  test('hold neither the vault nor health checks up', async () => {
    await start({ limits: limits() });
    for (let n = 0; n < 10; n++) await edge.dial();
    for (let n = 0; n < 10; n++) expect((await edge.app.request('/health')).status).toBe(200);
  });

  const forged = (n: number) => ({
    headers: { 'x-forwarded-for': `198.51.100.${n}`, forwarded: `for=198.51.100.${n}` },
  });

  test('cannot be escaped by a forged X-Forwarded-For', async () => {
    await start({ limits: limits() });
    const answers = [];
    for (let n = 0; n < 5; n++)
      answers.push((await edge.app.request('/register', forged(n), from('203.0.113.7'))).status);
    expect(answers).toEqual([200, 200, 200, 429, 429]);
  });

  test('count the visitor, not the proxy, when the proxy is trusted', async () => {
    await start({ limits: limits(), config: { trustedProxies: ['203.0.113.0/24'] } });
    for (let n = 0; n < 5; n++) {
      expect((await edge.app.request('/register', forged(n), from('203.0.113.7'))).status).toBe(200);
    }
  });
});

describe('health', () => {
  test('tells whether the vault is there, what waits, which keys are out, and the version', async () => {
    await start();
    const health = async () => (await edge.app.request('/health')).json();
    expect(await health()).toEqual({ linkConnected: false, spoolDepth: 0, keySetVersion: null, version: '0.0.0' });
    await edge.app.request('/relay', {
      method: 'POST',
      body: sealedBytes(),
      headers: { 'content-type': 'message/ohttp-req', prefer: 'respond-async, wait=0' },
    });
    await edge.dial({ want: 0, keySet: await nextKeySet(edge.root, null) });
    expect(await health()).toEqual({ linkConnected: true, spoolDepth: 1, keySetVersion: 1, version: '0.0.0' });
  });
});
