import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { linkIn, mailTo } from './caught-mail.ts';
import { consoleUrl, signInMember } from './console-staff.ts';
import { startTestHouse, type TestHouse } from './house.ts';
import { lookAt } from './look-at.ts';
import { confirmByMail, fillPerson, followLink, newVisitor, signIn, type Visitor } from './visitor.ts';
import { openWatchedPage } from './watched-page.ts';

const EMAIL = 'ida@example.org';
const NEW_EMAIL = 'ida.sonnemann@another.example';
const JOURNEY_MS = 180_000;

let house: TestHouse;
let browser: Browser;
let person: Visitor;

beforeAll(async () => {
  [house, browser] = await Promise.all([startTestHouse(), launchBrowser()]);
  person = await newVisitor(house, browser);
  await person.go('/register');
  await fillPerson(person, EMAIL, 'Sonnemann');
  await person.submit();
  await person.page.waitForSelector('.panel.done:visible');
  await confirmByMail(house, person, EMAIL);
}, 180_000);
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});

async function lookUp(page: Page, text: string): Promise<void> {
  await page.getByLabel('E-mail address or serial number').fill(text);
  await page.keyboard.press('Enter');
}

test(
  'support opens a person for a purpose, asks and corrects; the person sees all of it and answers (U5, W8)',
  async () => {
    const { page, context, problems, layoutShift } = await openWatchedPage(browser);
    await signInMember(house, context, 'support');
    await page.goto(`${consoleUrl(house)}/people`);
    await page.getByText('No open requests').waitFor();
    expect(await lookAt(page, 'console/people')).toEqual([]);
    await lookUp(page, 'nobody@example.org');
    await page.getByText('Nobody is registered with that.').waitFor();
    await lookUp(page, EMAIL);
    await page.getByText('Somebody is registered with that.').waitFor();
    // Masked until it is said what for.
    expect(await page.getByText('Sonnemann').count()).toBe(0);
    expect(await lookAt(page, 'console/people-found')).toEqual([]);
    await page.getByRole('button', { name: 'Open the record' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await lookAt(page, 'console/people-purpose')).toEqual([]);
    await page.getByLabel('Ticket').fill('CS-4711');
    await page.keyboard.press('Enter');
    await page.getByText('Sonnemann').waitFor();
    await page.getByText('ticket CS-4711').waitFor();
    // Neither who it is nor what was typed stands in an address.
    expect(page.url()).not.toMatch(/ida|example|CS-4711/);
    expect(await lookAt(page, 'console/person')).toEqual([]);
    expect(await layoutShift()).toBeLessThan(0.1);

    await page.keyboard.press('e');
    await page.getByRole('heading', { name: 'Correct the data' }).waitFor();
    await page.getByLabel('Last name').fill('Sonnenmann');
    expect(await lookAt(page, 'console/person-correction')).toEqual([]);
    await page.getByRole('button', { name: 'Save the correction' }).click();
    await page.getByText('1 field was corrected. The person is told by mail.').waitFor();
    await page.keyboard.press('a');
    await page.getByLabel('Your question').fill('Is the house number 4 or 14?');
    await page.getByRole('button', { name: 'Send the question' }).click();
    await page.getByText('The question is on its way.').waitFor();
    await page.reload();
    await page.getByText('Is the house number 4 or 14?').waitFor();

    await signIn(house, person, EMAIL);
    await person.page.getByText('Sonnenmann').first().waitFor();
    await person.page.getByText('our staff').first().waitFor();
    await person.page.getByRole('heading', { name: 'A question from us' }).waitFor();
    expect(await lookAt(person.page, 'my-question')).toEqual([]);
    await person.page.getByLabel('Your answer').fill('It is 14.');
    await person.page.getByRole('button', { name: 'Send the answer' }).click();
    await person.page.getByText('Your answer is with our staff.').waitFor();

    await page.getByRole('button', { name: 'Close the record' }).click();
    await page.getByRole('button', { name: /^Open Home country of|^Open First name of|^Open Address of/ }).click();
    await page.getByRole('button', { name: 'Open', exact: true }).last().click();
    await page.getByText('It is 14.').first().waitFor();
    expect(await lookAt(page, 'console/person-answer')).toEqual([]);
    await page.getByRole('button', { name: 'It is dealt with' }).click();
    await page.getByText('Closed. Question and answer are erased.').waitFor();

    await page.getByRole('button', { name: 'Propose a new address' }).click();
    await page.getByRole('textbox', { name: 'New e-mail address' }).fill(NEW_EMAIL);
    expect(await lookAt(page, 'console/person-new-email')).toEqual([]);
    await page.getByRole('button', { name: 'Propose it' }).click();
    await page.getByText(`Staff proposed ${NEW_EMAIL}`).waitFor();
    await signIn(house, person, EMAIL);
    await person.page.getByText(`Our staff proposed ${NEW_EMAIL}`).waitFor();
    expect(await lookAt(person.page, 'my-new-email')).toEqual([]);
    await followLink(house, person, NEW_EMAIL, '/email-change');
    await person.page.getByRole('button', { name: 'Use this address from now on' }).click();
    await person.page.getByRole('heading', { name: 'Your new address is in use' }).waitFor();
    // The mail that told the address in use of the proposal leads back, also now.
    const told = await mailTo(house.vault?.url ?? '', EMAIL, /please\s+object/);
    await person.go(linkIn(told, '/email-change/undo'));
    await person.page.getByRole('button', { name: 'Keep the address of before' }).click();
    await person.page.getByRole('heading', { name: 'The address of before is in use' }).waitFor();
    await page.reload();
    await page.getByRole('cell', { name: EMAIL }).first().waitFor();
    expect(problems).toEqual([]);
    await context.close();
  },
  JOURNEY_MS,
);

test(
  'a record that somebody else opened is not open, and says what to do; a product manager has no way to persons',
  async () => {
    const first = await openWatchedPage(browser);
    await signInMember(house, first.context, 'support');
    await first.page.goto(`${consoleUrl(house)}/people`);
    await lookUp(first.page, EMAIL);
    await first.page.getByRole('button', { name: 'Open the record' }).click();
    await first.page.getByRole('button', { name: 'Open', exact: true }).last().click();
    await first.page.getByRole('button', { name: 'Close the record' }).waitFor();
    const address = first.page.url();
    await first.context.close();

    const second = await openWatchedPage(browser);
    await signInMember(house, second.context, 'support');
    await second.page.goto(address);
    await second.page.getByText('This record is not open to you any more').waitFor();
    expect(await lookAt(second.page, 'console/person-gone')).toEqual([]);
    await second.context.close();

    const third = await openWatchedPage(browser);
    await signInMember(house, third.context, 'product');
    await third.page.goto(`${consoleUrl(house)}/serials`);
    await third.page.getByRole('heading', { name: 'Batches' }).waitFor();
    expect(await third.page.getByRole('link', { name: 'People' }).count()).toBe(0);
    await third.context.close();
  },
  JOURNEY_MS,
);
