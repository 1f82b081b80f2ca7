import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { consoleUrl, signInMember } from './console-staff.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { lookAt } from './look-at.ts';
import { openWatchedPage } from './watched-page.ts';

const JOURNEY_MS = 180_000;

let house: TestHouse;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse({ AVOW_LINK_DOWN_SECONDS: '3' }), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});

test(
  'an administrator sees how the house is doing; when an edge stops, an alarm says so and what to do',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await signInMember(house, context, 'administrator');
    await page.goto(`${consoleUrl(house)}/operations`);
    await page.getByText('There has never been a backup.').waitFor();
    await page.getByText('connected', { exact: true }).waitFor();
    expect(await page.getByText('reachable', { exact: true }).count()).toBe(3);
    expect(await lookAt(page, 'console/operations')).toEqual([]);

    await writeFile(
      join(house.dataDir, 'vault', 'last-backup.json.part'),
      JSON.stringify({ day: new Date().toISOString().slice(0, 10) }),
    );
    await rename(
      join(house.dataDir, 'vault', 'last-backup.json.part'),
      join(house.dataDir, 'vault', 'last-backup.json'),
    );
    await page.getByText('There has never been a backup.').waitFor({ state: 'hidden', timeout: 20_000 });

    await page.getByRole('button', { name: 'Run now: platform.forgetMails' }).click();
    await page.getByText('platform.forgetMails runs within half a minute.').waitFor();
    const row = page.getByRole('row', { name: /platform\.forgetMails/ });
    await row.getByText('well').waitFor({ timeout: 60_000 });

    await house.edge?.stop();
    await page.getByText(/has not answered for \d+ minute/).waitFor({ timeout: 60_000 });
    await page.getByText('Nothing is lost: requests wait there, sealed.').waitFor();
    expect(await lookAt(page, 'console/operations-alarm')).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  },
  JOURNEY_MS,
);

test(
  'settings are those of the file, and the file is checked before a restart',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await signInMember(house, context, 'administrator');
    await page.goto(`${consoleUrl(house)}/settings`);
    await page.getByText('Nordlicht Labs').waitFor();
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByText('A restart changes nothing.').waitFor({ timeout: 30_000 });
    expect(await lookAt(page, 'console/settings')).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  },
  JOURNEY_MS,
);

test(
  'an analyst sees none of it',
  async () => {
    const { page, context } = await openWatchedPage(browser);
    await signInMember(house, context, 'analyst');
    await page.goto(`${consoleUrl(house)}/operations`);
    await page.getByText('Code permission_missing').first().waitFor();
    for (const name of ['Operations', 'Settings', 'Serials', 'People']) {
      expect(await page.getByRole('link', { name, exact: true }).count()).toBe(0);
    }
    await context.close();
  },
  JOURNEY_MS,
);
