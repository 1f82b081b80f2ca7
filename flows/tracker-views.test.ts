import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { startTrackerSite, type TrackerSite } from './tracker-site.ts';
import { newTrackedVisitor, type TrackedVisitor } from './tracker-visitor.ts';

let browser: Browser;
let site: TrackerSite;
let visitor: TrackedVisitor;

beforeAll(async () => {
  [site, browser] = await Promise.all([startTrackerSite(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

beforeEach(async () => {
  site.clear();
  for (const path of ['/', '/a', '/b', '/app/']) site.page(path, { body: `<h1>${path}</h1>` });
  visitor = await newTrackedVisitor(browser);
});

afterEach(async () => {
  expect(visitor.errors).toEqual([]);
  await visitor.close();
});

/** Paths of the views so far. */
const viewed = (): string[] =>
  site.beacons.filter(({ body }) => body.k === undefined).map(({ body }) => new URL(body.u).pathname);

/** Exactly these, also a moment later. */
async function expectViews(paths: string[]): Promise<void> {
  await expect.poll(viewed).toEqual(paths);
  await visitor.page.waitForTimeout(100);
  expect(viewed()).toEqual(paths);
}

test('a page that is loaded is a view, with an id of its own and where the visitor came from', async () => {
  const { page } = visitor;
  await page.goto(`${site.url}/a`, { referer: 'https://search.example/find?q=secret' });
  await expectViews(['/a']);
  await page.goto(`${site.url}/b`, { referer: `${site.url}/a` });
  await expectViews(['/a', '/b']);
  const [first, second] = site.beacons.filter(({ body }) => body.k === undefined).map(({ body }) => body);
  expect(first?.i).toMatch(/^[\w-]{11}$/);
  expect(first?.i).not.toBe(second?.i);
  expect(first?.r).toBe('https://search.example/find');
  expect(second?.r).toBe(`${site.url}/a`);
});

test('of the query only what tells where the visit came from leaves the browser, of click ids only the name', async () => {
  const query =
    '?email=ada@example.org&utm_source=news&x-ref=1&utm_medium=mail&gclid=PERSON&gbraid=PERSON&q=ref=2&ref=friend';
  await visitor.page.goto(`${site.url}/a${query}#token`);
  await expectViews(['/a']);
  expect(site.beacons[0]?.body.u).toBe(`${site.url}/a?utm_source=news&utm_medium=mail&gclid=&gbraid=&ref=friend`);
  expect(JSON.stringify(site.beacons)).not.toContain('token');
});

describe.each([
  ['with the Navigation API', undefined],
  ['in an older browser', 'Object.defineProperty(window, "navigation", { value: undefined })'],
])('navigation by script, %s', (_, before) => {
  beforeEach(async () => {
    await visitor.close();
    visitor = await newTrackedVisitor(browser, before ? { before } : {});
    await visitor.page.goto(`${site.url}/a?utm_source=news`);
    await expectViews(['/a']);
    if (before) await visitor.page.waitForFunction('history.pushState !== History.prototype.pushState');
  });

  test('pushState, replaceState and going back are views, each from the page before', async () => {
    const { page } = visitor;
    await page.evaluate('history.pushState({}, "", "/one")');
    await expectViews(['/a', '/one']);
    await page.evaluate('history.replaceState({}, "", "/two")');
    await expectViews(['/a', '/one', '/two']);
    await page.goBack();
    await expectViews(['/a', '/one', '/two', '/a']);
    expect(site.beacons.filter(({ body }) => !body.k).map(({ body }) => body.r)).toEqual([
      '',
      `${site.url}/a`,
      `${site.url}/one`,
      `${site.url}/two`,
    ]);
  });

  test('a changed query, a changed state and an anchor are none', async () => {
    await visitor.page.evaluate('history.pushState({}, "", "?page=2")');
    await visitor.page.evaluate('history.replaceState({ open: true }, "")');
    await visitor.page.evaluate('location.hash = "prices"');
    await expectViews(['/a']);
  });
});

test('with hash routing the route is the page, and a mere anchor is not', async () => {
  const { page } = visitor;
  site.page('/app/', { script: '<script defer src="/avow-hash.js"></script>' });
  await page.goto(`${site.url}/app/?x=1#/inbox?unread`);
  await expectViews(['/app/inbox']);
  await page.evaluate('location.hash = "#!/sent"');
  await expectViews(['/app/inbox', '/app/sent']);
  await page.evaluate('location.hash = "prices"');
  await expectViews(['/app/inbox', '/app/sent', '/app/']);
});

test('a page that comes back as it was left (bfcache) is a view again, not a new arrival', async () => {
  const { page } = visitor;
  await page.goto(`${site.url}/a`, { referer: 'https://search.example/' });
  await expectViews(['/a']);
  await visitor.tab('hide');
  await visitor.tab('comeBack');
  await expectViews(['/a', '/a']);
  expect(site.beacons.at(-1)?.body.r).toBe(`${site.url}/a`);
});

test('a page that is rendered ahead counts when it is shown, and not before', async () => {
  const { page } = visitor;
  await page.goto(`${site.url}/a?rendered-ahead`);
  await page.waitForFunction('window.avow');
  await expectViews([]);
  await visitor.tab('activate');
  await expectViews(['/a']);
});

test('the script of another origin reports to where it came from', async () => {
  const { page } = visitor;
  const other = site.url.replace('localhost', '127.0.0.1');
  const link = '<a href="https://elsewhere.example/x">x</a>';
  site.page('/a', { body: link, script: `<script defer src="${other}/avow.js" data-with="links"></script>` });
  const part = page.waitForResponse('**/avow-links.js');
  await page.goto(`${site.url}/a`);
  await (await part).finished();
  await expectViews(['/a']);
  expect(site.beacons[0]?.headers.host).toBe(new URL(other).host);
  expect(site.beacons[0]?.headers['content-type']).toMatch(/^text\/plain/);
  await page.route('https://elsewhere.example/**', (route) => route.fulfill({ body: 'elsewhere' }));
  await page.click('a');
  await expect.poll(() => site.beacons.map(({ body }) => body.k)).toContain('outbound');
});
