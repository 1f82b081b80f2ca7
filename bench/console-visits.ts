/**
 * How long the screen of visits takes from the start of the navigation: first paint, headline figures and graph, everything; the
 * real console in Chromium, signed in as an analyst, over a vault with so many million page views. With an empty browser cache and
 * with what an earlier visit left there; 30 days and 12 months.
 *
 *   npm run bench:console-visits -- --millions 50 [--folder <kept between runs>] [--times 9]
 */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startHouse } from '@avow/cli/house/start-house';
import { loadConfig } from '@avow/config/config';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from '../flows/browser.ts';
import { consoleUrl, signInMember } from '../flows/console-staff.ts';
import { fillVisits } from './fill-visits.ts';
import { type PageTimes, timePage, watchPages } from './page-watch.ts';
import { recordResult } from './record-result.ts';

const { values: flags } = parseArgs({
  options: {
    millions: { type: 'string', default: '1' },
    folder: { type: 'string' },
    times: { type: 'string', default: '9' },
  },
});
const millions = Number(flags.millions);
const times = Number(flags.times);
const configFile = join(import.meta.dirname, 'keep-a-year.config.ts');

const PERIODS = { '30 days': '/visits', '12 months': '/visits?period=12mo' } as const;
const SHOWN = `document.querySelectorAll('[data-headline] > span:nth-child(2)').length >= 4 && document.querySelector('svg[data-metric] path') !== null`;

const say = (text: string) => process.stdout.write(`${text}\n`);
const round = (value: number) => Math.round(value * 10) / 10;
const middleOf = (values: readonly number[]) =>
  round(values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN);

const kept = flags.folder;
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'avow-bench-')));
const dataDir = join(folder, `${millions}-million`);
await mkdir(dataDir, { recursive: true });
// As root, PostgreSQL runs as a user of its own, who has to get into the folder.
await Promise.all([folder, dataDir].map((one) => chmod(one, 0o711)));
const config = await loadConfig(configFile);
await fillVisits(dataDir, { millions, config, say });

const log: string[] = [];
const house = await startHouse({
  config,
  configFile,
  dataDir,
  parts: ['vault'],
  vaultPort: 0,
  env: { AVOW_RATE_LIMITS: 'off' },
  onLog: (source, line) => log.push(`${source} ${line}`),
});
const testHouse = Object.assign(house, { dataDir, vaultName: config.vendor.vaultName, log, remove: house.stop });

async function openContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  await watchPages(context, SHOWN);
  await signInMember(testHouse, context, 'analyst');
  return context;
}

async function measure(browser: Browser, path: string, cold: boolean): Promise<PageTimes[]> {
  const all: PageTimes[] = [];
  let context = await openContext(browser);
  // The first one is not counted: what the engine keeps of an earlier question is what somebody finds who works here every day.
  for (let time = 0; time <= times; time++) {
    const page = await context.newPage();
    const taken = await timePage(page, consoleUrl(testHouse) + path);
    if (time > 0) all.push(taken);
    await page.close();
    if (!cold) continue;
    await context.close();
    context = await openContext(browser);
  }
  await context.close();
  return all;
}

const figures: Record<string, number> = { millions };
const browser = await launchBrowser();
try {
  for (const [period, path] of Object.entries(PERIODS)) {
    for (const cold of [true, false]) {
      const all = await measure(browser, path, cold);
      const name = `${period}, ${cold ? 'cold' : 'warm'}`;
      for (const key of ['firstPaint', 'shown', 'interactive', 'complete', 'layoutShift'] as const) {
        figures[`${name}: ${key}`] = middleOf(all.map((one) => one[key]));
      }
      say(
        `${name}: first paint ${figures[`${name}: firstPaint`]}, figures and graph ${figures[`${name}: shown`]}, interactive ${figures[`${name}: interactive`]}, everything ${figures[`${name}: complete`]} ms`,
      );
    }
  }
} finally {
  await browser.close();
  await house.stop();
  if (kept === undefined) await rm(folder, { recursive: true, force: true });
}

const at = (name: string): number => figures[name] ?? Number.NaN;
const both = (key: keyof PageTimes, cache: string): string =>
  Object.keys(PERIODS)
    .map((period) => at(`${period}, ${cache}: ${key}`))
    .join(' and ');
if (times >= 9)
  await recordResult({
    name: 'console-visits',
    summary: `the screen of visits over ${millions} million page views, from the start of the navigation, 30 days and 12 months: figures and graph there and the page answering after ${both('interactive', 'cold')} ms with an empty browser cache, ${both('interactive', 'warm')} ms with a used one; everything after ${both('complete', 'cold')} ms and ${both('complete', 'warm')} ms; first paint ${both('firstPaint', 'warm')} ms (medians of ${times}; load average ${round(loadavg()[0] ?? 0)}). Ratio: interactive to first paint, 30 days, used cache`,
    ratio: round(at('30 days, warm: interactive') / at('30 days, warm: firstPaint')),
    figures,
  });
