/** Everybody but the person's own page is kept out of the Control Center: foreign pages, other names, other programs. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { readPageFiles } from '@avow/control-center/page-files';
import { type ControlCenter, startControlCenter } from '@avow/control-center/server';
import { createTestSuite, createVendor, type TestSuite } from '@avow/sdk/test-suite';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openLocal } from './local-window.ts';

let browser: Browser;
let machine: TestSuite;
let center: ControlCenter;

beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach(async () => {
  machine = createTestSuite(createVendor());
  center = await startControlCenter({ suite: machine.suite, files: await readPageFiles() });
});
afterEach(async () => {
  await center.close();
  machine.remove();
});
afterAll(() => browser.close());

describe('a foreign page in the same browser', () => {
  let foreign: Server;
  let address: string;

  beforeEach(async () => {
    foreign = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<h1>Foreign</h1>'));
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`;
  });
  afterEach(() => new Promise((resolve) => foreign.close(resolve)));

  test('can neither read nor switch anything, whatever it tries (CSRF, port scan)', async () => {
    const own = await openLocal(browser, center.url);
    await own.page.waitForSelector('#turn-on');
    const page = await own.page.context().newPage();
    await page.goto(address);
    const { origin } = new URL(center.url);
    const tried = (await page.evaluate(`(async (target) => {
      const attempt = (path, init) =>
        fetch(target + path, init).then(
          async (response) => response.type + ' ' + response.status + ' ' + (await response.text()).length,
          () => 'refused',
        );
      const form = document.createElement('form');
      form.method = 'post';
      form.enctype = 'text/plain';
      form.action = target + '/api/participation';
      const frame = document.createElement('iframe');
      frame.name = 'hidden';
      frame.src = target + '/';
      form.target = 'hidden';
      // Until something was loaded, a frame belongs to the page that made it.
      const loaded = () => new Promise((next) => frame.addEventListener('load', next, { once: true }));
      const first = loaded();
      document.body.append(frame, form);
      await first;
      const answered = loaded();
      form.submit();
      await answered;
      const body = JSON.stringify({ takesPart: true, fieldList: 1 });
      return [
        await attempt('/api/state', {}),
        await attempt('/', { mode: 'no-cors' }),
        await attempt('/api/participation', { method: 'POST', body, headers: { 'content-type': 'application/json' } }),
        await attempt('/api/participation', { method: 'POST', body, mode: 'no-cors' }),
        await attempt('/api/session', { method: 'POST', body: '{}', mode: 'no-cors' }),
        String(frame.contentDocument),
      ];
    })('${origin}')`)) as string[];
    expect(tried.slice(0, 5).filter((answer) => answer !== 'refused' && answer !== 'opaque 0 0')).toEqual([]);
    expect(tried[5]).toBe('null');
    expect((await machine.suite.participation()).choice).toBe('undecided');
    expect(machine.suite.keptFiles()).toEqual([]);
  });

  test('cannot come in under a name that is pointed here (DNS rebinding)', async () => {
    const { port } = new URL(center.url);
    const answers = await Promise.all(
      [`rebound.example:${port}`, `localhost:${port}`, '127.0.0.1', `127.0.0.1:${port}.example`].map((host) =>
        rawRequest(Number(port), `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      ),
    );
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  test.each([
    ['another origin', 'Origin: http://evil.example'],
    ['another port of this machine', 'Origin: http://127.0.0.1:1'],
    ['no origin at all', 'Origin: null'],
    ['a browser that says so', 'Sec-Fetch-Site: cross-site'],
    ['another page of this machine', 'Sec-Fetch-Site: same-site'],
  ])('is turned away: %s', async (_name, header) => {
    const { port, host } = new URL(center.url);
    const head = `POST /api/participation HTTP/1.1\r\nHost: ${host}\r\n${header}\r\nConnection: close\r\n`;
    const body = JSON.stringify({ takesPart: true, fieldList: 1 });
    const request = `${head}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    expect(await rawRequest(Number(port), request)).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('with the right origin but without the session gets nothing', async () => {
    const { origin } = new URL(center.url);
    const answers = await Promise.all([
      fetch(`${origin}/api/state`),
      fetch(`${origin}/api/state`, { headers: { authorization: 'Bearer guessed' } }),
      fetch(`${origin}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"token":"guessed"}',
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 410]);
    // Nor does it end an installer's questions.
    let finished = false;
    void center.finished.then(() => {
      finished = true;
    });
    const headers = { 'content-type': 'application/json' };
    const { status } = await fetch(`${origin}/api/finished`, { method: 'POST', headers, body: '{}' });
    await fetch(`${origin}/api/state`);
    expect([status, finished]).toEqual([401, false]);
    for (const answer of answers) expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the program', () => {
  test('listens on the one loopback address that it announces', async () => {
    const { port } = new URL(center.url);
    await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow();
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  test('is framed by nobody, and its page loads nothing from elsewhere', async () => {
    const { headers } = await fetch(new URL('/', center.url));
    expect(headers.get('x-frame-options')).toBe('DENY');
    const rules = headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"])
      expect(rules.split('; ')).toContain(rule);
  });

  test('takes from its own page JSON only, of a size that a person may type', async () => {
    const { origin, hash } = new URL(center.url);
    const post = (path: string, type: string, body: string, session = '') =>
      fetch(`${origin}${path}`, { method: 'POST', body, headers: { 'content-type': type, authorization: session } });
    const opened = await post('/api/session', 'application/json', JSON.stringify({ token: hash.slice(1) }));
    const session = `Bearer ${((await opened.json()) as { session: string }).session}`;
    const off = JSON.stringify({ takesPart: false });
    // A form of a foreign page can send these types without asking first.
    for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
      expect((await post('/api/participation', type, off, session)).status).toBe(415);
    const long = JSON.stringify({ takesPart: false, more: 'x'.repeat(70_000) });
    expect((await post('/api/participation', 'application/json', long, session)).status).toBe(413);
    expect((await machine.suite.participation()).choice).toBe('undecided');
    expect((await post('/api/participation', 'application/json', off, session)).status).toBe(200);
  });
});

function rawRequest(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}
