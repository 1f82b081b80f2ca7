import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { consoleUrl, signInMember } from './console-staff.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { lookAt } from './look-at.ts';
import { confirmByMail, fillPerson, newVisitor, signIn } from './visitor.ts';

let house: TestHouse;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});

const EMAIL = 'ada.lind@example.org';

/** Asks the API as the console's page does. */
async function openAsSupport(purpose: string): Promise<void> {
  const context = await browser.newContext();
  await signInMember(house, context, 'support');
  const page = await context.newPage();
  await page.goto(`${consoleUrl(house)}/sign-in`);
  const status = await page.evaluate(`(async () => {
    const { csrf } = await (await fetch('/api/session')).json();
    const post = (path, body) => fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'avow-csrf': csrf },
      body: JSON.stringify(body),
    });
    const { found } = await (await post('/api/people/find', { text: '${EMAIL}' })).json();
    return (await post('/api/people/open', { personId: found.personId, purpose: '${purpose}', ticket: 'T-1' })).status;
  })()`);
  expect(status).toBe(200);
  await context.close();
}

test('U5: a person sees on which day, what for and in which role staff opened their data, and no name', async () => {
  const visitor = await newVisitor(house, browser);
  const { page } = visitor;
  await visitor.go('/register');
  await fillPerson(visitor, EMAIL, 'Lind');
  await visitor.submit();
  await page.waitForSelector('.panel.done:visible');
  await confirmByMail(house, visitor, EMAIL);
  await signIn(house, visitor, EMAIL);
  const section = page.getByRole('region', { name: 'Who looked at your data' });
  await section.getByText('Nobody of our staff has opened your data').waitFor();

  await openAsSupport('customer-service-issue');
  await page.reload();
  await section.getByText('to follow up on a customer-service issue').waitFor();
  expect(await section.getByRole('row').count()).toBe(2);
  expect(await section.textContent()).toContain('support');
  expect(await section.textContent()).not.toMatch(/Ada support|T-1/);
  expect(await lookAt(page, 'my/who-looked')).toEqual([]);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
}, 120_000);
