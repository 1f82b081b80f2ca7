import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
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
  site.page('/a', { body: '<h1>short</h1>' });
  site.page('/long', { body: '<div style="height: 4000px">long</div>' });
  visitor = await newTrackedVisitor(browser, { clock: true, viewport: { width: 800, height: 1000 } });
});

afterEach(async () => {
  expect(visitor.errors).toEqual([]);
  await visitor.close();
});

async function open(path: string): Promise<void> {
  await visitor.page.goto(site.url + path);
  await expect.poll(() => site.beacons.length).toBe(1);
  // The standing clock may have begun at 0, which is no time at which a page can be looked at.
  await pass(1);
  await visitor.tab('focus');
}

const pass = (milliseconds: number): Promise<void> => visitor.page.clock.runFor(milliseconds);

/** Seconds and scroll depth of each report so far. */
const reports = (): [number, number][] =>
  site.beacons
    .filter(({ body }) => body.k === 'engagement')
    .map(({ body }) => [Math.round((body.e ?? 0) / 1000), body.s ?? -1]);

test('time counts while the page is visible and focused, and is told when it is hidden', async () => {
  await open('/a');
  await pass(4_000);
  await visitor.tab('hide');
  await expect.poll(reports).toEqual([[4, 100]]);
  await pass(60_000);
  await visitor.tab('show');
  await pass(3_000);
  await visitor.tab('hide');
  await expect.poll(reports).toEqual([
    [4, 100],
    [3, 100],
  ]);
});

test('a visible page without the focus is not looked at', async () => {
  await open('/a');
  await pass(2_000);
  await visitor.tab('blur');
  await pass(30_000);
  await visitor.tab('focus');
  await pass(1_000);
  await visitor.tab('hide');
  await expect.poll(reports).toEqual([[3, 100]]);
});

test('a long look is told on the way, ever more rarely, each time since the last', async () => {
  await open('/a');
  await pass(130_000);
  await expect.poll(() => reports().length).toBe(3);
  const seconds = reports().map(([time]) => time);
  expect(seconds[0]).toBeGreaterThanOrEqual(10);
  expect(seconds[1]).toBeGreaterThanOrEqual(20);
  expect(seconds[2]).toBeGreaterThanOrEqual(40);
  await visitor.tab('hide');
  await expect.poll(() => reports().length).toBe(4);
  expect(reports().reduce((sum, [time]) => sum + time, 0)).toBeCloseTo(130, -1);
});

test('an hour with the lid closed is no engaged time', async () => {
  await open('/a');
  await pass(3_000);
  await visitor.page.clock.fastForward(3_600_000);
  await visitor.tab('hide');
  await expect.poll(() => reports().length).toBe(1);
  expect(reports()[0]?.[0]).toBeLessThanOrEqual(13);
});

test('navigation by script tells what was left of the page before, of that page', async () => {
  await open('/a');
  await pass(2_000);
  await visitor.page.evaluate('history.pushState({}, "", "/b")');
  await expect.poll(() => site.beacons.length).toBe(3);
  expect(site.beacons.slice(1).map(({ body }) => [body.k, body.u])).toEqual([
    ['engagement', `${site.url}/a`],
    [undefined, `${site.url}/b?`],
  ]);
  await pass(5_000);
  await visitor.tab('hide');
  await expect.poll(reports).toEqual([
    [2, 100],
    [5, 100],
  ]);
  expect(site.beacons.at(-1)?.body.u).toBe(`${site.url}/b`);
});

test('leaving for another page tells it, too', async () => {
  await open('/a');
  await pass(2_000);
  await visitor.page.goto(`${site.url}/long`);
  await expect.poll(reports).toEqual([[2, 100]]);
});

/** Resolves when the page has been told: a busy browser scrolls first and tells later. */
const scrollTo = (y: number) =>
  visitor.page.evaluate(`new Promise((told) => {
    addEventListener('scroll', told, { capture: true, once: true });
    scrollTo(0, ${y});
  }).then(() => {})`);

test('the deepest point counts, and each page starts at its top', async () => {
  await open('/long');
  await scrollTo(2000);
  await pass(100);
  await scrollTo(0);
  await pass(2_000);
  await visitor.page.evaluate('history.pushState({}, "", "/b")');
  await pass(1_000);
  await visitor.tab('hide');
  await expect.poll(() => reports().length).toBe(2);
  const depths = reports().map(([, depth]) => depth);
  expect(depths[0]).toBeGreaterThan(70);
  expect(depths[0]).toBeLessThan(80);
  expect(depths[1]).toBeLessThan(30);
});
