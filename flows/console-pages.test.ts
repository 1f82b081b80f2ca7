/** Every page of the house's own areas, as an administrator sees it: looked at, quiet, still. And for each role, which pages are theirs. */
import type { Role } from '@avow/protocol/staff/roles';
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
    ['no-such-page', '/staff/nowhere/at/all', 'There is no page here'],
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

/** Every page of the navigation, as somebody with all roles sees it. */
const PAGES: Record<string, string> = {
  Start: '/',
  Visits: '/visits',
  Alerts: '/visits/alerts',
  'Shared links': '/visits/shared-links',
  'Earlier figures': '/visits/imports',
  'Events as a file': '/visits/exports',
  'Improvement Programme': '/improvement',
  People: '/people',
  Serials: '/serials',
  'Holds and transfers': '/serials/holds',
  Jobs: '/jobs',
  Operations: '/operations',
  Settings: '/settings',
  Staff: '/staff',
  'API tokens': '/tokens',
  'Audit log': '/audit-log',
};
const FIGURES = ['Visits', 'Alerts', 'Shared links', 'Earlier figures', 'Events as a file'];

describe('what a role may do stands in the navigation; every other page says that it is not theirs:', () => {
  test.each<[Role, string[]]>([
    ['analyst', [...FIGURES, 'Improvement Programme', 'Jobs']],
    ['support', ['People', 'Serials', 'Holds and transfers', 'Jobs']],
    ['marketing', [...FIGURES, 'Jobs']],
    [
      'product',
      ['Visits', 'Alerts', 'Earlier figures', 'Improvement Programme', 'Serials', 'Holds and transfers', 'Jobs'],
    ],
    [
      'privacy-officer',
      [
        'Visits',
        'Improvement Programme',
        'People',
        'Serials',
        'Holds and transfers',
        'Jobs',
        'Operations',
        'Settings',
        'Staff',
        'Audit log',
      ],
    ],
    [
      'administrator',
      [
        'Visits',
        'Improvement Programme',
        'Serials',
        'Holds and transfers',
        'Jobs',
        'Operations',
        'Settings',
        'Staff',
        'API tokens',
        'Audit log',
      ],
    ],
  ])(
    '%s',
    async (role, pages) => {
      const { page, context, problems } = await openWatchedPage(browser);
      await signInMember(house, context, role);
      await page.goto(consoleUrl(house));
      await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
      const links = page.getByRole('navigation').getByRole('link');
      const offered = Object.keys(PAGES).filter((name) => name === 'Start' || pages.includes(name));
      expect(await links.allTextContents()).toEqual(offered);
      for (const name of pages) {
        await links.getByText(name, { exact: true }).click();
        await page.waitForURL(`${consoleUrl(house)}${PAGES[name]}**`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        expect(await page.getByText('Code permission_missing').count(), name).toBe(0);
      }
      for (const [name, path] of Object.entries(PAGES).filter(([name]) => !offered.includes(name))) {
        await page.goto(`${consoleUrl(house)}${path}`);
        await page.getByRole('heading', { name, level: 1, exact: true }).waitFor();
        await page.getByText('Code permission_missing').waitFor();
      }
      expect(problems).toEqual([]);
      await context.close();
    },
    LOOKED_MS,
  );
});
