import type { Browser, Response } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { newVisitor, type Visitor } from './visitor.ts';

let house: TestHouse;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

interface Counting {
  /** Status, kind and path of what the page reported. */
  collected: string[];
  loaded: string[];
}

function watch({ page }: Visitor): Counting {
  const counting: Counting = { collected: [], loaded: [] };
  page.on('response', (response: Response) => {
    const { pathname } = new URL(response.url());
    counting.loaded.push(pathname);
    if (pathname !== '/collect') return;
    const { k = 'view', u } = JSON.parse(response.request().postData() ?? '{}');
    counting.collected.push(`${response.status()} ${k} ${new URL(u).pathname}`);
  });
  return counting;
}

test('pages without a person in them are counted, under the strict policy, with the parts they need', async () => {
  const visitor = await newVisitor(house, browser);
  const counting = watch(visitor);
  for (const path of ['/', '/privacy?lang=de#W6', '/register']) {
    await visitor.go(path);
    await expect.poll(() => counting.collected).toContain(`202 view ${path.replace(/[?#].*/, '')}`);
  }
  await expect.poll(() => counting.loaded).toContain('/avow-links.js');
  expect(visitor.complaints).toEqual([]);
  await visitor.go('/nothing-here');
  await expect.poll(() => counting.collected).toContain('202 not-found /nothing-here');
  expect(counting.collected.filter((line) => !line.startsWith('202'))).toEqual([]);
  await visitor.close();
});

test('where somebody acts as a person nothing is counted or loaded (W6)', async () => {
  const visitor = await newVisitor(house, browser);
  const counting = watch(visitor);
  for (const path of ['/my', '/sign-in', '/confirm', '/hold', '/email-change', '/email-change/undo']) {
    await visitor.go(path);
    await visitor.page.waitForLoadState('networkidle');
  }
  expect(counting.collected).toEqual([]);
  expect(counting.loaded.filter((path) => /avow|collect/.test(path))).toEqual([]);
  await visitor.close();
});

test('without JavaScript a picture counts the view', async () => {
  const visitor = await newVisitor(house, browser, { javaScript: false });
  const picture = visitor.page.waitForResponse('**/collect.gif');
  await visitor.go('/privacy');
  expect((await picture).status()).toBe(200);
  expect((await (await picture).request().allHeaders()).referer).toBe(`${house.publicUrl}/privacy`);
  await visitor.close();
});

test('the tracker is kept for a day and asked for anew with its mark', async () => {
  const first = await fetch(`${house.publicUrl}/avow.js`);
  expect(first.headers.get('cache-control')).toBe('public, max-age=86400');
  expect(first.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  const etag = first.headers.get('etag') ?? '';
  const again = await fetch(`${house.publicUrl}/avow.js`, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
});
