import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overflowOf, violationsOn } from './accessibility.ts';
import { launchBrowser } from './browser.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { confirmByMail, fillPerson, newVisitor, signIn } from './visitor.ts';

let house: TestHouse;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await house?.remove();
});

const TOKEN = '0123456789ABCDEFGHJKMNPQRS';
const PAGES = [
  '/',
  '/register',
  '/products/register',
  '/sign-in',
  `/confirm#${TOKEN}`,
  `/email-change#${TOKEN}`,
  `/email-change/undo#${TOKEN}`,
  `/hold#${TOKEN}`,
  '/my',
  `/my#${TOKEN}`,
  '/privacy#W7',
  '/nothing-here',
  // The other sites, for their colours.
  '//labs.localhost/sign-in',
  '//media.localhost/sign-in',
];

function addressOf(path: string): string {
  const { port } = new URL(house.publicUrl);
  return path.startsWith('//') ? `http:${path.replace('.localhost', `.localhost:${port}`)}` : house.publicUrl + path;
}
const SCREENS = [
  { name: 'a wide screen in the light', locale: 'en-GB', colorScheme: 'light', width: 1280 },
  { name: 'a phone of 320 px in the dark', locale: 'de-DE', colorScheme: 'dark', width: 320 },
] as const;

async function expectGood(page: Page, where: string): Promise<void> {
  expect(await violationsOn(page), where).toEqual([]);
  expect(await overflowOf(page), where).toBeLessThanOrEqual(0);
}

describe.each(SCREENS)('on $name', ({ locale, colorScheme, width }) => {
  test('every page is accessible, fits, and runs under the policy without a complaint', async () => {
    const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 800 } });
    for (const path of PAGES) {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
      });
      await page.goto(addressOf(path));
      if ((await page.$$('form[data-sealed-form]')).length > 0) await page.waitForSelector('form[data-ready]');
      if (path.startsWith('/my')) await page.waitForSelector('[data-my] h2');
      await expectGood(page, path);
      expect(complaints, path).toEqual([]);
      await page.close();
    }
    expect(await context.cookies()).toEqual([]);
    await context.close();
  }, 90_000);
});

test('axe sees a planted fault', async () => {
  const visitor = await newVisitor(house, browser);
  await visitor.go('/register');
  await visitor.page.evaluate('document.querySelector("label[for=field-email]").remove()');
  expect(await violationsOn(visitor.page)).toContainEqual(expect.stringMatching(/^label: /));
  await visitor.close();
});

test('an empty form is refused with a summary that has the focus and leads to each field', async () => {
  const visitor = await newVisitor(house, browser);
  const { page } = visitor;
  await visitor.go('/register');
  await page.waitForSelector('form[data-ready]');
  await visitor.submit();
  await page.waitForSelector('.summary:visible');
  expect(await page.evaluate('document.activeElement.className')).toBe('summary');
  await expectGood(page, 'with a summary');
  await page.click('.summary a:has-text("Last name")');
  expect(await page.evaluate('document.activeElement.name')).toBe('familyName');
  await page.keyboard.type('Brandt');
  await visitor.submit();
  expect(await page.textContent('.summary')).not.toContain('Last name');
  await visitor.close();
});

test('a typing error in a serial is said at once, and a click on the button is not lost to the message (S1)', async () => {
  const visitor = await newVisitor(house, browser);
  const { page } = visitor;
  await visitor.go('/products/register');
  await page.waitForSelector('form[data-ready]');
  await page.fill('[name=serial]', '8H0C2-M4K9T-7ZQ1R-WX3V6-B5ND0');
  await page.focus('[name=givenName]');
  expect(await page.textContent('#field-serial-error')).toContain('typing error');
  await page.fill('[name=email]', 'ada');
  await visitor.submit();
  await page.waitForSelector('.summary:visible');
  expect(await page.textContent('#field-email-error')).toContain('complete e-mail address');
  await visitor.close();
});

test('the address follows the country, and what was typed moves along (W3)', async () => {
  const visitor = await newVisitor(house, browser);
  const { page } = visitor;
  await visitor.go('/register');
  await page.waitForSelector('form[data-ready]');
  await page.selectOption('[name="address.country"]', 'DE');
  await page.fill('[name="address.locality"]', 'Springfield');
  await page.selectOption('[name="address.country"]', 'US');
  expect(await page.inputValue('[name="address.locality"]')).toBe('Springfield');
  expect(await page.textContent('[data-field="address.postalCode"] label')).toContain('ZIP code');
  expect(await page.textContent('[data-field="address.administrativeArea"] label')).toBe('State');
  expect(await page.isVisible('button[name=act]')).toBe(false);
  await page.selectOption('[name="address.country"]', 'HK');
  expect(await page.isVisible('[name="address.postalCode"]')).toBe(false);
  await visitor.close();
});

test('a code leaves the address bar at once, and nothing is sent before the button', async () => {
  const visitor = await newVisitor(house, browser);
  const { page } = visitor;
  const posted: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' || request.url().includes(TOKEN)) posted.push(request.url());
  });
  await visitor.go(`/confirm#${TOKEN}`);
  await page.waitForSelector('form[data-ready]');
  expect(page.url()).not.toContain(TOKEN);
  expect(await page.inputValue('[name=token]')).toBe(TOKEN);
  // Reading on in the other language takes the code along, still after `#`.
  expect(await page.getAttribute('a[data-keep-fragment]', 'href')).toContain(`/confirm?lang=de#${TOKEN}`);
  expect(posted).toEqual([]);
  await visitor.submit();
  await page.waitForSelector('.summary:visible');
  expect(await page.textContent('.summary')).toContain('link_expired');
  await visitor.close();
});

test('while the vault is away a registration is accepted and safe, and the open page learns of the answer (W7)', async () => {
  const visitor = await newVisitor(house, browser);
  const { page } = visitor;
  await visitor.go('/register');
  await page.waitForSelector('form[data-ready]');
  await fillPerson(visitor, 'away@example.org', 'Warten');
  await house.vault?.stop();
  try {
    await visitor.submit();
    await page.waitForSelector('.panel.waiting:visible', { timeout: 25_000 });
    expect(await page.textContent('.panel')).toContain('you will get the mail when it is back');
    await expectGood(page, 'waiting');
  } finally {
    await house.vault?.start();
  }
  await page.waitForSelector('.panel.done:visible', { timeout: 40_000 });
  expect(await page.textContent('.panel')).toContain('away@example.org');
  await visitor.close();
}, 90_000);

describe('your data (W8)', () => {
  const email = 'maren@example.org';

  test('is accessible with everything open, lives in this window only, and is gone after signing out', async () => {
    const visitor = await newVisitor(house, browser);
    const { page } = visitor;
    await visitor.go('/register');
    await page.waitForSelector('form[data-ready]');
    await fillPerson(visitor, email, 'Holm');
    await page.check('[name=mailing]');
    await visitor.submit();
    await page.waitForSelector('.panel.done:visible');
    await confirmByMail(house, visitor, email);
    await signIn(house, visitor, email);
    expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([0, 1, '']);
    for (const button of await page.$$('.row button.link')) await button.click();
    await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true');
    await expectGood(page, '/my');

    await page.reload();
    await page.waitForSelector('h2:has-text("Your details")');
    await page.click('button:has-text("Sign out")');
    await page.waitForSelector('text=You are signed out');
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    expect(await page.textContent('body')).not.toContain('Holm');
    await page.reload();
    await page.waitForSelector('text=There is no password');
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });

  test('a refused correction names the address to write to, and carries what was wanted into the request', async () => {
    const visitor = await newVisitor(house, browser);
    const { page } = visitor;
    await signIn(house, visitor, email);
    await page.click('button[aria-label="Correct: Address"]');
    await page.fill('[name="address.postalCode"]', 'nonsense');
    await page.click('button:has-text("Save the correction")');
    expect(await page.textContent('#my-address-postalCode-error')).toContain('postal code');
    await page.click('button:has-text("Leave as it is")');

    await page.click('summary:has-text("Or send it from here")');
    await page.selectOption('#request select', 'familyName');
    await page.fill('#request [name=wanted]', 'Holm-Petersen');
    await page.click('button:has-text("Ask for the change")');
    await page.waitForSelector('text=Your request is with our staff');
    await expectGood(page, '/my with an open request');
    // Signed in another time: it is listed until staff have dealt with it.
    await page.reload();
    const open = await page.textContent('#request li');
    expect(open).toContain('Last name: Holm-Petersen');
    expect(open).toContain(`Asked on ${new Date().getUTCDate()}`);
    await visitor.close();
  });

  test('the mailing choice can be taken back (O1)', async () => {
    const visitor = await newVisitor(house, browser);
    const { page } = visitor;
    await signIn(house, visitor, email);
    expect(await page.textContent('main')).toContain('You are on the mailing list since');
    await page.click('button:has-text("Take me off the list")');
    await page.waitForSelector('text=by your choice of');
    await visitor.close();
  });
});
