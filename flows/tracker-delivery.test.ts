import type { Browser, Request, Response } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { startTrackerSite, type TrackerSite } from './tracker-site.ts';
import { newTrackedVisitor, type TrackedVisitor, type TrackedVisitorOptions } from './tracker-visitor.ts';

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

beforeEach(() => {
  site.clear();
  for (const path of ['/a', '/b']) site.page(path, { body: '<h1>page</h1>' });
});

afterEach(async () => {
  expect(visitor.errors).toEqual([]);
  await visitor.close();
});

async function visit(path: string, options?: TrackedVisitorOptions): Promise<void> {
  visitor = await newTrackedVisitor(browser, options);
  await visitor.page.goto(site.url + path);
}

const bodies = () => site.beacons.map(({ body }) => body);
const isCollect = (of: Request | Response): boolean => of.url().endsWith('/collect');
const refuse = (status: number) =>
  site.answerWith((response) => response.writeHead(status, { 'access-control-allow-origin': '*' }).end());

describe('while the edge is away', () => {
  test.each([
    ['no answer', () => site.answerWith((response) => response.destroy())],
    ['503', () => refuse(503)],
    ['507', () => refuse(507)],
    ['429', () => refuse(429)],
  ])('(%s) events wait, and leave in their order under the same ids, marked', async (name, fail) => {
    fail();
    visitor = await newTrackedVisitor(browser);
    const failed =
      name === 'no answer'
        ? visitor.page.waitForEvent('requestfailed', isCollect)
        : visitor.page.waitForEvent('response', isCollect);
    await visitor.page.goto(`${site.url}/a`);
    await failed;
    await visitor.page.evaluate('avow("first")');
    await visitor.page.waitForTimeout(150);
    const [view] = bodies();
    expect(view?.t).toBeUndefined();
    // The event was not tried yet: it would have come before its view.
    expect(new Set(bodies().map(({ i }) => i))).toEqual(new Set([view?.i]));

    site.beacons.length = 0;
    site.answerWith();
    await visitor.page.evaluate('avow("second")');
    await expect.poll(() => bodies().length).toBe(3);
    expect(bodies().map(({ k, n, t }) => [k, n, t])).toEqual([
      [undefined, undefined, 1],
      ['event', 'first', undefined],
      ['event', 'second', undefined],
    ]);
    expect(bodies()[0]?.i).toBe(view?.i);
  });

  test('a page that is hidden tries everything at once', async () => {
    refuse(503);
    await visit('/a');
    await expect.poll(() => bodies().length).toBe(1);
    for (const name of ['one', 'two']) await visitor.page.evaluate(`avow("${name}")`);
    await visitor.page.waitForTimeout(150);
    site.beacons.length = 0;
    site.answerWith();
    await visitor.tab('hide');
    await expect.poll(() => bodies().length).toBe(4);
    expect(
      bodies()
        .map(({ n, k }) => n ?? k ?? 'view')
        .toSorted(),
    ).toEqual(['engagement', 'one', 'two', 'view']);
  });

  test('no more than 64 events are kept', async () => {
    refuse(503);
    await visit('/a');
    await visitor.page.evaluate('for (let n = 0; n < 500; n++) avow("many")');
    await visitor.page.waitForTimeout(200);
    site.beacons.length = 0;
    site.answerWith();
    const arrived = async () => {
      await visitor.tab('hide');
      return new Set(bodies().flatMap(({ i, k }) => (k === 'engagement' ? [] : i))).size;
    };
    await expect.poll(arrived).toBe(64);
    await visitor.page.waitForTimeout(200);
    expect(await arrived()).toBe(64);
  });
});

test('what the edge refuses for good is not sent again', async () => {
  refuse(400);
  await visit('/a');
  await expect.poll(() => bodies().length).toBe(1);
  await visitor.page.evaluate('avow("next")');
  await expect.poll(() => bodies().length).toBe(2);
  await visitor.tab('hide');
  await expect.poll(() => bodies().at(-1)?.k).toBe('engagement');
  expect(bodies().map(({ t }) => t)).toEqual([undefined, undefined, undefined]);
});

test('an event waits for the answer to the one before it, for it could overtake its view', async () => {
  let answerView = (): void => {};
  site.answerWith((response) => {
    answerView = () => response.writeHead(202).end();
  });
  await visit('/a');
  await expect.poll(() => bodies().length).toBe(1);
  await visitor.page.evaluate('avow("early")');
  await visitor.page.waitForTimeout(200);
  expect(bodies().length).toBe(1);
  site.answerWith();
  answerView();
  await expect
    .poll(() => bodies().map(({ n, t }) => [n, t]))
    .toEqual([
      [undefined, undefined],
      ['early', undefined],
    ]);
});

test('on a slow line nothing is sent twice, and what happened before leaving still arrives', async () => {
  site.answerWith((response) => setTimeout(() => response.writeHead(202).end(), 1_000));
  await visit('/a');
  await expect.poll(() => bodies().length).toBe(1);
  await visitor.page.evaluate('avow("clicked")');
  await visitor.page.goto(`${site.url}/b`);
  await expect.poll(() => bodies().length, { timeout: 5_000 }).toBe(4);
  await visitor.page.waitForTimeout(1_200);
  expect(bodies().map(({ k, t }) => [k, t])).toEqual([
    [undefined, undefined],
    ['event', undefined],
    ['engagement', undefined],
    [undefined, undefined],
  ]);
});

describe('cookies and storage (C4, C6, C7)', () => {
  const TRAPS = `(() => {
    window.touched = [];
    const trap = (owner, name) => {
      const { get, set, value } = Object.getOwnPropertyDescriptor(owner, name);
      const note = (inner) => inner && function (...args) { touched.push(name); return inner.apply(this, args); };
      Object.defineProperty(owner, name, value ? { value: note(value) } : { get: note(get), set: note(set) });
    };
    trap(Document.prototype, 'cookie');
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']) {
      if (Object.getOwnPropertyDescriptor(window, name)) trap(window, name);
    }
    for (const name of ['userAgent', 'languages', 'plugins', 'hardwareConcurrency']) trap(Navigator.prototype, name);
  })()`;

  test('are not touched, by no part, not even while events wait', async () => {
    const script = '<script defer src="/avow.js" data-with="links forms not-found"></script>';
    const head = '<meta name="avow-page" content="not-found">';
    site.page('/a', { script, head, body: '<form data-avow-form="f"><button>go</button></form>' });
    refuse(503);
    await visit('/a', { before: TRAPS });
    await visitor.page.waitForLoadState('networkidle');
    await visitor.page.evaluate('document.forms[0].onsubmit = () => false');
    await visitor.page.click('button');
    await visitor.page.evaluate('avow("event")');
    await visitor.tab('hide');
    await expect.poll(() => new Set(bodies().map(({ k }) => k)).size).toBe(5);
    expect(await visitor.page.evaluate('touched')).toEqual([]);
    expect(await visitor.context.cookies()).toEqual([]);
    // The traps work.
    await visitor.page.evaluate('[document.cookie, localStorage.length, sessionStorage.length]');
    expect(await visitor.page.evaluate('touched')).toEqual(['cookie', 'localStorage', 'sessionStorage']);
  });

  test('no cookie of the edge travels along', async () => {
    visitor = await newTrackedVisitor(browser);
    await visitor.context.addCookies([{ name: 'known', value: 'person', url: site.url }]);
    await visitor.page.goto(`${site.url}/a`);
    await expect.poll(() => bodies().length).toBe(1);
    expect(site.beacons[0]?.headers.cookie).toBeUndefined();
  });

  test('may be blocked', async () => {
    // An opaque origin: reading a cookie or a storage throws.
    site.page('/a', { headers: { 'content-security-policy': 'sandbox allow-scripts' } });
    await visit('/a');
    await expect.poll(() => bodies().length).toBe(1);
    await expect(visitor.page.evaluate('localStorage.length')).rejects.toThrow('sandboxed');
    await visitor.page.evaluate('avow("event")');
    await expect.poll(() => bodies().length).toBe(2);
  });
});

describe.each([
  ['Global Privacy Control', 'sec-gpc', 'Object.defineProperty(navigator, "globalPrivacyControl", { value: true })'],
  ['Do Not Track', 'dnt', 'Object.defineProperty(navigator, "doNotTrack", { value: "1" })'],
])('with %s (C7)', (_, header, before) => {
  test('the view is announced, with the page alone and the signal, and nothing else is sent or loaded', async () => {
    const script = '<script defer src="/avow.js" data-with="links forms not-found"></script>';
    site.page('/a', { script, head: '<meta name="avow-page" content="not-found">', body: '<a href="/file.zip">x</a>' });
    visitor = await newTrackedVisitor(browser, { before, extraHTTPHeaders: { [header]: '1' } });
    const loaded: string[] = [];
    visitor.page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await visitor.page.goto(`${site.url}/a?utm_source=news`, { referer: 'https://search.example/' });
    await expect.poll(() => bodies().length).toBe(1);
    await visitor.page.evaluate('avow("event")');
    await visitor.tab('hide');
    await visitor.tab('show');
    await visitor.page.evaluate('addEventListener("click", (event) => event.preventDefault())');
    await visitor.page.click('a');
    await visitor.page.evaluate('history.pushState({}, "", "/b")');
    await expect.poll(() => bodies().length).toBe(2);
    await visitor.tab('hide');
    await visitor.page.waitForTimeout(200);
    expect(bodies().map(({ i: _id, ...rest }) => rest)).toEqual([
      { u: `${site.url}/a`, q: 1 },
      { u: `${site.url}/b`, q: 1 },
    ]);
    expect(site.beacons[0]?.headers[header]).toBe('1');
    expect(loaded.filter((path) => path.startsWith('/avow-'))).toEqual([]);
  });
});
