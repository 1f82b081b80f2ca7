import { readFile } from 'node:fs/promises';
import type { Role } from '@avow/protocol/staff/roles';
import type { FunnelAnswer } from '@avow/protocol/staff/visits';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { consoleUrl, signInMember } from './console-staff.ts';
import type { TestHouse } from './house.ts';
import { lookAt } from './look-at.ts';
import { figuresOf, headline, startVisitsHouse, written } from './visits-house.ts';
import { openWatchedPage, type WatchedPage } from './watched-page.ts';

let house: TestHouse;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  [house, browser] = await Promise.all([startVisitsHouse(35), launchBrowser()]);
  watched = await openWatchedPage(browser);
  page = watched.page;
  await signInMember(house, watched.context, 'analyst');
}, 240_000);
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});

const LOOK_MS = 120_000;
const period = 'last 30 days';
const FROM_GERMANY = JSON.stringify([{ dimension: 'country', operator: 'is', values: ['DE'] }]);

async function open(search = '', on: Page = page): Promise<void> {
  await on.goto(`${consoleUrl(house)}/visits${search}`);
  await on.locator('[data-headline="visitors"]').waitFor();
}

const shows = (metric: string, figure: string, on: Page = page) => expect.poll(() => headline(on, metric)).toBe(figure);

/** Types a part of it and takes what is suggested. */
async function choose(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await page.getByRole('option', { name: value, exact: true }).click();
}

/** The counts of the steps as they are shown. */
const steps = (on: Page) => on.locator('ol strong').allTextContents();

describe('what staff keep beside the figures', () => {
  test('a segment: kept, chosen, in the address, deleted', async () => {
    await open('?site=main&f=country*is*DE');
    await page.getByRole('button', { name: 'Segments' }).click();
    await page.getByLabel('Keep these filters as a segment').fill('From Germany');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByRole('button', { name: 'From Germany', exact: true }).waitFor();

    await open('?site=main');
    await page.getByRole('button', { name: 'Segments' }).click();
    await page.getByRole('button', { name: 'From Germany', exact: true }).click();
    await page.getByText('Segment: From Germany').waitFor();
    await expect.poll(() => page.url()).toContain('segment=');
    const { totals } = await figuresOf(page, { period, sites: 'main', filters: FROM_GERMANY });
    await shows('visits', written(totals.visits?.value));
    await page.getByRole('button', { name: 'Leave the segment' }).click();
    await expect.poll(() => page.url()).not.toContain('segment=');
  });

  test('goals and funnels: made, shown, changed', { timeout: LOOK_MS }, async () => {
    await open('?site=main');
    const acts = page.getByRole('region', { name: 'What visitors do' });
    await acts.getByRole('button', { name: 'Goals' }).click();
    await acts.getByText('No goals yet').waitFor();
    await acts.getByRole('button', { name: 'New goal' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('Trial');
    await form.getByRole('combobox', { name: 'Step 1' }).click();
    await page.getByRole('option', { name: 'sends the event' }).click();
    await choose(form.getByRole('combobox', { name: 'Value' }), 'Trial started');
    await form.getByRole('button', { name: 'Keep' }).click();
    const goal = acts.getByRole('row', { name: /Trial/ });
    const reached = JSON.stringify([
      { dimension: 'event', operator: 'is', values: ['Trial started'], within: 'visit' },
    ]);
    const { totals } = await figuresOf(page, { period, sites: 'main', filters: reached });
    await goal.getByText(written(totals.visits?.value), { exact: true }).waitFor();

    await acts.getByRole('button', { name: 'Funnels' }).click();
    await acts.getByRole('button', { name: 'New funnel' }).click();
    await form.getByLabel('Name').fill('To the trial');
    await choose(form.getByRole('combobox', { name: 'Value' }).nth(0), '/');
    await choose(form.getByRole('combobox', { name: 'Value' }).nth(1), '/pricing');
    expect(await lookAt(page, 'console/visits-funnel-form')).toEqual([]);
    const told = page.waitForResponse((answer) => answer.url().endsWith('/api/visits/funnel'));
    await form.getByRole('button', { name: 'Keep' }).click();
    const { steps: counted } = (await (await told).json()) as FunnelAnswer;
    expect(counted[1]?.value).toBeGreaterThan(10);
    await expect.poll(() => steps(page)).toEqual(counted.map(({ value }) => written(value)));

    await acts.getByRole('button', { name: 'Change the funnel To the trial' }).click();
    await form.getByRole('button', { name: 'One more step' }).click();
    await form.getByRole('combobox', { name: 'Step 3' }).click();
    await page.getByRole('option', { name: 'sends the event' }).click();
    await choose(form.getByRole('combobox', { name: 'Value' }).nth(2), 'Trial started');
    await form.getByRole('button', { name: 'Keep' }).click();
    await expect.poll(async () => (await steps(page)).length).toBe(3);
    await form.waitFor({ state: 'hidden' });
    expect(await lookAt(page, 'console/visits-funnel')).toEqual([]);
  });

  test('an annotation: added with the keyboard, shown in the graph, deleted', async () => {
    await open('?site=main');
    await page.keyboard.press('a');
    await page.getByLabel('What happened').fill('Version 8.1 is out');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '1 annotation' }).waitFor();
    await expect.poll(() => page.locator('[data-annotation]').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('application').focus();
    await page.keyboard.press('End');
    await page.getByRole('application').getByText('Version 8.1 is out').waitFor();
    await page.getByRole('button', { name: '1 annotation' }).click();
    await page.getByRole('button', { name: 'Delete the annotation Version 8.1 is out' }).click();
    await expect.poll(() => page.locator('[data-annotation]').count()).toBe(0);
  });

  test('an alert: made, listed, deleted', { timeout: LOOK_MS }, async () => {
    await page.goto(`${consoleUrl(house)}/visits/alerts`);
    await page.getByText('No alerts yet.').waitFor();
    await page.getByText('Nobody gets it.').waitFor();
    await page.getByText('Drop', { exact: true }).click();
    await page.getByRole('button', { name: 'Keep this alert' }).click();
    await page.getByText('50 % of the usual or less, where 50 are usual').waitFor();
    expect(await lookAt(page, 'console/visits-alerts')).toEqual([]);
    await page.getByRole('button', { name: 'Delete this alert' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete this alert' }).click();
    await page.getByText('No alerts yet.').waitFor();
    expect(watched.problems).toEqual([]);
  });
});

test('a list is taken out as CSV: what it shows', async () => {
  await open('?site=main');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Where visits come from Channels as a CSV file' }).click(),
  ]);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(lines[0]).toBe('channel,visitors,visits,pageViews,bounceRate,visitDuration');
  const { rows } = await figuresOf(page, { period, sites: 'main', dimensions: 'channel' });
  const search = rows.find(({ dimensions }) => dimensions.channel === 'search');
  expect(lines).toContainEqual(
    expect.stringMatching(new RegExp(`^search,${search?.figures.visitors?.value},${search?.figures.visits?.value},`)),
  );
  const events = await page.getByRole('link', { name: 'Single events' }).getAttribute('href');
  const answer = await page.evaluate(
    `fetch(${JSON.stringify(events)}).then((answer) => answer.text()).then((text) => text.slice(0, 40))`,
  );
  expect(answer).toContain('"id"');
});

describe('roles', () => {
  async function as(role: Role): Promise<WatchedPage> {
    const other = await openWatchedPage(browser);
    await signInMember(house, other.context, role);
    return other;
  }
  const status = (on: Page, path: string): Promise<number> =>
    on.evaluate(`fetch(${JSON.stringify(`/api${path}`)}).then((answer) => answer.status)`);

  test('support sees no figures: not in the navigation, not by the address, not from the API', async () => {
    const { page: theirs, context } = await as('support');
    await theirs.goto(`${consoleUrl(house)}/visits`);
    await theirs.getByText('Code permission_missing').waitFor();
    expect(await theirs.getByRole('navigation').getByRole('link', { name: 'Visits' }).count()).toBe(0);
    for (const path of ['/visits/query?metrics=visits&period=today', '/visits/house', '/visits/realtime'])
      expect(await status(theirs, path)).toBe(403);
    await context.close();
  });

  test('product people see figures and keep things, but take no files and share no links', async () => {
    const { page: theirs, context } = await as('product');
    await open('?site=main', theirs);
    await theirs.getByRole('table', { name: 'Pages: All' }).waitFor();
    expect(await theirs.getByRole('button', { name: /as a CSV file/ }).count()).toBe(0);
    expect(await theirs.getByRole('link', { name: 'Single events' }).count()).toBe(0);
    expect(await theirs.getByRole('link', { name: 'Shared links' }).count()).toBe(0);
    expect(await theirs.getByRole('button', { name: 'Annotate' }).count()).toBe(1);
    expect(await status(theirs, '/visits/shared-links')).toBe(403);
    expect(await status(theirs, '/visits/events?from=2026-11-01&to=2026-11-02')).toBe(403);
    await context.close();
  });

  test('privacy officers read and change nothing', async () => {
    const { page: theirs, context } = await as('privacy-officer');
    await open('?site=main', theirs);
    expect(await theirs.getByRole('button', { name: 'Annotate' }).count()).toBe(0);
    expect(await theirs.getByRole('link', { name: 'Alerts' }).count()).toBe(0);
    expect(await status(theirs, '/visits/alerts')).toBe(403);
    await context.close();
  });
});

describe('a shared link (W6, W7)', () => {
  test('with a password and a segment shows that and nothing else, until it is withdrawn', {
    timeout: 180_000,
  }, async () => {
    await page.goto(`${consoleUrl(house)}/visits/shared-links`);
    await page.getByLabel('Name').fill('Agency Kiel');
    await page.getByLabel('Nordlicht Software').check();
    await page.getByRole('combobox', { name: 'Only this segment' }).click();
    await page.getByRole('option', { name: 'From Germany' }).click();
    await page.getByRole('textbox', { name: 'Password' }).fill('nordlicht 2026');
    expect(await lookAt(page, 'console/visits-shared-links')).toEqual([]);
    await page.getByRole('button', { name: 'Make the link' }).click();
    const link = (await page.locator('[data-link]').textContent()) ?? '';
    expect(link).toMatch(/\/shared#[0-9A-Z]{26}$/);

    const { page: reader, context, problems } = await openWatchedPage(browser);
    await reader.goto(link);
    await reader.getByRole('heading', { name: 'This link has a password' }).waitFor();
    expect(await lookAt(reader, 'console/shared-locked')).toEqual([]);
    await reader.getByRole('textbox', { name: 'Password' }).fill('nordlicht 2025');
    await reader.keyboard.press('Enter');
    await reader.getByText('This is not the password of the link.').waitFor();
    await reader.getByRole('textbox', { name: 'Password' }).fill('nordlicht 2026');
    await reader.keyboard.press('Enter');
    await reader.getByRole('heading', { name: 'Agency Kiel' }).waitFor();

    const { totals } = await figuresOf(page, { period, sites: 'main', filters: FROM_GERMANY });
    expect(totals.visits?.value).toBeGreaterThan(100);
    await shows('visits', written(totals.visits?.value), reader);
    await reader.getByText('Only visits of the segment “From Germany”').waitFor();
    expect(await reader.getByRole('navigation').count()).toBe(0);
    for (const name of [/^Website/, /as a CSV file/, 'Segments', 'Annotate', /active$/])
      expect(await reader.getByRole('button', { name }).count(), String(name)).toBe(0);
    await reader.getByRole('button', { name: 'Show only Search', exact: true }).click();
    await expect.poll(() => reader.url()).toMatch(/f=channel\*is\*search#[0-9A-Z]{26}$/);
    await reader.reload();
    await reader.getByText('Channel is Search').waitFor();
    expect(await lookAt(reader, 'console/shared')).toEqual([]);
    // Whoever reads is no member of staff, whatever they ask.
    expect(await reader.evaluate("fetch('/api/visits/house').then((answer) => answer.status)")).toBe(401);
    expect(problems).toEqual([]);

    await page.getByRole('button', { name: 'Withdraw the link Agency Kiel' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('No shared links yet.').waitFor();
    await reader.keyboard.press('w');
    await reader.getByText('Please open the link again.').first().waitFor();
    await reader.reload();
    await reader.getByText(/This link does not exist, or it was withdrawn/).waitFor();
    await context.close();
  });
});
