/** Getting about: by keyboard, on a phone, and when a session comes to its end. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { consoleUrl, signInMember } from './console-staff.ts';
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

const paletteField = (page: Page) => page.getByRole('combobox', { name: 'Search pages' });

/** Opens the palette and types to whatever has the keyboard: that must be its field, from the first letter to the last. */
async function inPalette(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.locator('[role=combobox]:focus').waitFor();
  await typeInPalette(page, text);
}

async function typeInPalette(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  expect(await paletteField(page).inputValue()).toBe(text);
  expect(await page.evaluate('document.activeElement.role')).toBe('combobox');
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

test(
  'the command palette finds pages by their names and opens them',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await signInMember(house, context, 'administrator');
    await page.goto(consoleUrl(house));
    await heading(page, 'Start').waitFor();
    await page.keyboard.press('Control+k');
    await page.locator('[role=combobox]:focus').waitFor();
    expect(await lookAt(page, 'console/palette')).toEqual([]);
    await typeInPalette(page, 'audit');
    await expect.poll(() => page.getByRole('option').first().textContent()).toContain('Audit log');
    expect(await page.getByRole('option', { selected: true }).textContent()).toContain('Audit log');
    await page.keyboard.press('Enter');
    await heading(page, 'Audit log').waitFor();
    // The heading has the focus: a screen reader reads where one has come.
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Audit log');

    await inPalette(page, 'no such thing');
    await page.getByText('Nothing has this name.').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => paletteField(page).count()).toBe(0);

    await inPalette(page, 'dark colours');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe('dark');
    expect(problems).toEqual([]);
    await context.close();
  },
  LOOKED_MS,
);

test(
  'shortcuts go to pages, stand on one sheet, and leave fields alone',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await signInMember(house, context, 'administrator');
    await page.goto(consoleUrl(house));
    await heading(page, 'Start').waitFor();
    await page.keyboard.type('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await lookAt(page, 'console/shortcuts')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.type('ga');
    await heading(page, 'Audit log').waitFor();
    await page.getByLabel('Name, ticket').focus();
    await page.keyboard.type('gm?');
    expect(await page.getByLabel('Name, ticket').inputValue()).toBe('gm?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    // What is filtered stands in the address.
    await expect.poll(() => new URL(page.url()).search).toBe('?text=gm%3F');
    expect(problems).toEqual([]);
    await context.close();
  },
  LOOKED_MS,
);

test('what was typed into the palette finds a person, and no address says whom (U5)', async () => {
  const { page, context, problems } = await openWatchedPage(browser);
  await signInMember(house, context, 'support');
  await page.goto(consoleUrl(house));
  await heading(page, 'Start').waitFor();
  for (const email of ['nobody@nowhere.example', 'another@nowhere.example']) {
    await inPalette(page, email);
    await page.getByRole('option', { name: `Find ${email}` }).waitFor();
    const asked = page.waitForRequest(/people\/find/);
    await page.keyboard.press('Enter');
    expect((await asked).postDataJSON()).toEqual({ text: email });
    await heading(page, 'People').waitFor();
    await expect.poll(() => page.url()).toBe(`${consoleUrl(house)}/people`);
    expect(JSON.stringify(await page.evaluate('history.state'))).not.toContain('nowhere');
    // The answer has come, so nothing on the page moves the focus any more.
    await page.getByText('Nobody is registered with that').waitFor();
    await expect.poll(() => page.getByRole('combobox').count()).toBe(0);
  }
  expect(problems).toEqual([]);
  await context.close();
}, 90_000);

test('the first key of the keyboard skips the navigation', async () => {
  const { page, context } = await openWatchedPage(browser);
  await signInMember(house, context, 'support');
  await page.goto(consoleUrl(house));
  await heading(page, 'Start').waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the page');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('page');
  await context.close();
});

test(
  'on a phone the navigation is a sheet',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser, { width: 390 });
    await signInMember(house, context, 'administrator');
    await page.goto(consoleUrl(house));
    await page.getByRole('button', { name: 'Menu' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('link', { name: 'Staff' }).waitFor();
    await page.setViewportSize({ width: 320, height: 640 });
    await sheet.getByRole('link', { name: 'Staff' }).click();
    await heading(page, 'Staff').waitFor();
    await expect.poll(() => sheet.count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    expect(problems).toEqual([]);
    await context.close();
  },
  LOOKED_MS,
);

test('before a session ends somebody is asked, and it goes on', async () => {
  const { page, context, problems } = await openWatchedPage(browser);
  await page.clock.install();
  await signInMember(house, context, 'support');
  await page.goto(consoleUrl(house));
  await heading(page, 'Start').waitFor();
  await page.clock.fastForward('57:00');
  expect(await page.getByText('Are you still there?').count()).toBe(0);
  await page.clock.fastForward('02:00');
  await page.getByText('Are you still there?').waitFor();
  expect(await page.getByRole('dialog').textContent()).toMatch(/In (1 min|\d+ secs?).* you will be signed out/);
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  await expect.poll(() => page.getByText('Are you still there?').count()).toBe(0);
  expect(problems).toEqual([]);
  await context.close();
});

test('a session that was ended elsewhere leads to the sign-in, and back to where one was', async () => {
  const { page, context, problems } = await openWatchedPage(browser);
  await signInMember(house, context, 'administrator');
  await page.goto(`${consoleUrl(house)}/audit-log?act=signed-in`);
  await heading(page, 'Audit log').waitFor();
  await context.clearCookies();
  await page.keyboard.type('gm');
  await heading(page, 'Sign in').waitFor();
  expect(new URL(page.url()).searchParams.get('next')).toBe('/staff');
  await signInMember(house, context, 'administrator');
  await page.reload();
  await heading(page, 'Staff').waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('the way back after signing in stays inside the console', async () => {
  const { page, context } = await openWatchedPage(browser);
  await signInMember(house, context, 'support');
  for (const next of ['//evil.example/', 'https://evil.example/', '/\\evil.example']) {
    await page.goto(`${consoleUrl(house)}/sign-in?next=${encodeURIComponent(next)}`);
    await heading(page, 'Start').waitFor();
    expect(new URL(page.url()).origin).toBe(consoleUrl(house));
  }
  await context.close();
});
