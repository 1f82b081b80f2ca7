/** An administrator's work: inviting, roles, disabling, tokens; and everybody's own account. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { consoleUrl, signInMember } from './console-staff.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { lookAt } from './look-at.ts';
import { attachAuthenticator, openWatchedPage } from './watched-page.ts';

let house: TestHouse;
let browser: Browser;
const JOURNEY_MS = 120_000;

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });

test(
  'invites somebody, who comes in; changes their roles; disables and erases them (U5)',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await signInMember(house, context, 'administrator');
    await page.goto(`${consoleUrl(house)}/staff`);
    await page.getByRole('button', { name: 'Invite somebody' }).first().click();
    const invite = dialog(page, 'Invite somebody');
    await invite.getByLabel('E-mail address').fill('cora@nordlicht.example');
    expect(await invite.getByRole('button', { name: 'Invite', exact: true }).isDisabled()).toBe(true);
    await invite.getByLabel('Analyst').check();
    expect(await lookAt(page, 'console/invite')).toEqual([]);
    await invite.getByRole('button', { name: 'Invite', exact: true }).click();
    await invite.getByText('It works once').waitFor();
    const link = (await invite.locator('code').textContent()) ?? '';
    expect(link).toMatch(/\/welcome#[0-9A-Z]{26}$/);
    await invite.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Withdraw the invitation of cora@nordlicht.example' }).waitFor();

    const cora = await openWatchedPage(browser);
    await attachAuthenticator(cora.page);
    await cora.page.goto(`${consoleUrl(house)}/welcome${new URL(link).hash}`);
    await cora.page.getByLabel('Your name').fill('Cora Wind');
    await cora.page.getByRole('button', { name: 'Continue' }).click();
    await cora.page.getByRole('button', { name: 'Make a passkey' }).click();
    await cora.page.getByLabel('I have kept them').check();
    await cora.page.getByRole('button', { name: 'Continue' }).click();
    await cora.page.getByText('Cora Wind, you are here as Analyst.').waitFor();
    // What an analyst may not do is not offered, and its page says why.
    expect(await cora.page.getByRole('link', { name: 'Staff' }).count()).toBe(0);
    await cora.page.goto(`${consoleUrl(house)}/staff`);
    await cora.page.getByText('Code permission_missing').first().waitFor();

    await page.reload();
    await page.getByRole('button', { name: 'Acts for Cora Wind' }).click();
    await page.getByRole('menuitem', { name: 'Change roles' }).click();
    const roles = dialog(page, 'Roles of Cora Wind');
    await roles.getByLabel('Administrator').check();
    await roles.getByRole('button', { name: 'Save the roles' }).click();
    await page.getByText('Analyst and Administrator').waitFor();
    await cora.page.reload();
    await cora.page.getByText('Who has an account').waitFor();

    await page.getByRole('button', { name: 'Acts for Cora Wind' }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    const disable = dialog(page, 'Disable the account of Cora Wind');
    const button = disable.getByRole('button', { name: 'Disable the account' });
    expect(await button.isDisabled()).toBe(true);
    await disable.getByLabel('Type Cora Wind to confirm').fill('Cora Win');
    expect(await button.isDisabled()).toBe(true);
    await disable.getByLabel('Type Cora Wind to confirm').fill('Cora Wind');
    expect(await lookAt(page, 'console/confirm-destructive')).toEqual([]);
    await button.click();
    await page.getByText('(disabled)').waitFor();
    await cora.page.reload();
    await cora.page.getByRole('heading', { name: 'Sign in' }).waitFor();

    await page.getByRole('button', { name: 'Acts for Cora Wind' }).click();
    await page.getByRole('menuitem', { name: 'Erase' }).click();
    const erase = dialog(page, 'Erase the account of Cora Wind');
    await erase.getByLabel('Type Cora Wind to confirm').fill('Cora Wind');
    expect(await lookAt(page, 'console/erase-member')).toEqual([]);
    await erase.getByRole('button', { name: 'Erase the account' }).click();
    await expect.poll(() => page.getByText('Cora Wind').count()).toBe(0);
    await page.goto(`${consoleUrl(house)}/audit-log`);
    await page.getByRole('row', { name: /Account erased former member of staff/ }).waitFor();
    await page.getByText('Verified: the chain is whole').waitFor();
    // Both words: names of files have random letters.
    expect(await page.content()).not.toContain('Cora Wind');
    expect([...problems, ...cora.problems]).toEqual([]);
    await Promise.all([context.close(), cora.context.close()]);
  },
  JOURNEY_MS,
);

test(
  'makes a token that works, shows it once, and revokes it',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await signInMember(house, context, 'administrator');
    await page.goto(`${consoleUrl(house)}/tokens`);
    await page.getByRole('button', { name: 'Make a token' }).first().click();
    const make = dialog(page, 'Make a token');
    await make.getByLabel('Name').fill('Weekly report');
    expect(await lookAt(page, 'console/make-token')).toEqual([]);
    await make.getByRole('button', { name: 'Make the token' }).click();
    await make.getByText('The token is ready').waitFor();
    const token = (await make.locator('code').last().textContent()) ?? '';
    const ask = () =>
      fetch(`${house.vault?.url}/api/visits/definitions`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask()).status).toBe(200);
    await make.getByRole('button', { name: 'Done' }).click();
    expect(await page.content()).not.toContain(token);

    await page.getByRole('button', { name: 'Revoke Weekly report' }).click();
    const revoke = dialog(page, 'Revoke this token');
    await revoke.getByLabel('Type Weekly report to confirm').fill('Weekly report');
    await revoke.getByRole('button', { name: 'Revoke the token' }).click();
    await page.getByText('No token yet').waitFor();
    expect((await ask()).status).toBe(401);

    await page.goto(`${consoleUrl(house)}/audit-log?act=token-revoked`);
    await page.getByRole('cell', { name: 'API token revoked' }).first().waitFor();
    await page.getByText('Verified: the chain is whole').waitFor();
    expect(await lookAt(page, 'console/audit-log-filtered')).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  },
  JOURNEY_MS,
);

test(
  'an account gets a passkey, a password, new recovery codes, and German',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await attachAuthenticator(page);
    await signInMember(house, context, 'support');
    await page.goto(`${consoleUrl(house)}/account`);
    await page.getByLabel('Name of the new passkey').fill('Work laptop');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: 'Remove Work laptop' }).waitFor();

    await page.getByLabel('New password').fill('support support');
    await page.getByRole('button', { name: 'Set a password' }).click();
    await page.getByText('Please choose a password of 12 characters').waitFor();
    await page.getByLabel('New password').fill('four boats in the evening rain');
    await page.getByRole('button', { name: 'Set a password' }).click();
    await page.getByText('A password is set.').waitFor();

    await page.getByRole('button', { name: 'Make new codes' }).click();
    await dialog(page, 'Make new recovery codes').getByRole('button', { name: 'Make new codes' }).click();
    const codes = dialog(page, 'Your recovery codes');
    await codes.getByLabel('I have kept them').check();
    await codes.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('10 codes are left.').waitFor();
    expect(await lookAt(page, 'console/account-full')).toEqual([]);

    await page.getByRole('radiogroup', { name: 'Language' }).getByText('Deutsch').click();
    await page.getByRole('heading', { name: 'Ihr Konto' }).waitFor();
    expect(await lookAt(page, 'console/account-german')).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: 'Ihr Konto' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  },
  JOURNEY_MS,
);
