import { Secret, TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { consoleUrl, issueLink } from './console-staff.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { lookAt } from './look-at.ts';
import { attachAuthenticator, openWatchedPage } from './watched-page.ts';

let house: TestHouse;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});

/** Each page is looked at four times over. */
const JOURNEY_MS = 120_000;
const PASSWORD = 'three lamps over the harbour';

function codeOf(secret: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate();
}

describe('a house without accounts', () => {
  test('says where the link for the first one is', async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await page.goto(`${consoleUrl(house)}/account`);
    await expect.poll(() => new URL(page.url()).pathname).toBe('/welcome');
    await page.getByText('in the terminal where you ran').waitFor();
    expect(await lookAt(page, 'console/welcome-without-link')).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('tells of a link that does not work', async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await page.goto(`${consoleUrl(house)}/welcome#00000000000000000000000000`);
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await page.getByText('Code link_expired').waitFor();
    expect(await lookAt(page, 'console/welcome-refused')).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });
});

test(
  'the first administrator comes in by the link, with a passkey, and again with it; lost, a recovery code allows another',
  async () => {
    const { page, context, problems, layoutShift } = await openWatchedPage(browser);
    const authenticator = await attachAuthenticator(page);
    await page.goto(`${consoleUrl(house)}/welcome#${house.welcomeToken}`);
    await page.getByLabel('Your name').fill('Ada Brandt');
    await page.getByLabel('E-mail address').fill('ada@nordlicht.example');
    expect(await lookAt(page, 'console/welcome-who')).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'How will you sign in?' }).waitFor();
    expect(await lookAt(page, 'console/welcome-how')).toEqual([]);
    await page.getByRole('button', { name: 'Make a passkey' }).click();

    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    expect(await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').count()).toBe(10);
    expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
    expect(await lookAt(page, 'console/recovery-codes')).toEqual([]);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('recovery-codes.txt');
    const recoveryCode = (await page.getByRole('listitem').first().textContent()) ?? '';
    await page.getByLabel('I have kept them').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();

    const signOut = async () => {
      await page.getByRole('button', { name: 'Ada Brandt' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    };
    await signOut();
    expect(await lookAt(page, 'console/sign-in')).toEqual([]);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
    expect(await layoutShift()).toBeLessThan(0.02);

    await signOut();
    await authenticator.lose();
    const useCode = async () => {
      await page.getByRole('button', { name: 'I lost my passkey' }).click();
      await page.getByLabel('E-mail address').fill('ada@nordlicht.example');
      await page.getByLabel('Recovery code').fill(recoveryCode);
      await page.getByLabel('Name of the new passkey').fill('Second laptop');
      await page.getByRole('button', { name: 'Make a new passkey' }).click();
    };
    await useCode();
    await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
    await page.goto(`${consoleUrl(house)}/account`);
    await page.getByText('9 codes are left.').waitFor();
    await page.getByText('Second laptop').waitFor();
    expect(await page.getByRole('button', { name: /^Remove / }).count()).toBe(1);
    await signOut();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
    await signOut();
    await useCode();
    await page.getByText('Code recovery_refused').waitFor();
    expect(await lookAt(page, 'console/sign-in-lost-passkey')).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  },
  JOURNEY_MS,
);

test(
  'somebody invited comes in with password and authenticator, by keyboard alone; a recovery code stands in once',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await page.goto(await issueLink(house, { email: 'ben@nordlicht.example', roles: ['support'] }));
    await page.getByText('You were invited as Support').waitFor();
    const tabTo = async (what: string): Promise<void> => {
      for (let presses = 0; presses < 30; presses++) {
        await page.keyboard.press('Tab');
        const here = await page.evaluate('document.activeElement?.textContent || document.activeElement?.name || ""');
        const labels = await page.evaluate(
          '[...(document.activeElement?.labels ?? [])].map((l) => l.textContent).join()',
        );
        if (`${here} ${labels}`.includes(what)) return;
      }
      throw new Error(`the keyboard does not reach ${what}`);
    };
    await tabTo('Your name');
    await page.keyboard.type('Ben Sommer');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'How will you sign in?' }).waitFor();
    await tabTo('Password');
    await page.keyboard.type('short');
    await page.keyboard.press('Enter');
    await page.keyboard.type(PASSWORD.slice(5));
    await page.keyboard.press('Control+A');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');

    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    expect(await lookAt(page, 'console/welcome-app')).toEqual([]);
    const secret = (await page.locator('code').first().textContent()) ?? '';
    await tabTo('Code from the app');
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await page.getByText('Code code_wrong').waitFor();
    await page.getByLabel('Code from the app').fill(codeOf(secret));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    const recoveryCode = (await page.getByRole('listitem').first().textContent()) ?? '';
    await tabTo('I have kept them');
    await page.keyboard.press('Space');
    await tabTo('Continue');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();

    await signOut();
    await firstStep('a wrong password of mine');
    await page.getByText('Code sign_in_refused').waitFor();
    // What was typed stays.
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('ben@nordlicht.example');
    await withRecoveryCode();
    await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
    await signOut();
    await withRecoveryCode();
    await page.getByText('Code code_wrong').waitFor();
    expect(problems).toEqual([]);
    await context.close();

    async function signOut(): Promise<void> {
      await page.getByRole('button', { name: 'Ben Sommer' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    }
    async function firstStep(password: string): Promise<void> {
      await page.getByLabel('E-mail address').fill('ben@nordlicht.example');
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.keyboard.press('Enter');
    }
    async function withRecoveryCode(): Promise<void> {
      await firstStep(PASSWORD);
      await page.getByRole('button', { name: 'use a recovery code' }).click();
      expect(await lookAt(page, 'console/sign-in-recovery')).toEqual([]);
      await page.getByLabel('Recovery code').fill(recoveryCode);
      await page.getByRole('button', { name: 'Sign in' }).click();
    }
  },
  JOURNEY_MS,
);

test(
  'who guesses is locked out, in words that say for how long',
  async () => {
    const { page, context, problems } = await openWatchedPage(browser);
    await page.goto(`${consoleUrl(house)}/sign-in`);
    for (let guess = 0; guess < 30; guess++) {
      await page.getByLabel('E-mail address').fill('ben@nordlicht.example');
      await page.getByLabel('Password', { exact: true }).fill(`guess number ${guess}`);
      const answered = page.waitForResponse(/session\/password/);
      await page.getByRole('button', { name: 'Continue' }).click();
      if ((await answered).status() === 429) break;
    }
    await page.getByText('Please wait a quarter of an hour').waitFor();
    expect(await lookAt(page, 'console/sign-in-locked-out')).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  },
  JOURNEY_MS,
);

test('the console speaks German', async () => {
  const { page, context, problems } = await openWatchedPage(browser, { locale: 'de-DE' });
  await page.goto(`${consoleUrl(house)}/sign-in`);
  await page.getByRole('button', { name: 'Mit Passkey anmelden' }).waitFor();
  expect(await page.evaluate('document.documentElement.lang')).toBe('de');
  await page.getByText('English').click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
