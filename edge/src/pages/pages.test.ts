import { expect, test } from 'vitest';
import { errorPage } from './error-page.ts';
import { assets, config, NONCE, testPages } from './test-pages.ts';

const PAGES = [
  '/',
  '/register',
  '/products/register',
  '/sign-in',
  '/confirm',
  '/email-change',
  '/email-change/undo',
  '/hold',
  '/my',
  '/privacy',
  '/privacy/versions/8',
  '/improvement',
  '/improvement/fields',
];
/** Without a hash: its name stays while it changes. */
const TRACKER = `<script defer src="/avow.js" data-with="links not-found" nonce="${NONCE}">`;

/** Everything else is about a person. */
const COUNTED = [
  '/',
  '/register',
  '/products/register',
  '/privacy',
  '/privacy/versions/8',
  '/improvement',
  '/improvement/fields',
];

const LANGUAGES = ['en', 'de'] as const;

const ALL = PAGES.flatMap((path) => LANGUAGES.map((language) => [path, language] as const));

test.each(ALL)('%s in %s is a whole page under a strict policy, and sets no cookie (C4)', async (path, language) => {
  const response = await testPages().get(`${path}?lang=${language}`);
  const text = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(text).toContain(`<html lang="${language}">`);
  expect(text).not.toMatch(/undefined|\[object|NaN/);
  // Nothing inline: every script and sheet has a file, its hash and the nonce; data blocks do not run.
  for (const [tag] of text.matchAll(/<(?:script|link rel="stylesheet")[^>]*>/g)) {
    if (tag.includes('type="application/json"') || tag === TRACKER) continue;
    expect(tag).toMatch(/(?:src|href)="\/[^"]+"/);
    expect(tag).toContain('integrity="sha384-');
    expect(tag).toContain(`nonce="${NONCE}"`);
  }
  expect(text).not.toMatch(/\sstyle=|\son[a-z]+="|<style/);
  expect(text.match(/<h1/g)?.length).toBeGreaterThanOrEqual(1);
});

test.each(PAGES)('%s is counted as a page view only if nobody acts as a person there (W6)', async (path) => {
  const text = await (await testPages().get(path)).text();
  expect(text.includes(TRACKER)).toBe(COUNTED.includes(path));
  expect(text.includes('<noscript><img src="/collect.gif"')).toBe(COUNTED.includes(path));
});

test.each(['/register', '/products/register', '/sign-in', '/confirm', '/hold'])(
  'what %s answers to a sent form is no page view, whether it went well or not (W6)',
  async (path) => {
    const pages = testPages();
    for (const act of ['send', 'country']) {
      const text = await (await pages.post(path, { act, email: 'ada@example.org', token: 'x' })).text();
      expect(text).toContain('</html>');
      expect(text).not.toMatch(/avow\.js|collect\.gif/);
    }
  },
);

test.each(ALL)('%s in %s has ids once, and every label and description leads somewhere', async (path, language) => {
  const text = await (await testPages().get(`${path}?lang=${language}`)).text();
  const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  for (const [, target] of text.matchAll(/\sfor="([^"]+)"/g)) expect(ids).toContain(target);
  for (const [, targets = ''] of text.matchAll(/aria-describedby="([^"]+)"/g)) {
    for (const target of targets.split(' ')) expect(ids).toContain(target);
  }
});

test('the language is the asked one, else the browser’s; the link leads to the other', async () => {
  const pages = testPages();
  const german = await (await pages.get('/', { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' })).text();
  expect(german).toContain('<html lang="de">');
  expect(german).toContain('href="/?lang=en"');
  expect(await (await pages.get('/?lang=en', { 'accept-language': 'de' })).text()).toContain('<html lang="en">');
  expect(await (await pages.get('/?lang=xx', { 'accept-language': 'fr' })).text()).toContain('<html lang="en">');
});

test('each site has its own name and colour, by its host (W0)', async () => {
  const pages = testPages();
  for (const site of config.sites) {
    for (const host of site.hosts) {
      const text = await (await pages.get('/', { host: `${host.toUpperCase()}:8080` })).text();
      expect(text).toContain(`<h1>${site.name}</h1>`);
      const sheet = /href="(\/sites\/[^"]+)" integrity="([^"]+)"/.exec(text);
      const css = await pages.get(sheet?.[1] ?? '');
      expect(css.headers.get('content-type')).toContain('text/css');
      const body = await css.text();
      expect(body).toContain(`--accent:${site.accent.light}`);
      const digest = await crypto.subtle.digest('SHA-384', new TextEncoder().encode(body));
      expect(`sha384-${Buffer.from(digest).toString('base64')}`).toBe(sheet?.[2]);
    }
  }
  expect(await (await pages.get('/', { host: 'unknown.example' })).text()).toContain('<h1>Nordlicht Software</h1>');
});

test.each([
  ['/register', 'W3'],
  ['/products/register', 'S1'],
  ['/sign-in', 'W8'],
])('%s says what is asked, why, who sees it, how long, and that %s says so', async (path, clause) => {
  const pages = testPages();
  const text = await (await pages.get(`${path}?lang=en`)).text();
  for (const head of ['What we ask', 'Why', 'Who sees it', 'How long', 'Our promise']) {
    expect(text).toContain(`<dt>${head}</dt>`);
  }
  expect(text).toContain(`href="/privacy?lang=en#${clause}"`);
  expect(await (await pages.get('/privacy?lang=en')).text()).toContain(`id="${clause}"`);
});

test.each(['/register', '/products/register'])('the mailing choice on %s is unticked (O1, S7)', async (path) => {
  const text = await (await testPages().get(path)).text();
  const box = /<input type="checkbox"[^>]*>/.exec(text)?.[0] ?? '';
  expect(box).toContain('name="mailing"');
  expect(box).not.toContain('checked');
});

test('a browser without JavaScript is told why /my needs it, and where to write (W8)', async () => {
  const text = await (await testPages().get('/my?lang=en')).text();
  const inside = /<noscript>([\s\S]*?)<\/noscript>/.exec(text)?.[1] ?? '';
  expect(inside).toContain('This page needs JavaScript');
  expect(inside).toContain('mailto:privacy@nordlicht.example');
});

test('error pages say what happened, what to do, and name the code', async () => {
  const base = { nonce: NONCE, config, host: 'labs.localhost', assets };
  for (const language of LANGUAGES) {
    for (const [code, status] of [
      ['not_found', 404],
      ['too_many_requests', 429],
      ['internal', 500],
    ] as const) {
      const text = await errorPage({ ...base, code, status, language });
      expect(text).toContain(`<code>${code}</code>`);
      expect(text).toContain('Nordlicht Labs');
      expect(text).toContain(`<html lang="${language}">`);
      // A broken link is counted; what the server refuses or gets wrong is not.
      expect(text.includes('<meta name="avow-page" content="not-found">')).toBe(code === 'not_found');
      expect(text.includes('/avow.js')).toBe(code === 'not_found');
    }
  }
});

test('security.txt names an address and an end (RFC 9116)', async () => {
  const text = await (await testPages().get('/.well-known/security.txt')).text();
  expect(text).toMatch(/^Contact: mailto:privacy@nordlicht\.example$/m);
  const expires = new Date(/^Expires: (.+)$/m.exec(text)?.[1] ?? '');
  expect(expires.getTime()).toBeGreaterThan(Date.now());
  expect(expires.getTime()).toBeLessThan(Date.now() + 365 * 86_400_000);
});
