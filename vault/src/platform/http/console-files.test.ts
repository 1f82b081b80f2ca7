import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consoleRoutes, loadConsoleFiles } from './console-files.ts';

let folder: string;
const PAGE = '<meta property="csp-nonce" nonce="AVOW_NONCE"><link rel="stylesheet" nonce="AVOW_NONCE">';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), PAGE);
  for (const [name, content] of [
    ['main-1f.js', 'plain'],
    ['main-1f.js.br', 'brotli'],
    ['main-1f.js.gz', 'gzip'],
    ['icon-2f.svg', '<svg/>'],
    ['notes.txt', 'not to be served'],
  ] as const) {
    await writeFile(join(folder, 'assets', name), content);
  }
});
afterAll(() => rm(folder, { recursive: true }));

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return consoleRoutes(await loadConsoleFiles(folder)).request(path, { headers });
}

describe('the page', () => {
  test.each(['/', '/visits', '/people/some-id', '/welcome', '/staff?x=1'])('is at %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
  });

  test.each(['/api/nothing', '/health', '/caught-mail', '/visitors', '/assets', '/index.html'])(
    'is not at %s',
    async (path) => expect((await get(path)).status).toBe(404),
  );

  test('lets styles in by a nonce that no other answer has, and nothing else that is inline', async () => {
    const nonces = new Set<string>();
    for (const _ of [1, 2]) {
      const response = await get('/');
      const policy = response.headers.get('content-security-policy') ?? '';
      const nonce = /style-src 'self' 'nonce-([\w+/=]{24})'/.exec(policy)?.[1] ?? '';
      nonces.add(nonce);
      expect(await response.text()).toBe(PAGE.replaceAll('AVOW_NONCE', nonce));
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
    }
    expect(nonces.size).toBe(2);
  });
});

describe('an asset', () => {
  test.each([
    ['gzip, deflate, br', 'br', 'brotli'],
    ['gzip', 'gzip', 'gzip'],
    ['', null, 'plain'],
  ])('for a browser that takes "%s"', async (accepted, encoding, content) => {
    const response = await get('/assets/main-1f.js', accepted ? { 'accept-encoding': accepted } : {});
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await response.text()).toBe(content);
  });

  test('that gained nothing by compression comes as it is', async () => {
    const response = await get('/assets/icon-2f.svg', { 'accept-encoding': 'br' });
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  test.each(['/assets/main-1f.js.br', '/assets/notes.txt', '/assets/..%2findex.html', '/assets/gone.js'])(
    'is not %s',
    async (path) => expect((await get(path)).status).toBe(404),
  );
});

test('a folder without a built console is told', async () => {
  await expect(loadConsoleFiles(join(folder, 'assets'))).rejects.toThrow('There is no built console');
});
