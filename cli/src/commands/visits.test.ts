/** The commands as an operator runs them, on real databases; an import is killed for real. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { zstdDecompressSync } from 'node:zlib';
import { type AvowConfig, loadConfig } from '@avow/config/config';
import { type EdgeDatabase, openEdgeDatabase } from '@avow/edge/platform/database';
import { silentLog } from '@avow/edge/platform/log';
import { migrateEdge } from '@avow/edge/platform/migrate';
import { createTestClickHouse, createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import type { VisitBatch, VisitEvent } from '@avow/protocol/visits';
import { migrateClickHouse, openClickHouse } from '@avow/vault/platform/clickhouse';
import { openTestVault, type TestVault } from '@avow/vault/test-vault';
import { createActiveVisits } from '@avow/vault/visits/active-visits';
import { createVisitReceiver } from '@avow/vault/visits/receive-batch';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClickHouse } from '../open-clickhouse.ts';
import { demoCommand } from './demo.ts';
import { visitsCommand } from './visits.ts';

const CONFIG = path.join(import.meta.dirname, '../../../examples/vendor/avow.config.ts');
const AVOW = path.join(import.meta.dirname, '../avow.ts');

let database: TestDatabase;
let engine: TestDatabase;
let db: EdgeDatabase;
let vault: TestVault;
let clickhouse: ClickHouse;
let config: AvowConfig;
let folder: string;
let said: string[];

beforeAll(async () => {
  [database, engine, vault, config, folder] = await Promise.all([
    createTestDatabase(),
    createTestClickHouse(),
    openTestVault(createTestDatabase),
    loadConfig(CONFIG),
    mkdtemp(path.join(tmpdir(), 'avow-visits-')),
  ]);
  db = openEdgeDatabase(database.url, { connections: 4 });
  clickhouse = openClickHouse(engine.url);
  await Promise.all([migrateEdge(db), migrateClickHouse(clickhouse)]);
}, 60_000);
beforeEach(async () => {
  said = [];
  const keep = (text: unknown) => {
    said.push(String(text));
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  await db.deleteFrom('spool_items').execute();
  await db.deleteFrom('visit_imports').execute();
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await Promise.all([db.destroy(), clickhouse.close(), vault.close(), rm(folder, { recursive: true })]);
  await Promise.all([database.drop(), engine.drop()]);
});

const context = {
  openEdge: async () => ({ config, db, close: async () => {} }),
  openVault: async () => {
    const { db, keyringDb, vaultUrl, keyring, people } = vault;
    return { config, db, keyringDb, vaultUrl, keyring, people, close: async () => {} };
  },
  openFigures: async () => ({ clickhouse, close: async () => {} }),
};
const visits = (...args: string[]) => visitsCommand(context).exitOverride().parseAsync(args, { from: 'user' });

function spooled(): Promise<{ id: string; body: Buffer }[]> {
  return db.selectFrom('spool_items').select(['id', 'body']).execute();
}

async function hasSpooled(): Promise<boolean> {
  return (await db.selectFrom('spool_items').select('id').limit(1).execute()).length > 0;
}

const eventsOf = (items: readonly { body: Buffer }[]): VisitEvent[] =>
  items.flatMap(({ body }) => (JSON.parse(zstdDecompressSync(body).toString()) as VisitBatch).events);

/** The vault's own way of storing, without the link between. */
async function drain(): Promise<void> {
  const receiver = createVisitReceiver({
    db: vault.db,
    clickhouse,
    active: createActiveVisits(() => new Date()),
    siteIds: config.sites.map(({ id }) => id),
    timeZone: config.timeZone,
    clock: () => new Date(),
    log: silentLog,
  });
  await receiver.receive(await spooled(), 'edge');
}

const DAY_MS = 86_400_000;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Ten days ago; one visitor every second, two pages each. */
function writeLog(name: string, visitors: number): Promise<string> {
  const start = Math.floor(Date.now() / DAY_MS) * DAY_MS - 10 * DAY_MS + 8 * 3_600_000;
  const lines: string[] = [];
  for (let n = 0; n < visitors * 2; n += 1) {
    const at = new Date(start + n * 500).toISOString();
    const time = `${at.slice(8, 10)}/${MONTHS[Number(at.slice(5, 7)) - 1]}/${at.slice(0, 4)}:${at.slice(11, 19)} +0000`;
    const address = `203.0.113.${(n >> 1) % 200}`;
    const userAgent = `Mozilla/5.0 (X11; Linux x86_64; rv:${1 + (n >> 1)}.0) Gecko/20100101 Firefox/${1 + (n >> 1)}.0`;
    lines.push(`${address} - - [${time}] "GET /p${n % 2} HTTP/1.1" 200 9 "-" "${userAgent}"`);
  }
  const file = path.join(folder, name);
  return writeFile(file, lines.join('\n')).then(() => file);
}

describe('avow visits', () => {
  test('import that is killed and run again counts everything once', async () => {
    const visitors = 5_000;
    const file = await writeLog('killed.log', visitors);
    const start = () =>
      spawn(process.execPath, [AVOW, '--config', CONFIG, 'visits', 'import', '--site', 'main', '--json', file], {
        env: { ...process.env, EDGE_DATABASE_URL: database.url },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    const killed = start();
    const gone = new Promise((done) => killed.once('exit', done));
    while (!(await hasSpooled()) && killed.exitCode === null) await setTimeout(5);
    killed.kill('SIGKILL');
    await gone;
    const before = eventsOf(await spooled()).length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(visitors * 2);

    const again = start();
    const told: Buffer[] = [];
    again.stdout.on('data', (chunk: Buffer) => told.push(chunk));
    expect(await new Promise((done) => again.once('exit', done))).toBe(0);
    expect(JSON.parse(Buffer.concat(told).toString())).toMatchObject({ resumedAfter: before, saltLost: false });
    const events = eventsOf(await spooled());
    expect(events).toHaveLength(visitors * 2);
    expect(new Set(events.map(({ id }) => id)).size).toBe(visitors * 2);
    expect(new Set(events.map(({ visit }) => visit)).size).toBe(visitors);
  }, 60_000);

  test('import, query, export, rebuild and retention agree on what was there', async () => {
    const file = await writeLog('plain.log', 30);
    const broken = path.join(folder, 'broken.csv');
    await writeFile(file, `${await readFile(file, 'utf8')}\nnonsense 198.51.100.77`);
    await visits('import', '--site', 'labs', '--report', broken, file);
    expect(said.join('')).toContain('60 events are counted');
    expect(await readFile(broken, 'utf8')).toBe(
      'line,why\r\n61,"this is no line of the common or combined format"\r\n',
    );
    await drain();
    await drain();

    const ask = async (...more: string[]) => {
      said = [];
      await visits('query', '--metrics', 'visits', 'pageViews', '--by', 'page', '--json', ...more);
      return JSON.parse(said.join(''));
    };
    const figures = await ask();
    expect(figures.totals).toEqual({ visits: { value: 30 }, pageViews: { value: 60 } });
    expect((await ask('--filter', 'page is /p1')).rows[0]).toMatchObject({ dimensions: { page: '/p1' } });
    await expect(ask('--filter', 'nonsense')).rejects.toThrow('is no filter');

    const out = path.join(folder, 'out.csv');
    await visits('export', '--site', 'labs', '--out', out);
    const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(61);
    expect(lines.join()).not.toMatch(/203\.0\.113|Gecko/);
    await expect(visits('export', '--out', out)).rejects.toThrow('exists');

    said = [];
    await visits('rebuild', '--json');
    expect(JSON.parse(said.join('')).days).toHaveLength(1);
    expect((await ask()).totals).toEqual(figures.totals);
    said = [];
    await visits('retention', '--json');
    expect(JSON.parse(said.join(''))).toEqual({ rawDays: config.visits.rawDays, sites: [], removed: 0 });
  }, 60_000);
});

test('a file that is something else is told as such, and no address of it (W6)', async () => {
  const log = await writeLog('mistaken.log', 3);
  const table = path.join(folder, 'mistaken.csv');
  await writeFile(table, 'date,pages\n2025-11-01,3\n');
  for (const format of ['plausible', 'ga4', 'umami', 'goatcounter']) {
    const refused = await visits('import', '--site', 'labs', '--format', format, log).catch(String);
    expect(refused).toMatch(/mistaken\.log/);
    expect(refused).not.toMatch(/203\.0\.113|Gecko/);
  }
  await expect(visits('import', '--site', 'labs', '--format', 'ga4', table)).rejects.toThrow('date, pages');
  await visits('imports');
  expect(said.join('')).toContain('Nothing was imported as sums');
  said = [];
  const before = process.exitCode;
  try {
    await visits('import', '--site', 'labs', table);
    expect(said.join('')).toContain('2 rows, 0 events are counted');
    expect(process.exitCode).toBe(1);
  } finally {
    process.exitCode = before;
  }
});

test('figures in the terminal stand in columns, in the time zone that is asked for', async () => {
  await visits(
    'query',
    '--metrics',
    'visits',
    '--period',
    '2025-11-01..2025-11-02',
    '--compare',
    '2025-10-01..2025-10-02',
  );
  expect(said.join('').split('\n').slice(1, 4)).toEqual([
    'in brackets: 2025-10-01 to 2025-10-02',
    '  visits',
    '   0 (0)',
  ]);
  said = [];
  await visits('query', '--metrics', 'visits', '--time-zone', 'Asia/Tokyo', '--json');
  expect(JSON.parse(said.join('')).timeZone).toBe('Asia/Tokyo');
  await expect(visits('query', '--time-zone', 'Mars/Olympus')).rejects.toThrow('timeZone');
});

describe('sums of another program', () => {
  const rows = ['"2025-11-01",30,60,5,40,1200', '"2025-11-02",many,1,1,1,1'];
  const table = `"date","visitors","pageviews","bounces","visits","visit_duration"\n${rows.join('\n')}\n`;

  test('are tried, brought in, asked for, listed and taken out again', async () => {
    const file = path.join(folder, 'imported_visitors.csv');
    const report = path.join(folder, 'broken-sums.csv');
    await writeFile(file, table);
    const bring = (...more: string[]) => visits('import', '--site', 'media', '--format', 'plausible', ...more, file);
    await bring('--dry-run');
    expect(said.join('')).toContain('2 rows, 1 sum would be kept');
    await bring('--report', report);
    expect(await readFile(report, 'utf8')).toBe('line,why\r\n3,"a figure is no whole number"\r\n');

    said = [];
    await visits('query', '--metrics', 'visits', '--period', '2025-11-01..2025-11-30', '--json');
    expect(JSON.parse(said.join(''))).toMatchObject({
      totals: { visits: { value: 40 } },
      imported: [{ site: 'media', program: 'Plausible', from: '2025-11-01', to: '2025-11-01' }],
    });

    said = [];
    await visits('imports', '--json');
    const { imports } = JSON.parse(said.join(''));
    expect(imports).toHaveLength(1);
    await visits('imports', '--remove', imports[0].id);
    await expect(visits('imports', '--remove', imports[0].id)).rejects.toThrow('There is no import');
    said = [];
    await visits('query', '--metrics', 'visits', '--period', '2025-11-01..2025-11-30', '--json');
    expect(JSON.parse(said.join('')).totals.visits.value).toBe(0);
  });
});

describe('avow demo traffic', () => {
  test('fills the spool with visits of every site, and with the same ones when it is run again', async () => {
    const play = () =>
      demoCommand(context)
        .exitOverride()
        .parseAsync(['traffic', '--days', '3', '--visits-per-day', '200', '--json'], { from: 'user' });
    await play();
    const items = await spooled();
    const events = eventsOf(items);
    expect(JSON.parse(said.join(''))).toMatchObject({ events: events.length, dropped: 0 });
    expect(new Set(events.map(({ site }) => site))).toEqual(new Set(['main', 'labs', 'media']));
    expect(new Set(events.map(({ kind }) => kind))).toEqual(
      new Set(['view', 'engagement', 'event', 'outbound', 'download', 'not-found', 'form']),
    );
    const people = events.filter(({ bot }) => bot === '');
    expect(people.length).toBeGreaterThan(events.length * 0.8);
    expect(people.length).toBeLessThan(events.length);
    expect(new Set(people.map(({ country }) => country)).size).toBeGreaterThan(8);
    expect(people.filter(({ channel }) => channel === 'ai-assistant').length).toBeGreaterThan(0);
    await play();
    expect((await spooled()).length).toBeLessThanOrEqual(items.length + 1);
  }, 60_000);

  test('is not played among the figures of real hosts', async () => {
    const [first, ...others] = config.sites;
    if (!first) throw new Error('no site');
    const real = { ...config, sites: [{ ...first, hosts: ['example.com', 'www.nordlicht.com'] }, ...others] };
    const openEdge = async () => ({ config: real, db, close: async () => {} });
    const play = demoCommand({ openEdge }).exitOverride().parseAsync(['traffic', '--days', '1'], { from: 'user' });
    await expect(play).rejects.toThrow('www.nordlicht.com may have real visitors');
    expect(await spooled()).toEqual([]);
  });
});
