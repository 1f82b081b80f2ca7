import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { consoleUrl, signInMember } from './console-staff.ts';
import { startTestHouse, type TestHouse } from './house.ts';
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

const JOURNEY_MS = 180_000;

async function download(page: Page): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  return readFile(await file.path(), 'utf8');
}

async function finished(page: Page): Promise<void> {
  await page.getByRole('status').getByText('done', { exact: true }).waitFor({ timeout: 90_000 });
}

test(
  'a product manager makes serials, reloads in the middle, the vault is killed, and the file is whole (W3)',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await signInMember(house, context, 'product');
    await page.goto(`${consoleUrl(house)}/serials`);
    await page.getByText('No serials yet').waitFor();
    expect(await lookAt(page, 'console/serials-empty')).toEqual([]);
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: 'Make serials', level: 1 }).waitFor();
    expect(await lookAt(page, 'console/serials-new')).toEqual([]);
    await page.getByLabel('How many').fill('400000');
    await page.getByLabel('Note').fill('May run');
    await page.getByRole('button', { name: 'Make 400,000 serials' }).click();

    await page.getByText('per second').waitFor({ timeout: 60_000 });
    await page.keyboard.press('p');
    await page.getByRole('status').getByText('paused', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('It stands still').waitFor();
    expect(await lookAt(page, 'console/job-paused')).toEqual([]);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('per second').waitFor({ timeout: 60_000 });
    // As often as it is back before the page can have noticed: each time it stays away longer.
    const away = page.getByRole('alert').getByText('does not answer');
    const kill = async () => {
      const pid = house.vault?.pid();
      if (pid) process.kill(pid, 'SIGKILL');
      return away.isVisible();
    };
    await expect.poll(kill, { timeout: 60_000, interval: 500 }).toBe(true);
    await page
      .getByText('per second')
      .or(page.getByRole('link', { name: 'Download' }))
      .first()
      .waitFor({ timeout: 60_000 });
    await finished(page);
    expect(await lookAt(page, 'console/job-done')).toEqual([]);
    const serials = (await download(page)).trim().split('\n');
    expect([serials.length, new Set(serials).size]).toEqual([400_000, 400_000]);

    await page.getByRole('link', { name: 'The batch' }).click();
    await page.getByText('May run').waitFor();
    expect(await lookAt(page, 'console/serials-batch')).toEqual([]);
    await page.getByRole('link', { name: 'Serials' }).first().click();
    await page.getByLabel('Serial number').fill(serials.at(-1) ?? '');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('Genuine', { exact: true }).waitFor();
    expect(await lookAt(page, 'console/serials')).toEqual([]);
    // What the browser tells of a server that was gone.
    expect(problems.filter((problem) => !/ERR_CONNECTION|ERR_EMPTY_RESPONSE|Failed to load/.test(problem))).toEqual([]);
    await context.close();
  },
  JOURNEY_MS,
);

describe('importing', () => {
  test(
    'a file with broken rows is checked first, its report fetched, then imported without them (W3)',
    async () => {
      const { page, context, problems } = await openWatchedPage(browser);
      await signInMember(house, context, 'product');
      await page.goto(`${consoleUrl(house)}/serials/import`);
      const rows = ['1AB2-CD34-EF56-GH78-JK90', '=HYPERLINK("x")', '1AB2-CD34-EF56-GH78-JK91'];
      const buffer = Buffer.from(`serial\n${rows.map((row) => `"${row.replaceAll('"', '""')}"`).join('\n')}\n`);
      await page.locator('input[type=file]').setInputFiles({ name: 'shop.csv', mimeType: 'text/csv', buffer });
      expect(await lookAt(page, 'console/serials-import')).toEqual([]);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
      await page.getByRole('button', { name: 'Check the file, store nothing' }).dblclick();
      await finished(page);
      await page.getByText('This was a dry run').waitFor();
      expect(asked.filter((request) => request === 'POST /api/serials/imports')).toHaveLength(1);
      expect(await lookAt(page, 'console/job-dry-run')).toEqual([]);
      expect(await download(page)).toContain(`"3","'=HYPERLINK(""x"")"`);

      await page.getByRole('link', { name: 'Import for real' }).click();
      await page.getByText('The file of the dry run is still here').waitFor();
      await page.getByLabel('Store the other rows').check();
      await page.getByRole('button', { name: 'Import for real' }).click();
      await finished(page);
      await page.getByText('2 serials are stored.').waitFor();
      await page.goto(`${consoleUrl(house)}/jobs`);
      await page.getByRole('row').nth(2).waitFor();
      expect(await lookAt(page, 'console/jobs')).toEqual([]);
      expect(problems).toEqual([]);
      await context.close();
    },
    JOURNEY_MS,
  );
});

test(
  'support may look at serials and jobs, but make, fetch and settle nothing',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await signInMember(house, context, 'support');
    await page.goto(`${consoleUrl(house)}/serials`);
    await page.getByRole('heading', { name: 'Batches' }).waitFor();
    expect(await page.getByRole('link', { name: 'Make serials' }).count()).toBe(0);
    await page.goto(`${consoleUrl(house)}/serials/holds`);
    await page.getByText('Nothing is on hold').waitFor();
    expect(await lookAt(page, 'console/holds-empty')).toEqual([]);
    await page.goto(`${consoleUrl(house)}/jobs`);
    await page
      .getByRole('link', { name: /Make serials/ })
      .first()
      .click();
    await page.getByText('What was asked for').waitFor();
    expect(await page.getByRole('link', { name: 'Download' }).count()).toBe(0);
    expect(problems).toEqual([]);
    await context.close();
  },
  JOURNEY_MS,
);
