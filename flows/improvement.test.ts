/** The Improvement Programme from the sealed report to the published page, in a house whose weeks the test moves. */
import { compare } from '@avow/cli/improvement/simulation/compare';
import { type HouseInTime, startHouseInTime } from '@avow/cli/improvement/simulation/house-in-time';
import { attack, dumpRows, type LinkageFigures } from '@avow/cli/improvement/simulation/linkage';
import { firstWeek, type Played, playWeeks } from '@avow/cli/improvement/simulation/play-weeks';
import { sendThroughRelay, sendToVault } from '@avow/cli/improvement/simulation/send';
import { type AvowConfig, loadConfig } from '@avow/config/config';
import { weekStart } from '@avow/protocol/improvement/weeks';
import { noiseBound } from '@avow/vault/improvement/noise';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { CONFIG } from './house.ts';
import { lookAt } from './look-at.ts';

const WEEKS = 5;
const now = new Date();
let config: AvowConfig;
let house: HouseInTime;
let browser: Browser;

beforeAll(async () => {
  config = await loadConfig(CONFIG);
  house = await startHouseInTime(config, now);
  await house.publish();
  browser = await launchBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await house?.stop();
}, 60_000);

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const gain = ({ guess, byOrder, byBatch }: LinkageFigures) => Math.max(byOrder, byBatch) - guess;

describe('before a week is finished', () => {
  test('the page says so, and the field list is there (S2, S3)', async () => {
    const page = await browser.newPage();
    await page.goto(`${house.edge.url}/improvement`);
    expect(await page.locator('main').textContent()).toContain('Nothing has been published yet');
    await page.getByRole('link', { name: 'What a report says, and why' }).click();
    expect(await page.locator('main').textContent()).toContain('Which application to improve first');
    expect(await lookAt(page, 'improvement/fields')).toEqual([]);
    await page.close();
  }, 120_000);
});

describe('reports that take the whole way', () => {
  test('sealed, through relay and link, some of them twice, are each counted once (S3, S4)', async () => {
    const sent = { messages: 0 };
    const played = await playWeeks({
      house,
      send: sendThroughRelay(house, config.vendor.vaultName),
      installations: 60,
      weeks: 1,
      seed: 3,
      // Apart from the weeks of the other play.
      first: firstWeek(WEEKS + 1, now),
      dummies: true,
      onSent(reports) {
        sent.messages += reports;
      },
      async onStored(week, reports) {
        const monday = weekStart(week).toISOString().slice(0, 10);
        const rows = await dumpRows(house, monday);
        const distinct = new Set(reports.map(({ bytes }) => Buffer.from(bytes).toString()));
        const told = [...distinct].map((text) => JSON.parse(text).facet);
        for (const facet of ['base', 'age', 'apps']) {
          expect(rows.filter((row) => row.facet === facet)).toHaveLength(told.filter((one) => one === facet).length);
        }
      },
    });
    expect(sent.messages).toBe(played.messages);
    expect(played.sentTwice).toBeGreaterThan(0);
  }, 240_000);
});

describe('a thousand installations over five weeks', () => {
  const attacks: Record<'all' | 'rare', LinkageFigures[]> = { all: [], rare: [] };
  let played: Played;

  beforeAll(async () => {
    played = await playWeeks({
      house,
      send: sendToVault(house),
      installations: 1_000,
      weeks: WEEKS,
      seed: 8,
      first: firstWeek(WEEKS, now),
      dummies: false,
      onSent() {},
      async onStored(week, sent) {
        const rows = await dumpRows(house, weekStart(week).toISOString().slice(0, 10));
        for (const among of ['all', 'rare'] as const) attacks[among].push(attack(rows, sent, 'age', among));
      },
    });
  }, 300_000);

  test('are told with no more off than noise can be, and every bound over four weeks holds', () => {
    const { boundsHold, weeks } = compare(played, 1);
    const noise = noiseBound(1, 1e-12);
    for (const { actives } of weeks) expect(Math.abs((actives.told ?? 0) - actives.truth)).toBeLessThanOrEqual(noise);
    expect(boundsHold).toBe(true);
    expect(weeks.filter(({ distinct }) => distinct !== null).length).toBeGreaterThanOrEqual(2);
  });

  test('cannot be told apart by somebody who has the store: no better than by guessing (S4)', () => {
    for (const figures of attacks.all) expect(gain(figures)).toBeLessThanOrEqual(0.01);
    // The same attack succeeds where reports lie as they came.
    const control = attacks.rare.map(({ guess, inTheOrderOfArrival }) => inTheOrderOfArrival - guess);
    expect(mean(control)).toBeGreaterThan(0.1);
  });

  test('leave no report behind when their weeks are finished (S3)', async () => {
    const { db, clickhouse } = house.vault;
    const answer = await clickhouse?.query({
      query: 'SELECT count() AS n FROM improvement_reports',
      format: 'JSONEachRow',
    });
    expect(await answer?.json()).toEqual([{ n: '0' }]);
    for (const table of ['improvement_nonces', 'improvement_waiting', 'improvement_batches'] as const) {
      expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
  });

  test('are published in tables without a number below 50, which a page shows on a desk and on a phone (U1)', async () => {
    const page = await browser.newPage();
    await page.goto(`${house.edge.url}/improvement?lang=de`);
    const text = await page.locator('main').textContent();
    expect(text).toContain('Installationen, die berichtet haben');
    expect(text).toContain('Deutschland');
    expect(await lookAt(page, 'improvement/learnt')).toEqual([]);
    const csv = await (await page.request.get(`${house.edge.url}/improvement/tables.csv`)).text();
    const numbers = csv
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',').at(-1) ?? '');
    const counts = numbers.filter((number) => /^\d+$/.test(number)).map(Number);
    expect(counts.length).toBeGreaterThan(50);
    expect(Math.min(...counts.filter((count) => count > 0))).toBeGreaterThanOrEqual(50);
    expect(counts.every((count) => count % 5 === 0)).toBe(true);
    await page.close();
  }, 120_000);

  test('give the same page again: noise is drawn once (U1)', async () => {
    const tables = async () => (await house.improvement.documents()).find(({ name }) => name === 'improvement-tables');
    const before = await tables();
    expect(before).toBeDefined();
    await house.improvement.finishWeeks();
    await house.publish();
    expect(await tables()).toEqual(before);
  });
});
