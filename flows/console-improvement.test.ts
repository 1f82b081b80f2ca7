/** The pages of the Improvement Programme in the console: what product people see, what is withheld, and who may look (S3, S6). */
import type { ShareTable } from '@avow/protocol/staff/improvement';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { consoleUrl, signInMember } from './console-staff.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { addFinishedWeeks } from './improvement-weeks.ts';
import { lookAt } from './look-at.ts';
import { openWatchedPage } from './watched-page.ts';

let house: TestHouse;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});

test('product people see trend, adoption, use, cohorts and countries; what is too small is told as such', async () => {
  const { page, context, problems, layoutShift } = await openWatchedPage(browser);
  await signInMember(house, context, 'product');
  await page.goto(`${consoleUrl(house)}/improvement`);
  await page.getByText('No week is finished yet').waitFor();
  expect(await lookAt(page, 'console/improvement-empty')).toEqual([]);

  const weeks = await addFinishedWeeks(house, 12);
  await page.reload();
  await page.getByText('12 finished weeks').waitFor();
  await page.locator('svg[role=img]').waitFor();
  await page.locator('[data-heat]').first().waitFor();
  const table: ShareTable = await page.evaluate(
    `fetch('/api/improvement/table?product=nordlicht-suite&kind=countries').then((answer) => answer.json())`,
  );
  const countries = await page.locator('table[data-kind=countries] tbody tr').allTextContents();
  const germany = table.rows.find(({ label }) => label === 'DE')?.installations ?? 0;
  expect(countries[0]).toContain('Germany');
  expect(countries[0]).toContain(germany.toLocaleString('en-GB'));
  expect(countries.join()).toContain('rest of Southern Europe');
  expect(countries.join()).not.toContain('Japan');
  expect(countries.at(-2)).toMatch(/\d+ more valueswithheld/);
  expect(countries.at(-1)).toMatch(/^Others together[\d,]+/);
  // Too few have another system; from them and the total the next smallest would follow, so it is withheld with them.
  const systems = page.locator('table[data-kind=systems] tbody tr');
  expect((await systems.allTextContents()).map((text) => text.replace(/[\d,.]+( %|%)?/g, '#'))).toEqual([
    'Windows#',
    'macOS#',
    'Linuxwithheld',
    'Otherwithheld',
    'Others together#',
  ]);
  const told: ShareTable = await page.evaluate(
    `fetch('/api/improvement/table?product=nordlicht-suite&kind=systems').then((answer) => answer.json())`,
  );
  const windows = told.rows.find(({ label }) => label === 'windows')?.share;
  if (!windows) throw new Error('Windows is not told');
  const shown = (share: number) => `${Math.round(share * 100)}%`;
  expect(await systems.first().locator('td').last().getAttribute('title')).toBe(
    `${shown(windows.low)} to ${shown(windows.high)}`,
  );
  const interval = systems.first().locator('[title^="Interval of 95"]');
  const left = /left: ([\d.]+)%/.exec((await interval.getAttribute('style')) ?? '')?.[1];
  const most = Math.max(...told.rows.map(({ share }) => share?.high ?? 0));
  expect(Number(left)).toBeCloseTo((100 * windows.low) / most, 1);
  expect(await page.locator('[data-heat]').count()).toBeGreaterThan(0);
  await page.getByRole('alert').getByText('40 reports of “starts photo”, usually about 1,200').waitFor();
  // Nothing is written where a cohort is withheld: no zero.
  expect(await page.locator('td[title*=withheld]').allTextContents()).not.toContain('0');
  expect(await layoutShift()).toBeLessThan(0.1);
  expect(await lookAt(page, 'console/improvement')).toEqual([]);

  const chart = page.getByRole('group', { name: 'Installations in use' });
  await chart.focus();
  await page.keyboard.press('End');
  await chart.getByText(/Week \d+ of \d{4}: In use [\d,]+ · New \d+/).waitFor();

  await page.getByRole('button', { name: 'macOS' }).click();
  await page.getByRole('heading', { name: 'Versions of macOS' }).waitFor();
  await expect.poll(() => page.url()).toContain('system=macos');
  await page.getByLabel('Week').selectOption(weeks[3] ?? '');
  await expect.poll(() => page.url()).toContain(`week=${weeks[3]}`);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Operating systems as CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('improvement.csv');
  expect(problems).toEqual([]);
  await context.close();
}, 180_000);

test('analysts look and take nothing out; support sees neither page nor figures', async () => {
  const analyst = await openWatchedPage(browser);
  await signInMember(house, analyst.context, 'analyst');
  await analyst.page.goto(`${consoleUrl(house)}/improvement`);
  await analyst.page.getByText('finished weeks').waitFor();
  expect(await analyst.page.getByRole('link', { name: /as CSV/ }).count()).toBe(0);
  const refused = `fetch('/api/improvement/table.csv?product=nordlicht-suite&kind=systems').then(({ status }) => status)`;
  expect(await analyst.page.evaluate(refused)).toBe(403);
  await analyst.context.close();

  const support = await openWatchedPage(browser);
  await signInMember(house, support.context, 'support');
  await support.page.goto(`${consoleUrl(house)}/`);
  await support.page.getByRole('navigation').first().waitFor();
  expect(await support.page.getByRole('link', { name: 'Improvement Programme' }).count()).toBe(0);
  expect(await support.page.evaluate(`fetch('/api/improvement').then(({ status }) => status)`)).toBe(403);
  await support.context.close();
}, 120_000);
