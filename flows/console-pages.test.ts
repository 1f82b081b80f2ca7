/** Every page of the house's own areas, as an administrator sees it: looked at, quiet, still. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { consoleUrl, issueLink, signInMember } from './console-staff.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { lookAt } from './look-at.ts';
import { openWatchedPage } from './watched-page.ts';

let house: TestHouse;
let browser: Browser;
const LOOKED_MS = 90_000;

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});

describe('looks right in light and dark, on desk and phone:', () => {
  test.each([
    ['start', '/', 'Start'],
    ['account', '/account', 'Your account'],
    ['staff', '/staff', 'Staff'],
    ['tokens', '/tokens', 'API tokens'],
    ['audit-log', '/audit-log', 'Audit log'],
    ['no-such-page', '/people/nowhere/at/all', 'There is no page here'],
  ])(
    '%s',
    async (name, path, title) => {
      const { page, context, problems, layoutShift } = await openWatchedPage(browser);
      await signInMember(house, context, 'administrator');
      await issueLink(house, { email: 'cora@nordlicht.example', roles: ['analyst', 'marketing'] });
      await page.goto(`${consoleUrl(house)}${path}`);
      await page.getByRole('heading', { name: title, level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await layoutShift()).toBeLessThan(0.02);
      expect(await lookAt(page, `console/${name}`)).toEqual([]);
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(problems).toEqual([]);
      await context.close();
    },
    LOOKED_MS,
  );
});
