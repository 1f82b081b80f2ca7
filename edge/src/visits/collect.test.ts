/** The whole way of a page view to the disk: through a socket, on a real PostgreSQL. W4, W5, W6, W10, C7. */
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRateLimits } from '../platform/rate-limits.ts';
import { emptyTables } from '../testing.ts';
import { BROWSER, eventId, MONDAY, startTestCollector, type TestCollector, view } from './testing.ts';

let database: TestDatabase;
let edge: TestCollector;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

beforeEach(async () => {
  await emptyTables(database.url);
  edge = await startTestCollector(database.url, {
    config(config) {
      const [main] = config.sites;
      if (main) main.collect.events = { Download: { props: ['edition', '__proto__'] } };
    },
  });
});

afterEach(() => edge.close());

const code = (text: string) => JSON.parse(text).error.code;

describe('a page view', () => {
  test('is on disk when 202 is answered, as one event with what the request told', async () => {
    const answer = await edge.send(
      view('/products;jsessionid=1/suite?utm_source=news&utm_medium=email&gclid=x&token=secret#part', {
        r: 'https://www.google.de/search?q=private',
      }),
      { 'x-forwarded-for': '8.8.8.8' },
    );
    expect([answer.status, answer.text]).toEqual([202, '']);
    const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM spool_items WHERE lane = 'visits'`.execute(
      edge.db,
    );
    expect(rows[0]?.n).toBe(1);
    const [batch] = await edge.batches();
    expect(batch?.events).toEqual([
      expect.objectContaining({
        site: 'main',
        kind: 'view',
        hour: MONDAY / 1000,
        day: '2026-11-23',
        seq: 0,
        path: '/products/suite',
        entryPath: '/products/suite',
        firstInVisit: true,
        firstOfPath: true,
        firstOfDay: true,
        source: 'Google',
        referrer: 'google.de/search',
        channel: 'paid',
        utmSource: 'news',
        utmMedium: 'email',
        country: 'US',
        language: 'de',
        device: 'desktop',
        browser: 'Chrome',
        browserVersion: '146',
        os: 'Windows',
        osVersion: '10',
        bot: '',
        props: {},
      }),
    ]);
    expect(batch?.minutes).toEqual([{ minute: MONDAY / 1000, site: 'main', path: '/products/suite', views: 1 }]);
    expect(batch?.active).toContainEqual({ site: 'main', visits: 1 });
  });

  test('W6: nothing of the address, the user agent or the query is in the database, in any table', async () => {
    await edge.send(view('/a?mail=somebody%40example.org', { r: 'https://t.example/?session=SECRETX' }), {
      'x-forwarded-for': '198.51.100.77',
    });
    const { rows } = await sql<{ name: string }>`
      SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'`.execute(
      edge.db,
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const { name } of rows) {
      const dump = await sql<{ row: string }>`SELECT t::text AS row FROM ${sql.raw(name)} AS t`.execute(edge.db);
      const bodies = await edge.batches();
      const text = JSON.stringify([dump.rows, bodies]);
      expect(text).not.toMatch(/198\.51\.100\.77|somebody|SECRETX|AppleWebKit/);
    }
  });

  test('W10: leaves no line in the access log; a page view is no second entry', async () => {
    await edge.send(view());
    expect(await edge.db.selectFrom('access_log').selectAll().execute()).toEqual([]);
  });
});

describe('a visit', () => {
  test('W5: goes on for 30 minutes after its last event, and is numbered in order', async () => {
    await edge.send(view('/', { r: 'https://chatgpt.com/' }));
    edge.now += 29 * 60_000;
    await edge.send(view('/b', { r: 'https://nordlicht.example/' }));
    edge.now += 60_000;
    await edge.send(view('/', { k: 'engagement', e: 12_345.6, s: 250 }));
    await edge.send(view('/'));
    edge.now += 31 * 60_000;
    await edge.send(view('/later'));
    const events = (await edge.events()).sort((a, b) => a.hour - b.hour || a.seq - b.seq);
    const first = events.filter((event) => event.visit === events.find(({ path }) => path === '/b')?.visit);
    expect(first.map(({ seq, kind, firstInVisit, firstOfPath }) => [seq, kind, firstInVisit, firstOfPath])).toEqual([
      [0, 'view', true, true],
      [1, 'view', false, true],
      [2, 'engagement', false, false],
      [3, 'view', false, false],
    ]);
    expect(new Set(first.map(({ source, channel, entryPath }) => `${source} ${channel} ${entryPath}`))).toEqual(
      new Set(['ChatGPT ai-assistant /']),
    );
    expect(first[2]).toMatchObject({ engagedMs: 12_346, scrollPercent: 100 });
    const later = events.find(({ path }) => path === '/later');
    expect(later).toMatchObject({ firstInVisit: true, seq: 0, firstOfDay: false, visitor: first[0]?.visitor });
    expect(later?.visit).not.toBe(first[0]?.visit);
  });

  test('is told apart by address and by browser, and on each site of its own', async () => {
    await edge.send(view());
    await edge.send(view(), { 'x-forwarded-for': '203.0.113.8' });
    await edge.send(view(), { 'user-agent': BROWSER['user-agent']?.replace('146', '145') ?? '' });
    await edge.send({ i: eventId(), u: 'https://labs.localhost/' }, { origin: 'https://labs.localhost' });
    const events = await edge.events();
    expect(new Set(events.map(({ visitor }) => visitor)).size).toBe(4);
    expect(new Set(events.map(({ visit }) => visit)).size).toBe(4);
    expect(edge.collector.active()).toEqual([
      { site: 'main', visits: 3 },
      { site: 'labs', visits: 1 },
      { site: 'media', visits: 0 },
    ]);
  });

  test('whose event could not be stored begins with that event when it is sent again', async () => {
    await sql`ALTER TABLE spool_items RENAME TO away`.execute(edge.db);
    const body = view('/first');
    expect((await edge.send(body)).status).toBe(500);
    await sql`ALTER TABLE away RENAME TO spool_items`.execute(edge.db);
    expect((await edge.send({ ...body, t: 1 })).status).toBe(202);
    expect(await edge.events()).toMatchObject([{ seq: 0, firstInVisit: true, firstOfDay: true, retried: true }]);
  });

  test('counts an event once that is sent again because its answer was lost', async () => {
    const body = view();
    await edge.send(body);
    expect((await edge.send({ ...body, t: 1 })).status).toBe(202);
    await edge.collector.flush();
    const batches = await edge.batches();
    expect(batches.flatMap(({ events }) => events)).toHaveLength(1);
    expect(batches.flatMap(({ drops }) => drops)).toMatchObject([{ site: 'main', reason: 'repeated', count: 1 }]);
  });
});

describe("C7: the browser's own signal", () => {
  test('a signal that only scripts of the page could see counts, too', async () => {
    expect((await edge.send(view('/quiet', { q: 1 }))).status).toBe(202);
    expect(await edge.events()).toEqual([]);
  });

  test.each(['sec-gpc', 'dnt'])('%s: only page and day are counted', async (signal) => {
    expect((await edge.send(view('/quiet?a=b', { r: 'https://bing.com/' }), { [signal]: '1' })).status).toBe(202);
    expect((await edge.send(view('/quiet', { k: 'engagement', e: 5 }), { [signal]: '1' })).status).toBe(202);
    const [batch, ...more] = await edge.batches();
    expect(more).toEqual([]);
    expect(batch).toMatchObject({
      events: [],
      minutes: [],
      quiet: [{ day: '2026-11-23', site: 'main', path: '/quiet', views: 1 }],
    });
    expect(edge.collector.active()[0]).toEqual({ site: 'main', visits: 0 });
  });
});

describe("the site's contract", () => {
  test('W6: pages where somebody acts as a person are in no visit', async () => {
    for (const path of ['/my', '/confirm', '/hold', '/members/news']) {
      expect((await edge.send(view(path))).status).toBe(204);
    }
    expect(await edge.events()).toEqual([]);
  });

  test('keeps declared events with declared properties only', async () => {
    const props = JSON.parse('{"edition":"studio","__proto__":"x","mail":"a@b.example","constructor":"y"}');
    expect((await edge.send(view('/', { k: 'event', n: 'Download', p: props }))).status).toBe(202);
    expect((await edge.send(view('/', { k: 'event', n: 'toString' }))).status).toBe(204);
    const [event, ...more] = await edge.events();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ kind: 'event', name: 'Download', props: { edition: 'studio' } });
    expect(JSON.stringify(event)).not.toContain('a@b');
  });
});

describe('what is refused', () => {
  test.each([
    ['no JSON', 400, '{', {}],
    ['another shape', 400, '[]', {}],
    ['a missing id', 400, '{"u":"https://nordlicht.example/"}', {}],
    ['an address of another kind', 400, JSON.stringify(view('', { u: 'javascript:alert(1)' })), {}],
    ['an unknown kind', 400, JSON.stringify({ ...view(), k: '__proto__' }), {}],
    ['a site that is none of ours', 403, JSON.stringify(view('', { u: 'https://constructor/' })), {}],
    ['another origin', 403, JSON.stringify(view()), { origin: 'https://evil.example' }],
    ['an opaque origin', 403, JSON.stringify(view()), { origin: 'null' }],
    ['too much', 413, JSON.stringify(view('/', { n: 'x'.repeat(9000) })), {}],
    [
      'too much, in chunks',
      413,
      JSON.stringify(view('/', { n: 'x'.repeat(9000) })),
      { 'transfer-encoding': 'chunked' },
    ],
    ['another content type', 415, JSON.stringify(view()), { 'content-type': 'application/xml' }],
  ])('%s is counted, and answered with %d', async (_name, status, body, headers) => {
    const answer = await edge.call('POST', '/collect', body, { ...BROWSER, ...headers });
    expect(answer.status).toBe(status);
    expect(code(answer.text)).toMatch(/malformed|site_unknown|origin_refused|too_large|unsupported_media_type/);
    await edge.collector.flush();
    const drops = (await edge.batches()).flatMap((batch) => batch.drops);
    expect(drops).toMatchObject([{ count: 1, hour: MONDAY / 1000 }]);
  });

  test('W4: a network that floods, and nobody else', async () => {
    await edge.close();
    const rate = { perMinute: 60, burst: 2 };
    const limits = createRateLimits({ pages: rate, relay: rate, collect: rate, reports: rate }, () => 0);
    edge = await startTestCollector(database.url, { limits });
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await edge.send(view())).status);
    expect(statuses).toEqual([202, 202, 429]);
    expect((await edge.send(view(), { 'x-forwarded-for': '203.0.113.99' })).status).toBe(202);
  });

  test('nothing else than POST and OPTIONS; other paths are not ours', async () => {
    expect((await edge.call('GET', '/collect', '', {})).status).toBe(405);
    expect((await edge.call('DELETE', '/collect', '', {})).headers.allow).toBe('POST, OPTIONS');
    expect((await edge.call('POST', '/collected', '', {})).status).toBe(418);
    expect((await edge.call('POST', '/toString', '', {})).status).toBe(418);
  });

  test('everything, when the storage is full: 507, and nothing pretends to be kept', async () => {
    await edge.close();
    edge = await startTestCollector(database.url, { marks: { spoolMaxBytes: 10 } });
    expect((await edge.send(view())).status).toBe(507);
  });
});

describe('addresses', () => {
  test("W6: are the connection's unless a trusted proxy says otherwise", async () => {
    await edge.close();
    edge = await startTestCollector(database.url, {
      config(config) {
        config.edge.trustedProxies = [];
      },
    });
    await edge.send(view(), { 'x-forwarded-for': '8.8.8.8' });
    await edge.send(view(), { 'x-forwarded-for': '1.1.1.1', 'x-real-ip': '1.1.1.1', forwarded: 'for=1.1.1.1' });
    const events = await edge.events();
    expect(new Set(events.map(({ visitor }) => visitor)).size).toBe(1);
    expect(events.map(({ country }) => country)).toEqual(['', '']);
  });
});

describe('other origins', () => {
  test('of the group may ask first and read the answer; strangers may not', async () => {
    const preflight = (origin: string) =>
      edge.call('OPTIONS', '/collect', '', { origin, 'access-control-request-method': 'POST' });
    const ours = await preflight('https://labs.localhost');
    expect(ours.status).toBe(204);
    expect(ours.headers).toMatchObject({
      'access-control-allow-origin': 'https://labs.localhost',
      'access-control-allow-methods': 'POST',
      vary: 'origin',
    });
    expect((await preflight('https://evil.example')).headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('the pixel', () => {
  const { 'content-type': _, origin: __, ...image } = BROWSER;

  test('counts the page that shows it, and is a picture', async () => {
    const answer = await edge.call('GET', '/collect.gif', '', {
      ...image,
      referer: 'https://nordlicht.example/no-script?x=1',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'content-type': 'image/gif', 'cache-control': 'no-store' });
    expect(answer.text.slice(0, 6)).toBe('GIF89a');
    expect(await edge.events()).toMatchObject([{ kind: 'view', path: '/no-script', site: 'main', bot: '' }]);
  });

  test('believes an address only of the host that shows it', async () => {
    const referer = 'https://nordlicht.example/';
    const told = (u: string) => edge.call('GET', `/collect.gif?u=${encodeURIComponent(u)}`, '', { ...image, referer });
    await told('https://nordlicht.example/whole/path');
    await told('https://labs.localhost/forged');
    expect((await edge.events()).map(({ site, path }) => `${site} ${path}`).sort()).toEqual([
      'main /',
      'main /whole/path',
    ]);
  });

  test('of a page that is none of ours is a picture, and counts nothing', async () => {
    expect((await edge.call('GET', '/collect.gif', '', image)).status).toBe(200);
    expect(await edge.events()).toEqual([]);
  });
});
