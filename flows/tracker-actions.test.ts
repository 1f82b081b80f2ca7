import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type PageContent, startTrackerSite, type TrackerSite } from './tracker-site.ts';
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
  visitor = await newTrackedVisitor(browser);
});

afterEach(async () => {
  expect(visitor.errors).toEqual([]);
  await visitor.close();
});

const ALL_PARTS = '<script defer src="/avow.js" data-with="links forms not-found"></script>';

async function open(content: PageContent): Promise<void> {
  site.page('/a', { script: ALL_PARTS, ...content });
  await visitor.page.goto(`${site.url}/a`);
  await visitor.page.waitForLoadState('networkidle');
}

/** What was told beside views and engaged time. */
const told = (): unknown[][] =>
  site.beacons
    .filter(({ body }) => body.k && body.k !== 'engagement')
    .map(({ body: { k, n, p } }) => (p ? [k, n, p] : n ? [k, n] : [k]));

const STAY = 'addEventListener("click", (event) => event.preventDefault())';

test('links to other hosts are told by address without query, whichever button opens them', async () => {
  await open({
    body: `<a id="out" href="https://partner.example/shop/?session=1#top"><b>shop</b></a>
      <a id="own" href="/b">own</a> <a id="mail" href="mailto:ada@example.org">mail</a> <a id="none">none</a>`,
  });
  await visitor.page.evaluate(STAY);
  await visitor.page.click('#out b');
  await visitor.page.click('#out', { button: 'middle' });
  await visitor.page.click('#out', { button: 'right' });
  await visitor.page.focus('#out');
  await visitor.page.keyboard.press('Enter');
  for (const id of ['own', 'mail', 'none']) await visitor.page.click(`#${id}`);
  const outbound = ['outbound', 'https://partner.example/shop/'];
  await expect.poll(told).toEqual([outbound, outbound, outbound]);
});

test('a strict content security policy lets it in as the guide says: script-src for the files, connect-src for what is told', async () => {
  const policy = "default-src 'none'; script-src 'self'; connect-src 'self'";
  await open({
    headers: { 'content-security-policy': policy },
    body: '<a href="https://partner.example/shop">shop</a>',
  });
  await visitor.page.evaluate(STAY);
  await visitor.page.click('a');
  await visitor.page.evaluate(`avow('Trial', { edition: 'pro' })`);
  await expect.poll(told).toEqual([
    ['outbound', 'https://partner.example/shop'],
    ['event', 'Trial', { edition: 'pro' }],
  ]);
  expect(site.beacons[0]?.body).toMatchObject({ u: `${site.url}/a?` });
});

test('a link that leads away is told although the page ends', async () => {
  await visitor.page.route('https://partner.example/**', (route) => route.fulfill({ body: 'partner' }));
  await open({ body: '<a href="https://partner.example/">partner</a>' });
  await visitor.page.click('a');
  await visitor.page.waitForURL('https://partner.example/');
  await expect.poll(told).toEqual([['outbound', 'https://partner.example/']]);
});

test('downloads are told, by file ending or by the attribute, also from other hosts, and in shadow trees', async () => {
  await open({
    body: `<a id="zip" href="/files/suite.ZIP?key=1">zip</a> <a id="named" href="/report" download>report</a>
      <a id="far" href="https://cdn.example/suite.tar.gz">far</a> <div id="host"></div>`,
  });
  await visitor.page.evaluate(STAY);
  await visitor.page.evaluate(`document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML =
    '<a id="inner" href="/inner.pdf">inner</a>'`);
  for (const id of ['zip', 'named', 'far', 'inner']) await visitor.page.click(`#${id}`);
  await expect.poll(told).toEqual([
    ['download', `${site.url}/files/suite.ZIP`],
    ['download', `${site.url}/report`],
    ['download', 'https://cdn.example/suite.tar.gz'],
    ['download', `${site.url}/inner.pdf`],
  ]);
});

test('a form is told by its id if it asks for it, and never what was typed', async () => {
  await open({
    body: `<form data-avow-form="newsletter"><input name="email" required><button>send</button></form>
      <form id="silent"><input name="q"><button>search</button></form>`,
  });
  await visitor.page.evaluate('addEventListener("submit", (event) => event.preventDefault())');
  await visitor.page.click('[data-avow-form] button');
  await visitor.page.fill('[name=email]', 'ada@example.org');
  await visitor.page.click('[data-avow-form] button');
  await visitor.page.click('#silent button');
  await visitor.tab('hide');
  await expect.poll(() => site.beacons.at(-1)?.body.k).toBe('engagement');
  expect(told()).toEqual([['form', 'newsletter']]);
  expect(JSON.stringify(site.beacons)).not.toContain('ada@');
});

test.each([
  ['the root element', { head: '<script>document.documentElement.dataset.avowPage = "not-found"</script>' }],
  ['the body', { body: '<main data-avow-page="not-found">Nothing here</main>' }],
  ['a meta element', { head: '<meta name="avow-page" content="not-found">' }],
])('a page that says by %s that there is nothing is told, beside its view', async (_, content) => {
  await open(content);
  await expect.poll(told).toEqual([['not-found']]);
  expect(site.beacons.filter(({ body }) => !body.k).length).toBe(1);
});

test('a missing page that is drawn by script is told once', async () => {
  await open({ body: '<main>There is something</main>' });
  await visitor.page.evaluate(`history.pushState({}, '', '/gone');
    document.querySelector('main').dataset.avowPage = 'not-found'; history.replaceState({}, '', '/gone?x')`);
  await expect.poll(told).toEqual([['not-found']]);
  await visitor.page.waitForTimeout(700);
  expect(told()).toEqual([['not-found']]);
  expect(site.beacons.at(-1)?.body.u).toBe(`${site.url}/gone`);
});

test('the site tells its own events, with properties', async () => {
  await open({ script: '<script defer src="/avow.js"></script>' });
  await visitor.page.evaluate(`avow('Signup'); avow('Trial', { edition: 'pro', seats: 3, yearly: true })`);
  await expect.poll(told).toEqual([
    ['event', 'Signup'],
    ['event', 'Trial', { edition: 'pro', seats: 3, yearly: true }],
  ]);
  expect(new Set(site.beacons.map(({ body }) => body.i)).size).toBe(site.beacons.length);
});
