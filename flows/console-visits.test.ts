import type { Browser, Page } from 'playwright-core';
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
  [house, browser] = await Promise.all([startVisitsHouse(45), launchBrowser()]);
  watched = await openWatchedPage(browser);
  page = watched.page;
  await signInMember(house, watched.context, 'analyst');
}, 240_000);
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});

const LOOK_MS = 120_000;
const period = 'last 30 days';

async function open(search = ''): Promise<void> {
  await page.goto(`${consoleUrl(house)}/visits${search}`);
  await page.locator('[data-headline="visitors"]').waitFor();
}

const shows = (metric: string, figure: string) => expect.poll(() => headline(page, metric)).toBe(figure);

describe('the screen of visits', () => {
  test('shows the figures that the API tells; it asks for each once, and before its own code is there', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    const figuresAsked = page.waitForRequest('**/api/visits/query');
    await page.route('**/assets/index-*.js', async (route) => {
      await figuresAsked;
      await route.continue();
    });
    await open();
    await page.getByRole('table', { name: 'Pages: All' }).waitFor();
    await page.unroute('**/assets/index-*.js');
    const first = ['GET /api/session', 'GET /api/visits/house', 'GET /api/visits/saved'];
    for (const question of [...first, 'POST /api/visits/query', 'POST /api/visits/screen']) {
      expect(asked.filter((request) => request === question)).toEqual([question]);
    }

    const { totals } = await figuresOf(page, { period });
    expect(totals.visits?.value).toBeGreaterThan(3000);
    for (const metric of ['visitors', 'visits', 'pageViews']) await shows(metric, written(totals[metric]?.value));
    await shows('bounceRate', `${Math.round((totals.bounceRate?.value ?? 0) * 100)}%`);
    const sites = page.getByRole('region', { name: 'Websites' }).getByRole('row');
    expect(await sites.count()).toBe(4);
    expect(watched.problems).toEqual([]);
    expect(await watched.layoutShift()).toBeLessThan(0.02);
  });

  test('reads well: light, dark, on a desk, on a phone', { timeout: LOOK_MS }, async () => {
    await open('?site=main');
    await page.locator('[data-country="DE"][data-step]').waitFor();
    expect(await lookAt(page, 'console/visits')).toEqual([]);
    await page.getByRole('button', { name: 'Why this number: Bounce rate' }).click();
    await page.getByText('/* visits.totals */').first().waitFor();
    await page.getByText(/taken for programs/).waitFor();
    expect(await lookAt(page, 'console/visits-why')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(watched.problems).toEqual([]);
  });

  test('filters by what is clicked; the address has it, and back takes it away', async () => {
    await open('?site=main');
    const before = await figuresOf(page, { period, sites: 'main' });
    await shows('visits', written(before.totals.visits?.value));
    await page.getByRole('button', { name: 'Show only Search', exact: true }).click();
    await expect.poll(() => page.url()).toContain('f=channel*is*search');
    const filters = JSON.stringify([{ dimension: 'channel', operator: 'is', values: ['search'] }]);
    const after = await figuresOf(page, { period, sites: 'main', filters });
    expect(after.totals.visits?.value).toBeLessThan(before.totals.visits?.value ?? 0);
    await shows('visits', written(after.totals.visits?.value));
    await page.getByText('Channel is Search').waitFor();

    await page.reload();
    await shows('visits', written(after.totals.visits?.value));
    await page.goBack();
    await shows('visits', written(before.totals.visits?.value));
    expect(await page.locator('[data-filter]').count()).toBe(0);

    await page.getByRole('button', { name: 'Leave out Search', exact: true }).click();
    await page.getByText('Channel is not Search').waitFor();
    const without = await figuresOf(page, { period, sites: 'main', filters: filters.replace('"is"', '"is not"') });
    await shows('visits', written(without.totals.visits?.value));
    await page.getByRole('button', { name: 'Remove the filter Channel is not Search' }).click();
    await shows('visits', written(before.totals.visits?.value));
  });

  test('compares with the time before, or not', async () => {
    await open('?site=main&period=7d');
    const { totals } = await figuresOf(page, { period: 'last 7 days', sites: 'main', compare: 'previous period' });
    const { value, compared } = totals.visits ?? {};
    const change = Math.round((((value ?? 0) - (compared?.value ?? 0)) / (compared?.value ?? 1)) * 100);
    const told = page.locator('[data-headline="visits"] > span:nth-child(3)');
    await expect.poll(() => told.textContent()).toContain(change === 0 ? 'As before' : `${Math.abs(change)} %`);
    await page.keyboard.press('x');
    await expect.poll(() => page.url()).toContain('compare=none');
    await expect.poll(() => told.count()).toBe(0);
    await expect.poll(() => page.locator('[data-series="before"]').getAttribute('d')).toBe('');
  });

  test('tells days and hours of the zone that the reader chooses, which the address has', async () => {
    const zone = 'America/New_York';
    await open('?site=main&period=7d');
    const ofHouse = await figuresOf(page, { period: 'last 7 days', sites: 'main' });
    await shows('visits', written(ofHouse.totals.visits?.value));
    await page.getByRole('button', { name: `Days and hours of ${ofHouse.timeZone}` }).click();
    const choice = page.getByRole('combobox', { name: 'Time zone' });
    await choice.fill('new_york');
    await page.getByRole('option', { name: zone }).click();
    await page.getByRole('button', { name: `Days and hours of ${zone}` }).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('zone')).toBe(zone);
    const there = await figuresOf(page, { period: 'last 7 days', sites: 'main', timeZone: zone, granularity: 'day' });
    expect(there.totals).not.toEqual(ofHouse.totals);
    await shows('visits', written(there.totals.visits?.value));
    await page.getByRole('button', { name: 'Show as table' }).click();
    const days = page.getByRole('group', { name: 'Figures' }).getByRole('row');
    await expect.poll(() => days.nth(3).textContent()).toContain(written(there.rows[2]?.figures.visits?.value));
    expect(await page.getByRole('note').count()).toBe(0);

    // Half an hour apart: no hour of the house begins at midnight there.
    await open('?site=main&period=7d&zone=Asia%2FKolkata');
    await page.getByRole('note').getByText('the hour over midnight counts to the day in which it begins').waitFor();
    await open('?site=main&period=7d&zone=Nowhere%2FAtlantis');
    await shows('visits', written(ofHouse.totals.visits?.value));
    expect(watched.problems).toEqual([]);
  });

  test('draws what is not over yet as dashes, and what is withheld as hatches, never as zero', async () => {
    // Yesterday: today may be minutes old.
    await open('?site=labs&period=yesterday&f=country*is*DE');
    const filters = JSON.stringify([{ dimension: 'country', operator: 'is', values: ['DE'] }]);
    const hours = await figuresOf(page, { period: 'yesterday', sites: 'labs', filters, granularity: 'hour' });
    const withheld = hours.rows.filter(({ figures }) => figures.visitors?.suppressed).length;
    expect(withheld).toBeGreaterThan(0);
    await expect.poll(() => page.locator('rect[data-suppressed]').count()).toBe(withheld);
    await page.getByText('Hatched: fewer than 10 visitors, so not shown.').waitFor();
    await page.getByRole('region', { name: 'Pages' }).getByText('fewer than 10').first().waitFor();

    await open('?site=main&period=12mo');
    const dashed = page.locator('[data-series="open"]');
    await expect.poll(() => dashed.getAttribute('d')).toMatch(/^M[\d.]+,[\d.]+L[\d.]+,[\d.]+$/);
    const style = `getComputedStyle(document.querySelector('[data-series="open"]')).strokeDasharray`;
    expect(await page.evaluate(style)).toMatch(/px/);
  });

  test('opens lists in full, searches them, and shows which pages come before and after', {
    timeout: LOOK_MS,
  }, async () => {
    await open('?site=main');
    await page.getByRole('button', { name: 'All of All', exact: true }).click();
    const list = page.getByRole('dialog');
    await list.getByRole('row').nth(10).waitFor();
    expect(await lookAt(page, 'console/visits-list')).toEqual([]);
    await list.getByLabel('Search').fill('suite/vid');
    await expect.poll(() => list.getByRole('row').count()).toBe(2);
    await list.getByRole('button', { name: 'Show only /suite/video' }).click();
    await page.getByText('Page is /suite/video').waitFor();
    await list.waitFor({ state: 'hidden' });
    await page.keyboard.press('c');
    await expect.poll(() => page.locator('[data-filter]').count()).toBe(0);

    await page.getByRole('button', { name: 'Before and after /pricing' }).click();
    const journey = page.getByRole('dialog');
    await journey.getByText('The visit began here').waitFor();
    expect(await lookAt(page, 'console/visits-journey')).toEqual([]);
    await journey.getByRole('button', { name: '/suite', exact: true }).first().click();
    await expect.poll(() => page.url()).toContain('page=%2Fsuite');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.url()).not.toContain('page=');
    expect(watched.problems).toEqual([]);
  });
});

describe('with the keyboard alone', () => {
  test('periods have their keys, which the sheet tells', async () => {
    await open('?site=main');
    for (const [key, name] of [
      ['d', 'today'],
      ['w', '7d'],
      ['m', 'month'],
      ['y', '12mo'],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => page.url()).toContain(`period=${name}`);
    }
    await page.keyboard.press('r');
    await expect.poll(() => page.url()).toContain('view=now');
    await page.keyboard.press('r');
    await expect.poll(() => page.url()).not.toContain('view=now');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Compare, or do not').waitFor();
    await page.keyboard.press('Escape');
  });

  test('the graph is read and a part of it chosen', async () => {
    await open('?site=main&period=7d');
    const graph = page.getByRole('application', { name: /Visitors over time/ });
    await graph.focus();
    await page.keyboard.press('End');
    await graph.getByText('not over yet').waitFor();
    await page.keyboard.press('ArrowLeft');
    const { rows } = await figuresOf(page, { period: 'last 7 days', sites: 'main', granularity: 'day' });
    await graph.getByText(written(rows[5]?.figures.visitors?.value), { exact: true }).first().waitFor();
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain(`from=${rows[3]?.time}&to=${rows[5]?.time}`);
  });

  test('a filter is set', async () => {
    await open('?site=main');
    await page.keyboard.press('/');
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement?.tagName')).toBe('INPUT');
    await page.keyboard.type('/pricing');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Filter', exact: true }).last().focus();
    await page.keyboard.press('Enter');
    await page.getByText('Page is /pricing').waitFor();
  });

  test('the mouse chooses a part of the graph, too', async () => {
    await open('?site=main&period=7d');
    const box = await page.locator('svg[data-metric]').boundingBox();
    if (!box) throw new Error('there is no graph');
    await page.mouse.move(box.x + box.width * 0.4, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 100, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.url()).toMatch(/from=\d{4}-\d{2}-\d{2}&to=\d{4}-\d{2}-\d{2}/);
  });
});

describe('right now', () => {
  const AGENT = (version: number) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;

  async function visit(version: number): Promise<void> {
    const answer = await fetch(`${house.publicUrl}/collect`, {
      method: 'POST',
      headers: {
        'content-type': 'text/plain',
        'user-agent': AGENT(version),
        'accept-language': 'de',
        'accept-encoding': 'gzip',
        origin: house.publicUrl,
      },
      body: JSON.stringify({
        i: Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('base64url'),
        u: `${house.publicUrl}/just-now`,
      }),
    });
    expect(answer.status).toBe(202);
  }

  test('shows a visit that was just made, and agrees with the day', { timeout: LOOK_MS }, async () => {
    await open('?site=main&view=now').catch(() => {});
    const today = page.locator('[data-today="pageViews"]');
    await today.waitFor();
    for (let version = 120; version < 132; version += 1) await visit(version);
    const row = page.getByRole('row', { name: /\/just-now/ });
    await row.getByText('12', { exact: true }).waitFor();
    await visit(140);
    await row.getByText('13', { exact: true }).waitFor();
    const { totals } = await figuresOf(page, { period: 'today', sites: 'main' });
    await expect.poll(() => today.textContent()).toContain(written(totals.pageViews?.value));
    expect(await lookAt(page, 'console/visits-now')).toEqual([]);
  });
});
