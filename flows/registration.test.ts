import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { linkIn, mailTo } from './caught-mail.ts';
import { startTestHouse, type TestHouse } from './house.ts';

let house: TestHouse;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

/** A fresh visitor's tab that fails the test on any error in the page. */
async function visit(path: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  page.on('pageerror', (error) => expect.fail(`error in ${path}: ${error.message}`));
  await page.goto(`${house.publicUrl}${path}`);
  return page;
}

async function fillPerson(page: Page, email: string, name: { given: string; family: string }): Promise<void> {
  await page.fill('[name=givenName]', name.given);
  await page.fill('[name=familyName]', name.family);
  await page.fill('[name=email]', email);
  await page.selectOption('[name="address.country"]', 'DE');
  await page.fill('[name="address.streetAddress"]', 'Lindenweg 4');
  await page.fill('[name="address.postalCode"]', '20095');
  await page.fill('[name="address.locality"]', 'Hamburg');
}

async function confirm(email: string): Promise<Page> {
  const mail = await mailTo(house.vault?.url ?? '', email);
  const link = new URL(linkIn(mail, '/confirm'));
  const page = await visit(`${link.pathname}${link.search}${link.hash}`);
  await page.click('form button[type=submit]:visible');
  await page.waitForSelector('.panel.done');
  return page;
}

async function signIn(email: string): Promise<Page> {
  const asking = await visit('/sign-in');
  await asking.fill('[name=email]', email);
  await asking.click('form button[type=submit]:visible');
  await asking.waitForSelector('.panel.done');
  const link = new URL(linkIn(await mailTo(house.vault?.url ?? '', email, '/my'), '/my'));
  const page = await visit(`${link.pathname}${link.search}${link.hash}`);
  await page.click('main button');
  await page.waitForSelector('text=Lindenweg 4');
  return page;
}

describe('a person registers in the browser (W1, W3, W7, W8)', () => {
  const email = 'ada.brandt@example.org';

  test('and is asked to confirm, and the form left nothing readable on the wire', async () => {
    const page = await visit('/register');
    const bodies: string[] = [];
    page.on('request', (request) =>
      bodies.push(`${request.url()} ${request.postDataBuffer()?.toString('latin1') ?? ''}`),
    );
    await fillPerson(page, email, { given: 'Ada', family: 'Brandt-Canary' });
    await page.click('form button[type=submit]:visible');
    await page.waitForSelector('.panel.done');
    expect(bodies.some((body) => body.includes('/relay'))).toBe(true);
    expect(bodies.filter((body) => body.includes('Canary') || body.includes('ada.brandt'))).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
  });

  test('confirms by the mail that arrives, signs in, and sees what is held', async () => {
    await confirm(email);
    const page = await signIn(email);
    const text = await page.innerText('main');
    for (const held of ['Ada', 'Brandt-Canary', email, 'Lindenweg 4', '20095', 'Hamburg']) expect(text).toContain(held);
  });
});
