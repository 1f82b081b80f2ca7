import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Answer } from '@avow/protocol/staff/visits';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { consoleUrl, signInMember } from './console-staff.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { lookAt } from './look-at.ts';
import { openWatchedPage } from './watched-page.ts';

const JOURNEY_MS = 180_000;
const VISITORS = `"date","visitors","pageviews","bounces","visits","visit_duration"
"2026-01-01",40,120,10,50,3000
"2026-01-02",60,180,30,70,2100
"2026-01-42",jane@example.org,1,1,1,1
`;
/** So many steps that there is time to pause, and to kill. */
const ROWS = 150_000;

let house: TestHouse;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});

const open = (page: Page) => page.goto(`${consoleUrl(house)}/visits/imports`);

async function finished(page: Page): Promise<void> {
  await page.getByRole('status').getByText('done', { exact: true }).waitFor({ timeout: 90_000 });
}

const figures = (page: Page, question: string) =>
  page.evaluate<Answer>(`fetch('/api/visits/query?sites=main&${question}').then((answer) => answer.json())`);

function entryPages(): Buffer {
  const rows = Array.from({ length: ROWS }, () => '"2026-01-03","/",1,1,60,0,1');
  const head = '"date","entry_page","visitors","entrances","visit_duration","bounces","pageviews"';
  return gzipSync(`${head}\n${rows.join('\n')}\n`);
}

test(
  'an export of Plausible is checked, its unreadable rows fetched, brought in, and taken out again',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await signInMember(house, context, 'marketing');
    await open(page);
    await page.getByText('Nothing was brought in yet').waitFor();
    await page.getByText('avow visits import --site main --dry-run access.log').waitFor();
    expect(await lookAt(page, 'console/visits-imports-empty')).toEqual([]);
    const file = { name: 'imported_visitors.csv', mimeType: 'text/csv', buffer: Buffer.from(VISITORS) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Check the file, store nothing' }).click();
    await finished(page);
    await page.getByText('This was a dry run').waitFor();
    expect(await lookAt(page, 'console/visits-import-dry')).toEqual([]);
    const [report] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ]);
    const lines = await readFile(await report.path(), 'utf8');
    expect(lines).toBe('file,line,why\r\n"imported_visitors.csv",4,"the date cannot be read"\r\n');

    await page.getByRole('link', { name: 'Bring it in' }).click();
    await page.getByText('The file of the dry run is still here').waitFor();
    await page.getByRole('button', { name: 'Bring it in' }).click();
    await finished(page);
    await page.getByText(/Figures from .* are stored\./).waitFor();
    await page.getByRole('link', { name: 'Everything that was brought in' }).click();
    await page.getByRole('button', { name: 'Take out imported_visitors.csv' }).waitFor();
    expect(await lookAt(page, 'console/visits-imports')).toEqual([]);
    const visits = async () =>
      (await figures(page, 'metrics=visits&from=2026-01-01&to=2026-01-02')).totals.visits?.value;
    expect(await visits()).toBe(120);
    await page.getByRole('button', { name: 'Take out imported_visitors.csv' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take out' }).click();
    await page.getByText('Nothing was brought in yet').waitFor();
    expect(await visits()).toBe(0);
    expect(problems).toEqual([]);
    await context.close();
  },
  JOURNEY_MS,
);

test(
  'a large one is paused and reloaded, the vault is killed, and every figure is there once',
  async () => {
    const { page, context } = await openWatchedPage(browser);
    await signInMember(house, context, 'analyst');
    await open(page);
    const file = { name: 'entry.csv.gz', mimeType: 'application/gzip', buffer: entryPages() };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Bring it in' }).click();
    await page.getByText('per second').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('status').getByText('paused', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('It stands still').waitFor();
    expect(await lookAt(page, 'console/visits-import-paused')).toEqual([]);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('per second').waitFor({ timeout: 60_000 });
    process.kill(house.vault?.pid() ?? 0, 'SIGKILL');
    await finished(page);
    await page.getByRole('link', { name: 'Everything that was brought in' }).click();
    await page
      .getByRole('row', { name: /entry\.csv\.gz/ })
      .getByText('150,000')
      .waitFor();
    const { rows } = await figures(page, 'metrics=visits&dimensions=entryPage&from=2026-01-03&to=2026-01-03');
    expect(rows.map(({ figures: { visits } }) => visits?.value)).toEqual([ROWS]);
    await context.close();
  },
  JOURNEY_MS,
);

test(
  'single events are asked for as a file, which is fetched from the job',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await signInMember(house, context, 'analyst');
    await page.goto(`${consoleUrl(house)}/visits/exports`);
    await page.getByLabel('First day').fill('2026-01-01');
    await page.getByLabel('Last day').fill('2026-01-31');
    expect(await lookAt(page, 'console/visits-exports')).toEqual([]);
    await page.getByRole('button', { name: 'Make the file' }).click();
    await finished(page);
    await page.getByText('31 of 31').waitFor();
    expect(await lookAt(page, 'console/visits-export-done')).toEqual([]);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('events-all-2026-01-01-2026-01-31.csv');
    expect(await readFile(await file.path(), 'utf8')).toMatch(/^"id","site",/);
    expect(problems).toEqual([]);
    await context.close();
  },
  JOURNEY_MS,
);

test(
  'privacy officers find neither the page nor its routes',
  async () => {
    const { page, context } = await openWatchedPage(browser);
    await signInMember(house, context, 'privacy-officer');
    await open(page);
    await page.getByText('Code permission_missing').first().waitFor();
    expect(await page.getByRole('link', { name: 'Earlier figures' }).count()).toBe(0);
    await context.close();
  },
  JOURNEY_MS,
);
