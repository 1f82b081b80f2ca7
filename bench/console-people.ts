/**
 * The console with 100,000 people, 1,000 batches of serials and three sites: how fast the seeded generator loads them by the vault's
 * own code, what each route of the API takes then, and how long a page takes in Chromium until it can be worked with; each beside the
 * same in the empty house, in the same run.
 *
 *   npm run bench:console-people [-- --people 100000 --batches 1000]
 *
 * About ten minutes on two cores. Recorded only at full size.
 */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inventedPerson, playPeople } from '@avow/cli/demo/play-people';
import { loadConfig } from '@avow/config/config';
import { PEOPLE_KEEPS } from '@avow/vault/people/keeps';
import { openPeople } from '@avow/vault/people/people';
import { openKeyringDatabase, openVaultDatabase } from '@avow/vault/platform/database';
import { openKeyring } from '@avow/vault/platform/keys/keyring';
import { loadMasterKey } from '@avow/vault/platform/keys/master-key';
import { shuffleTable } from '@avow/vault/platform/shuffle';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../flows/browser.ts';
import { consoleUrl, signInMember } from '../flows/console-staff.ts';
import { CONFIG, startTestHouse, type TestHouse } from '../flows/house.ts';
import { timePage, watchPages } from './page-watch.ts';
import { recordResult } from './record-result.ts';
import { type AskVault, askAsMember, percentile, timeCalls } from './staff-api.ts';

const { values: flags } = parseArgs({
  options: { people: { type: 'string', default: '100000' }, batches: { type: 'string', default: '1000' } },
});
const people = Number(flags.people);
const batches = Number(flags.batches);
const SEED = 8;
const CALLS = 50;
const PAGES = 9;
/** Whom support asks to clarify something. */
const QUESTIONS = 100;
const PURPOSE = { purpose: 'customer-service-issue', ticket: 'CS-1' };

const say = (text: string) => process.stdout.write(`${text}\n`);
const emailOf = (number: number): string => inventedPerson(SEED, number % people).person.fields.email ?? '';

type Figures = Record<string, number>;

async function load(house: TestHouse): Promise<Figures> {
  const { vaultDatabase, keyringDatabase } = house.engines.urls;
  if (!vaultDatabase || !keyringDatabase) throw new Error('this house has no databases');
  const db = openVaultDatabase(vaultDatabase, 2);
  const keyringDb = openKeyringDatabase(keyringDatabase, 4);
  try {
    const masterKey = await loadMasterKey(join(house.dataDir, 'vault', 'keys'));
    const keyring = await openKeyring({ db: keyringDb, masterKey });
    const config = await loadConfig(CONFIG);
    const vault = { config, db, keyringDb, vaultUrl: vaultDatabase, keyring, people: openPeople({ keyring }) };
    let tenth = 0;
    const began = performance.now();
    const processor = process.cpuUsage();
    const played = await playPeople(
      { ...vault, close: async () => {} },
      {
        people,
        batches,
        seed: SEED,
        signal: new AbortController().signal,
        onProgress(done, total) {
          if (Math.floor((done / total) * 10) <= tenth) return;
          tenth = Math.floor((done / total) * 10);
          say(`  loaded ${tenth * 10} % (${Math.round((performance.now() - began) / 1000)} s)`);
        },
      },
    );
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(processor);
    const rewriting = performance.now();
    for (const { table, database, shuffled } of PEOPLE_KEEPS) {
      if (shuffled) await (database === 'keyring' ? shuffleTable(keyringDb, table) : shuffleTable(db, table));
    }
    const { serials, products, holds } = played;
    return {
      loadSeconds: Math.round(seconds),
      peoplePerSecond: Math.round(people / seconds),
      // Beside PostgreSQL's: of sealing, hashing, signing and talking to it.
      loadProcessorSeconds: Math.round((user + system) / 1e6),
      rewriteSeconds: Math.round((performance.now() - rewriting) / 100) / 10,
      serials,
      products,
      holds,
    };
  } finally {
    await Promise.all([db.destroy(), keyringDb.destroy()]);
  }
}

/** Of an empty house only what needs nobody to be there. */
async function timeRoutes(ask: AskVault, full: boolean): Promise<Figures> {
  const figures: Figures = {};
  const time = async (name: string, call: (time: number) => Promise<unknown>) => {
    const { median, p95 } = await timeCalls(CALLS, call);
    const where = full ? '' : ', empty house';
    figures[`${name}${where}: median ms`] = median;
    figures[`${name}${where}: p95 ms`] = p95;
    say(`  ${name}${where}: ${median} ms, p95 ${p95} ms`);
  };
  await time('look up an unknown address', () => ask('POST /people/find', { text: 'nobody@nowhere.example' }));
  for (const route of [
    'GET /people/requests',
    'GET /people/questions',
    'GET /serials/batches',
    'GET /serials/holds',
    'GET /serials/transfers',
    'GET /serials/alarms',
    'GET /jobs',
    'GET /operations',
    'GET /operations/mails',
    'GET /audit-log',
  ]) {
    await time(route, () => ask(route));
  }
  if (!full) return figures;

  await time('look up an address', (n) => ask('POST /people/find', { text: emailOf(n * 997) }));
  const opened: { access: string; serial: string | undefined }[] = [];
  await time('open a record', async (n) => {
    const { found } = (await ask('POST /people/find', { text: emailOf(n * 991) })) as { found: { personId: string } };
    const record = await ask('POST /people/open', { personId: found.personId, ...PURPOSE });
    const { access, products } = record as { access: string; products: { serial: string }[] };
    opened.push({ access, serial: products[0]?.serial });
  });
  const one = (n: number) => opened[n % opened.length];
  await time('read a record again', (n) => ask('POST /people/record', { access: one(n)?.access }));
  const serials = opened.flatMap(({ serial }) => serial ?? []);
  await time('look up a serial', (n) => ask('POST /people/find', { text: serials[n % serials.length] }));
  await time('check a serial', (n) => ask('POST /serials/check', { serial: serials[n % serials.length] }));
  await time('correct a field', (n) =>
    ask('POST /people/corrections', { access: one(n)?.access, changes: { familyName: `Corrected ${n}` } }),
  );
  const list = (await ask('GET /serials/batches')) as { batches: { id: string }[] };
  await time('a batch', (n) => ask(`GET /serials/batches/${list.batches[(n * 7) % list.batches.length]?.id}`));
  return figures;
}

async function askQuestions(ask: AskVault): Promise<void> {
  for (let n = 1; n <= Math.min(QUESTIONS, people); n++) {
    const { found } = (await ask('POST /people/find', { text: emailOf(n * 983) })) as { found: { personId: string } };
    const { access } = (await ask('POST /people/open', { personId: found.personId, ...PURPOSE })) as { access: string };
    await ask('POST /people/questions', { access, field: 'familyName', question: 'Is the name spelt like this?' });
  }
}

async function timePages(browser: Browser, house: TestHouse, pages: Record<string, string>, where: string) {
  const figures: Figures = {};
  for (const [name, path] of Object.entries(pages)) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
    // A heading, and nothing that still loads.
    await watchPages(context, `document.querySelector('main h1') !== null && !waits()`);
    await signInMember(house, context, 'administrator', 'support', 'product', 'privacy-officer');
    const own = path === RECORD ? `/people/${await openOne(await askAsMember(context, consoleUrl(house)))}` : path;
    const taken: number[] = [];
    for (let time = -1; time < PAGES; time++) {
      const page = await context.newPage();
      const { interactive } = await timePage(page, consoleUrl(house) + own);
      if (time >= 0) taken.push(interactive);
      await page.close();
    }
    await context.close();
    figures[`page ${name}${where}: interactive, median ms`] = percentile(taken, 0.5);
    say(`  page ${name}${where}: interactive after ${percentile(taken, 0.5)} ms`);
  }
  return figures;
}

/** An access is good for whoever opened it. */
async function openOne(ask: AskVault): Promise<string> {
  const { found } = (await ask('POST /people/find', { text: emailOf(1) })) as { found: { personId: string } };
  const { access } = (await ask('POST /people/open', { personId: found.personId, ...PURPOSE })) as { access: string };
  return access;
}

const RECORD = 'record';
const LISTS = {
  people: '/people',
  batches: '/serials',
  holds: '/serials/holds',
  operations: '/operations',
  'audit log': '/audit-log',
};

const house = await startTestHouse();
const browser = await launchBrowser();
try {
  const context = await browser.newContext();
  await signInMember(house, context, 'administrator', 'support', 'product', 'privacy-officer');
  const ask = await askAsMember(context, consoleUrl(house));
  say(`The empty house (load average ${Math.round(loadavg()[0] ?? 0)})`);
  const empty = { ...(await timeRoutes(ask, false)), ...(await timePages(browser, house, LISTS, ', empty house')) };
  say(`Loading ${people.toLocaleString('en')} people and ${batches.toLocaleString('en')} batches of serials`);
  const loaded = await load(house);
  say(`  ${loaded.peoplePerSecond} people a second; all rows of persons rewritten in ${loaded.rewriteSeconds} s`);
  await askQuestions(ask);
  const full = await timeRoutes(ask, true);
  const pages = await timePages(browser, house, { ...LISTS, record: RECORD }, '');
  const figures = { people, batches, ...loaded, ...full, ...pages, ...empty };

  // How many times as long as in the empty house the slowest of the lists takes.
  const ratios = Object.keys(empty).flatMap((name) => {
    const [now, before] = [full[name.replace(', empty house', '')], empty[name]];
    return name.endsWith('median ms') && now !== undefined && before !== undefined ? [now / before] : [];
  });
  const worst = Math.round(Math.max(...ratios) * 10) / 10;
  const slowest = (of: Figures) =>
    Math.max(...Object.entries(of).flatMap(([name, ms]) => (/median ms$/.test(name) ? [ms] : [])));
  say(`slowest route ${slowest(full)} ms, slowest page ${slowest(pages)} ms, at most ${worst} times the empty house`);
  if (people >= 100_000 && batches >= 1_000) {
    await recordResult({
      name: 'console-people',
      summary: `${people.toLocaleString('en')} people and ${batches.toLocaleString('en')} batches loaded by the vault's own code in ${loaded.loadSeconds} s (${loaded.peoplePerSecond} people a second, batches included); look-up ${full['look up an address: median ms']} ms, record ${full['open a record: median ms']} ms with its look-up, all batches ${full['GET /serials/batches: median ms']} ms, slowest route ${slowest(full)} ms; slowest page can be worked with after ${slowest(pages)} ms (medians); all rows of persons rewritten in ${loaded.rewriteSeconds} s. Ratio: the list that grew most, to itself in an empty house (load average ${Math.round(loadavg()[0] ?? 0)})`,
      ratio: worst,
      figures,
    });
  }
} finally {
  await browser.close();
  await house.remove();
}
