import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@avow/engines/testing';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openTestVault, type TestVault } from '../../test-vault.ts';
import { openVaultDatabase } from '../database.ts';
import { staffRoute } from '../feature.ts';
import { createVaultHttp, type VaultHttpOptions } from './vault-http.ts';

let vault: TestVault;
let folder: string;
const lines: string[] = [];

beforeAll(async () => {
  vault = await openTestVault(createTestDatabase);
  folder = await mkdtemp(join(tmpdir(), 'avow-mails-'));
  await writeMail('old', 100, 'Older', 'Plain words only');
  await writeMail(
    'new',
    200,
    'Nächste <b>',
    'See http://localhost:8080/confirm#TOKEN now',
    '<html><head></head><body><script>1</script></body></html>',
  );
});
afterAll(async () => {
  await vault.close();
  await rm(folder, { recursive: true });
});

async function writeMail(id: string, seconds: number, subject: string, text: string, html?: string): Promise<void> {
  const head = [
    `From: Nordlicht <a@nordlicht.example>`,
    `To: ${id}@example.org`,
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
  ];
  const part = (type: string, body: string) => `--X\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${body}\r\n`;
  const body = part('text/plain', text) + (html ? part('text/html', html) : '');
  const file = join(folder, `${id}.eml`);
  await writeFile(
    file,
    `${head.join('\r\n')}\r\nContent-Type: multipart/alternative; boundary=X\r\n\r\n${body}--X--\r\n`,
  );
  await utimes(file, seconds, seconds);
}

function open(changes: Partial<VaultHttpOptions> = {}) {
  return createVaultHttp({
    host: '127.0.0.1',
    db: vault.db,
    keyringDb: vault.keyringDb,
    clickhouse: null,
    links: () => [{ connected: true }],
    setAside: async () => 0,
    caughtMail: folder,
    console: null,
    staffRoutes: [],
    sharedReading: null,
    clock: () => new Date(),
    log: pino({}, { write: (line: string) => lines.push(line) }),
    ...changes,
  });
}

function get(path: string, headers: Record<string, string> = {}, changes: Partial<VaultHttpOptions> = {}) {
  return open(changes).request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1:8090', ...headers } });
}

describe('/health', () => {
  test('says that all is well', async () => {
    const response = await get('/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      links: [{ connected: true }],
      databases: { vault: 'reachable', keyring: 'reachable' },
      clickhouse: 'not configured',
      mail: { waiting: 0, failed: 0, unknown: 0 },
      setAside: 0,
    });
  });

  test('says which part is not: an edge, ClickHouse, something set aside', async () => {
    for (const changes of [
      { links: () => [{ connected: false }] },
      { clickhouse: createClient({ url: 'http://user:secret@127.0.0.1:9', log: { level: ClickHouseLogLevel.OFF } }) },
      { setAside: async () => 1 },
    ]) {
      const response = await get('/health', {}, changes);
      expect(response.status).toBe(200);
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({ status: 'degraded' });
      expect(text).not.toContain('secret');
    }
  });

  test('is 503 when a database is away, and still answers', async () => {
    const away = openVaultDatabase('postgres://nobody:wrong@127.0.0.1:9/none');
    const response = await get('/health', {}, { db: away });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ databases: { vault: 'away', keyring: 'reachable' } });
    await away.destroy();
  });
});

describe('a page whose database is away', () => {
  const route = (handle: () => Promise<object>): Partial<VaultHttpOptions> => ({
    staffRoutes: [
      staffRoute({ method: 'GET', path: '/asks', permission: 'anyone', summary: '', answer: z.unknown(), handle }),
    ],
  });

  test('says so, in the language of whoever reads it, and calls only a mistake of ours a mistake', async () => {
    const away = openVaultDatabase('postgres://nobody:wrong@127.0.0.1:9/none');
    const asks = route(() => away.selectFrom('persons').select('id').execute());
    const response = await get('/api/asks', { 'accept-language': 'de' }, asks);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      error: { code: 'stores_away', message: expect.stringContaining('antwortet gerade nicht') },
    });
    const mistaken = route(() =>
      vault.db
        .selectFrom('no_such_table' as 'persons')
        .select('id')
        .execute(),
    );
    const mistake = await get('/api/asks', {}, mistaken);
    expect([mistake.status, await mistake.json()]).toMatchObject([500, { error: { code: 'internal' } }]);
    await away.destroy();
  });
});

describe('the private port', () => {
  test('serves no page under a name that somebody could have pointed here', async () => {
    const response = await get('/caught-mail.json', { host: 'rebound.example:8090' });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'destination_refused' } });
  });

  test('is not stored, not sniffed, and tells nobody where one came from', async () => {
    const { headers } = await get('/health');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('answers an unknown address in the reader’s language', async () => {
    const response = await get('/nothing', { 'accept-language': 'de' });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: { code: 'not_found', message: 'Unter dieser Adresse ist nichts.' },
    });
  });

  test('has no caught mail where a mail server is configured', async () => {
    for (const path of ['/caught-mail', '/caught-mail.json', '/caught-mail/new']) {
      expect((await get(path, {}, { caughtMail: null })).status).toBe(404);
    }
  });
});

describe('caught mail', () => {
  test('is listed newest first, as JSON', async () => {
    expect(await (await get('/caught-mail.json')).json()).toEqual([
      {
        id: 'new',
        to: 'new@example.org',
        subject: 'Nächste <b>',
        text: 'See http://localhost:8080/confirm#TOKEN now',
      },
      { id: 'old', to: 'old@example.org', subject: 'Older', text: 'Plain words only' },
    ]);
  });

  test('is listed as a page, with what others wrote escaped', async () => {
    const response = await get('/caught-mail');
    const page = await response.text();
    expect(page.indexOf('/caught-mail/new')).toBeLessThan(page.indexOf('/caught-mail/old'));
    expect(page).toContain('Nächste &lt;b&gt;');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(await (await get('/caught-mail', { 'accept-language': 'de' })).text()).toContain('Aufgefangene Mails');
  });

  test('shows one mail with its links to follow', async () => {
    const page = await (await get('/caught-mail/new')).text();
    expect(page).toContain('<a href="http://localhost:8080/confirm#TOKEN" target="_blank" rel="noreferrer">');
    expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(await (await get('/caught-mail/old')).text()).not.toContain('<iframe');
  });

  test('shows the HTML and the source without running anything of it', async () => {
    const shown = await get('/caught-mail/new/html');
    const policy = shown.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/sandbox allow-popups allow-popups-to-escape-sandbox$/);
    expect(await shown.text()).toContain('<base target="_blank">');
    const source = await get('/caught-mail/new/source');
    expect(source.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await source.text()).toContain('Subject:');
  });

  test.each(['/caught-mail/none', '/caught-mail/..%2Fsecret', '/caught-mail/new.eml', '/caught-mail/old/html'])(
    'has nothing at %s',
    async (path) => expect((await get(path)).status).toBe(404),
  );

  test('is empty, with a hint, before the first mail', async () => {
    const page = await (await get('/caught-mail', {}, { caughtMail: join(folder, 'not-there') })).text();
    expect(page).toContain('Nothing caught yet');
  });
});
