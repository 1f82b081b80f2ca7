/** The Control Center in a real Chromium: taking part, seeing what leaves, leaving (S2, S3, S5). */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPageFiles } from '@avow/control-center/page-files';
import { type ControlCenter, startControlCenter } from '@avow/control-center/server';
import { createTestSuite, createVendor, type TestSuite, type TestVendor } from '@avow/sdk/test-suite';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { overflowOf, violationsOn } from './accessibility.ts';
import { launchBrowser } from './browser.ts';
import { openLocal } from './local-window.ts';
import { type ReportRelay, startReportRelay } from './report-relay.ts';

const PICTURES = join(import.meta.dirname, '../artefacts/control-center');

let browser: Browser;
let vendor: TestVendor;
let relay: ReportRelay;
let machine: TestSuite;
let center: ControlCenter;

beforeAll(async () => {
  browser = await launchBrowser();
  await mkdir(PICTURES, { recursive: true });
});
beforeEach(async () => {
  vendor = createVendor();
  relay = await startReportRelay(vendor);
  machine = createTestSuite(vendor, relay.url);
  center = await startControlCenter({ suite: machine.suite, files: await readPageFiles() });
});
afterEach(async () => {
  await center.close();
  machine.remove();
  await relay.close();
});
afterAll(() => browser.close());

const open = (url: string, options?: Parameters<typeof openLocal>[2]) => openLocal(browser, url, options);

/** A week in which the person took part, and its messages waiting. */
async function takePartForAWeek(): Promise<void> {
  await machine.suite.turnOn(1);
  machine.setTime('2026-11-12T20:00:00Z');
  for (let start = 0; start < 5; start++) machine.suite.countStart('photo');
  machine.setTime('2026-11-16T07:00:00Z');
  await machine.suite.wake();
}

/** Wakes every two hours from the 17th on, until nothing waits. */
async function sendAll(): Promise<void> {
  for (let hours = 0; hours < 200; hours += 2) {
    machine.setTime(new Date(Date.parse('2026-11-17T07:00:00Z') + hours * 3_600_000).toISOString());
    if ((await machine.suite.wake()).waiting === 0) return;
  }
}

describe('the person', () => {
  test('is asked with two answers of equal weight, and nothing is chosen beforehand (S2)', async () => {
    const { page } = await open(center.url);
    await page.waitForSelector('#turn-on');
    const [on, off] = await Promise.all(['#turn-on', '#turn-off'].map((id) => page.locator(id).boundingBox()));
    expect(on?.height).toBe(off?.height);
    const style = (id: string) =>
      page.evaluate(
        `(({ color, backgroundColor, borderColor, fontSize, fontWeight }) =>
          [color, backgroundColor, borderColor, fontSize, fontWeight])(getComputedStyle(document.querySelector('${id}')))`,
      );
    expect(await style('#turn-on')).toEqual(await style('#turn-off'));
    expect(machine.suite.keptFiles()).toEqual([]);
    await page.click('#turn-off');
    await page.waitForSelector('.told.good');
    expect((await machine.suite.participation()).choice).toBe('off');
  });

  test('sees what would be told and why, before deciding (S3)', async () => {
    const { page } = await open(center.url);
    const text = await page.locator('#programme').textContent();
    for (const words of [
      'Product and system',
      'When it was installed',
      'Which applications',
      'How often',
      'To plan.',
    ]) {
      expect(text).toContain(words);
    }
  });

  test('sees every message exactly as it leaves, and afterwards exactly what left', async () => {
    await takePartForAWeek();
    const { page } = await open(center.url);
    await page.waitForSelector('#next pre', { state: 'attached' });
    const shown = await page.locator('#next pre').allTextContents();
    expect(shown.filter((body) => body.includes('2026-W46'))).toHaveLength(16);
    await sendAll();
    expect(relay.opened).toHaveLength(16);
    await page.reload();
    await page.waitForSelector('#sent pre');
    const sent = await page.locator('#sent pre').allTextContents();
    expect(sent.toSorted()).toEqual(relay.opened.toSorted());
    expect(shown).toEqual(expect.arrayContaining(sent));
    expect(await page.locator('#sent .standing.on').textContent()).toContain('16 messages. The record is complete.');
  });

  test('stops, and it takes effect at once: nothing is left to be sent, nothing leaves any more (S5)', async () => {
    await takePartForAWeek();
    const { page } = await open(center.url);
    await page.click('#turn-off');
    await page.waitForSelector('.told.good');
    expect(
      machine.suite
        .keptFiles()
        .map(({ kind }) => kind)
        .toSorted(),
    ).toEqual(['decision', 'sent-log']);
    const before = relay.requests.length;
    machine.setTime('2026-11-21T07:00:00Z');
    machine.suite.countStart('photo');
    expect(await machine.suite.wake()).toMatchObject({ sent: 0, held: 'not-taking-part' });
    expect(relay.requests.length).toBe(before);
    expect(await page.locator('#next').textContent()).toContain('you do not take part');
  });

  test('is asked anew when the list has become longer, and nothing is counted until then', async () => {
    await takePartForAWeek();
    const [first] = vendor.log;
    await vendor.publish({
      fieldList: 2,
      charts: [
        ...(first?.charts ?? []),
        {
          id: 'more',
          facet: 'starts',
          title: { en: 'More', de: 'Mehr' },
          why: { en: 'To know more.', de: 'Um mehr zu wissen.' },
        },
      ],
    });
    await sendAll();
    const { page } = await open(center.url);
    await page.waitForSelector('#turn-on');
    expect(await page.locator('#programme').textContent()).toContain('has become longer since you agreed');
    await page.click('#turn-on');
    await page.waitForSelector('.told.good');
    expect((await machine.suite.participation()).decision?.fieldList).toBe(2);
  });

  test('has the record deleted, and everything forgotten, after being told what goes and what stays', async () => {
    await takePartForAWeek();
    await sendAll();
    const { page } = await open(center.url);
    await page.click('#delete-log');
    expect(await page.locator('#sent .confirm').textContent()).toContain('nobody knows which messages are yours');
    await page.getByRole('button', { name: 'Yes, delete the record' }).click();
    await page.waitForSelector('#sent .told.good');
    expect(machine.suite.sentLog().entries).toEqual([]);
    await page.click('#forget');
    await page.getByRole('button', { name: 'Yes, forget everything' }).click();
    await page.waitForSelector('#kept .told.good');
    expect(machine.suite.keptFiles()).toEqual([]);
    expect((await machine.suite.participation()).choice).toBe('undecided');
  });

  test('sees a record that somebody changed as changed', async () => {
    await takePartForAWeek();
    await sendAll();
    const log = await readFile(machine.home.log, 'utf8');
    await writeFile(machine.home.log, log.replace('2026-11-1', '2026-10-1'));
    const { page } = await open(center.url);
    expect(await page.locator('#sent .standing.bad').textContent()).toContain('The record was changed: line 2');
    expect(await page.locator('#sent').textContent()).not.toContain('The record is complete');
  });

  test('is told in another colour, and as an alert, that a receipt is not genuine', async () => {
    const { page } = await open(center.url);
    await page.fill('#receipt', '{"claims":{},"signature":""}');
    await page.locator('#registration form button[type=submit]').last().click();
    const told = page.locator('#registration .told.bad[role=alert]');
    await told.waitFor();
    expect(await told.textContent()).toContain('no receipt that the makers have signed');
    expect(machine.suite.registration()).toBeNull();
  });

  test('is told what is in the way where an administrator, or DO_NOT_TRACK, has switched it off', async () => {
    const other = await startControlCenter({
      suite: machine.again({ env: { HOME: '/home/ada', DO_NOT_TRACK: '1' } }),
      files: await readPageFiles(),
    });
    const { page } = await open(other.url);
    await page.waitForSelector('#turn-on');
    expect(await page.locator('#turn-on').isDisabled()).toBe(true);
    expect(await page.locator('#programme').textContent()).toContain('DO_NOT_TRACK is set');
    await other.close();
  });
});

describe('the page', () => {
  test.each([
    ['en-GB', false, 1280],
    ['en-GB', true, 1280],
    ['de-DE', false, 390],
    ['de-DE', true, 390],
  ] as const)(
    '%s, dark: %s, %i px: is whole, quiet and accessible, and asks nobody else',
    async (locale, dark, width) => {
      await takePartForAWeek();
      machine.setTime('2026-11-17T07:00:00Z');
      await machine.suite.wake();
      const { page, complaints, asked } = await open(center.url, { locale, dark, width });
      await page.waitForSelector('#kept');
      expect(await violationsOn(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await page.screenshot({
        path: join(PICTURES, `${locale}-${dark ? 'dark' : 'light'}-${width}.png`),
        fullPage: true,
      });
      expect(complaints).toEqual([]);
      const origin = new URL(center.url).origin;
      expect(asked.filter((address) => new URL(address).origin !== origin)).toEqual([]);
    },
  );

  test('is used with the keyboard alone', async () => {
    const { page } = await open(center.url);
    await page.waitForSelector('#turn-on');
    for (let presses = 0; presses < 12; presses++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate("document.activeElement?.id === 'turn-on'")) break;
    }
    await page.keyboard.press('Enter');
    await page.waitForSelector('.told.good:focus');
    expect((await machine.suite.participation()).choice).toBe('on');
  });

  test('works again after a reload, and not in a second window: the token is good for one', async () => {
    const { page } = await open(center.url);
    await page.waitForSelector('#turn-on');
    expect(page.url()).not.toContain('#');
    await page.reload();
    await page.waitForSelector('#turn-on');
    const second = await open(center.url);
    await second.page.waitForSelector('[role=alert]');
    expect(await second.page.locator('main').textContent()).toContain('no longer connected');
  });
});
