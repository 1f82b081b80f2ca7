/** The frame's parts, each in every state. Pages reach some of them only when something fails. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { lookAt } from './look-at.ts';
import { openWatchedPage } from './watched-page.ts';

const ROOT = fileURLToPath(new URL('../console/specimens', import.meta.url));
/** Built as the console is, for the same browsers. */
const CONFIG = fileURLToPath(new URL('../console/vite.config.ts', import.meta.url));
let browser: Browser;
let server: PreviewServer;
let outDir: string;
let url: string;

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'avow-specimens-'));
  const common = { root: ROOT, configFile: CONFIG, logLevel: 'error' } as const;
  await build({ ...common, build: { outDir, emptyOutDir: true } });
  server = await preview({ ...common, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  url = server.resolvedUrls?.local[0] ?? '';
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(outDir, { recursive: true, force: true });
});

test('every state looks right in light and dark, on desk and phone', async () => {
  const { page, context, problems, layoutShift } = await openWatchedPage(browser);
  await page.goto(url);
  await page.getByRole('heading', { name: 'Suppressed' }).waitFor();
  expect(await layoutShift()).toBeLessThan(0.02);
  expect(await lookAt(page, 'console/specimens')).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
}, 60_000);

test('a panel keeps its size while it loads, and never shows zero for what is withheld', async () => {
  const { page, context } = await openWatchedPage(browser);
  await page.goto(url);
  const panel = (name: string) => page.getByRole('region', { name, exact: true });
  const heights = await Promise.all(
    ['Ready', 'Loading', 'Empty', 'Failed', 'Suppressed'].map(
      async (name) => (await panel(name).boundingBox())?.height,
    ),
  );
  expect(new Set(heights).size).toBe(1);
  expect(await panel('Suppressed').textContent()).toContain('fewer than 10');
  expect(await panel('Suppressed').textContent()).not.toMatch(/\b0\b/);
  await panel('Failed').getByRole('button', { name: 'Try again' }).waitFor();
  expect(await panel('Partial').textContent()).toContain('One of two sites is away.');
  await context.close();
});

test('of a long list only what is looked at is drawn', async () => {
  const { page, context } = await openWatchedPage(browser);
  await page.goto(url);
  const list = page.getByRole('region', { name: 'A long list' });
  const drawn = () => list.locator('tbody tr[data-row]').count();
  expect(await drawn()).toBeLessThan(60);
  expect(await list.getByRole('table').getAttribute('aria-rowcount')).toBe('5001');
  await list.getByRole('group').evaluate((group) => group.scrollTo(0, 1_000_000));
  await list.getByText('Row 5000', { exact: true }).waitFor();
  expect(await drawn()).toBeLessThan(60);
  await context.close();
});

test('what destroys asks for the name', async () => {
  const { page, context } = await openWatchedPage(browser);
  await page.goto(url);
  await page.getByRole('button', { name: 'Remove a thing' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove this thing' });
  const button = dialog.getByRole('button', { name: 'Remove it' });
  expect(await button.isDisabled()).toBe(true);
  await dialog.getByLabel('Type thing to confirm').fill('thing');
  await button.click();
  await expect.poll(() => dialog.count()).toBe(0);
  await context.close();
});
