/**
 * What a dashboard asks, over a year of 1, 10 and 50 million page views, through the routes of the vault: every question of its first screen
 * alone, and all of them at once; plain and filtered, over 30 days and 12 months; with every event kept, and with those of 90 days.
 *
 *   npm run bench:visits-queries -- --millions 1,10,50 [--folder <kept between runs>] [--only <words of a name>]
 *
 * Takes about a minute for a million, half an hour and 15 GB of disk for all three. Recorded only if nothing is kept or left out.
 */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '@avow/config/config';
import { startClickHouse } from '@avow/engines/clickhouse';
import { startPostgres } from '@avow/engines/postgres';
import type { Answer } from '@avow/protocol/staff/visits';
import { openClickHouse } from '@avow/vault/platform/clickhouse';
import { openVaultDatabase } from '@avow/vault/platform/database';
import { addDays, isoDay } from '@avow/vault/platform/day';
import { migrateVaultDatabase } from '@avow/vault/platform/migrate';
import { createVisits } from '@avow/vault/visits/feature';
import { pino } from 'pino';
import { FILTERS, FIRST_SCREEN, PERIODS } from './dashboard-questions.ts';
import { recordResult } from './record-result.ts';
import { DAYS_OF_YEAR, fillMinutes, fillYear } from './visit-traffic.ts';

const TIMES = 5;

const { values: flags } = parseArgs({
  options: {
    millions: { type: 'string', default: '1,10,50' },
    folder: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
const sizes = flags.millions.split(',').map(Number);
const kept = flags.folder;
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'avow-bench-')));
const config = await loadConfig(join(import.meta.dirname, '..', 'examples', 'vendor', 'avow.config.ts'));
const sites = config.sites.map(({ id }) => id);
const today = isoDay(new Date());
const now = new Date(`${today}T20:00:00Z`);
const say = (text: string) => process.stdout.write(`${text}\n`);
const round = (value: number) => Math.round(value * 10) / 10;

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const middleOf = (taken: readonly number[]) =>
  round(taken.toSorted((one, other) => one - other)[Math.floor(taken.length / 2)] ?? 0);

/** Processor time of this process and of the engine, in milliseconds: a busy machine changes it less than the time by the clock. */
async function processorTime(enginePid: number): Promise<{ vault: number; engine: number }> {
  const { user, system } = process.cpuUsage();
  const stat = await readFile(`/proc/${enginePid}/stat`, 'utf8').catch(() => '');
  // After the name, which may have spaces: fields 14 and 15 of proc(5), in hundredths of a second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { vault: (user + system) / 1000, engine: 10 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) };
}

type Figures = Record<string, number>;

async function measureSize(millions: number): Promise<Figures> {
  const dir = join(folder, `${millions}-million`);
  await mkdir(dir, { recursive: true });
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), roles: [{ name: 'vault', database: 'vault' }] });
  const engine = await startClickHouse({ dir: join(dir, 'clickhouse') });
  const db = openVaultDatabase(postgres.urls.vault ?? '');
  const clickhouse = openClickHouse(engine.url);
  const open = (rawDays: number) =>
    createVisits(
      {
        config: { ...config, visits: { ...config.visits, rawDays } },
        db,
        log: pino({ level: 'silent' }),
        clock: () => now,
      } as Parameters<typeof createVisits>[0],
      { clickhouse },
    );
  try {
    await migrateVaultDatabase(db);
    const everything = open(2 * DAYS_OF_YEAR);
    await everything.start();
    const figures: Figures = {};
    const filled = join(dir, 'filled');
    if (!(await stat(filled).catch(() => null))) {
      await clickhouse.command({ query: 'TRUNCATE TABLE visit_events' });
      const seconds = await millisecondsOf(() =>
        fillYear(clickhouse, { views: millions * 1e6, sites, today, onProgress: (share) => progress('filled', share) }),
      );
      say(`\r${millions} million filled in ${round(seconds / 1000)} s`);
      await fillMinutes(clickhouse, sites, now);
      const range = { from: addDays(today, 1 - DAYS_OF_YEAR), to: today };
      const taken = await millisecondsOf(() =>
        everything.rebuildRollups({ ...range, onProgress: ({ done, of }) => progress('rolled up', done / of) }),
      );
      figures.rollUpMillisecondsPerDay = round(taken / (DAYS_OF_YEAR - 1));
      say(`\rrolled up in ${round(taken / 1000)} s`);
      await writeFile(filled, today);
    }
    Object.assign(figures, await readSizes());
    Object.assign(figures, await ask(everything, ''));
    if (kept === undefined) {
      const short = open(90);
      await short.start();
      await short.runRetention();
      Object.assign(figures, await ask(short, ' (90 days of events)'));
    }
    return figures;
  } finally {
    await Promise.all([db.destroy(), clickhouse.close()]);
    await Promise.all([postgres.stop(), engine.stop()]);
    if (kept === undefined) await rm(dir, { recursive: true, force: true });
  }

  async function ask(visits: ReturnType<typeof open>, variant: string): Promise<Figures> {
    const call = async (route: string, body: unknown): Promise<unknown> => {
      const found = visits.staffRoutes.find(({ method, path }) => `${method} ${path}` === route);
      if (!found) throw new Error(`there is no ${route}`);
      const context = { language: 'en', caller: { tokenId: '', label: '' } } as Parameters<typeof found.handle>[1];
      const asked = { params: {}, query: {}, body: found.body ? found.body.parse(body) : undefined };
      const answer = await found.handle(asked, context);
      if ('refused' in answer) throw new Error(`${route} was refused: ${JSON.stringify(answer)}`);
      return JSON.parse(JSON.stringify(answer));
    };
    const figures: Figures = {};
    const time = async (name: string, work: () => Promise<unknown>) => {
      if (!name.includes(flags.only)) return;
      const taken: number[] = [];
      const before = await processorTime(engine.pid);
      try {
        for (let time = 0; time < TIMES; time++) taken.push(await millisecondsOf(work));
      } catch (error) {
        // Too heavy for the limits of time or memory: no figure is one, too.
        say(`        - ms  ${name}${variant}: ${error instanceof Error ? error.message : error}`);
        return;
      }
      const after = await processorTime(engine.pid);
      const used = { vault: (after.vault - before.vault) / TIMES, engine: (after.engine - before.engine) / TIMES };
      const median = middleOf(taken);
      figures[name + variant] = median;
      const processors = `${Math.round(used.engine)} engine + ${Math.round(used.vault)} vault`;
      say(`${String(median).padStart(8)} ms (processors ${processors})  ${name}${variant}`);
    };
    await time('plain scan by page', () =>
      clickhouse
        .query({
          query: `SELECT path, uniqExact(visitor), countIf(kind = 'view') AS views FROM visit_events WHERE bot = ''
            GROUP BY path ORDER BY views DESC LIMIT 10`,
          format: 'JSONEachRow',
        })
        .then((answer) => answer.json()),
    );
    await time('realtime', () => call('GET /visits/realtime', null));
    for (const period of PERIODS) {
      for (const [name, panel] of Object.entries(FIRST_SCREEN)) {
        await time(`${name}, ${period}`, () => call('POST /visits/query', { period, ...panel }));
      }
      await time(`whole screen, ${period}`, () => call('POST /visits/screen', { period, panels: FIRST_SCREEN }));
      for (const [filter, filters] of Object.entries(FILTERS)) {
        for (const name of ['headline figures', 'by day', 'pages', 'sources'] as const) {
          const panel = FIRST_SCREEN[name];
          await time(`${name} ${filter}, ${period}`, () => call('POST /visits/query', { period, filters, ...panel }));
        }
        await time(`whole screen ${filter}, ${period}`, () =>
          call('POST /visits/screen', { period, filters, panels: FIRST_SCREEN }),
        );
      }
    }
    const told = (await call('POST /visits/query', { period: 'last 12 months', metrics: ['pageViews'] })) as Answer;
    figures[`pageViews${variant}`] = told.totals.pageViews?.value ?? 0;
    return figures;
  }

  async function readSizes(): Promise<Figures> {
    const answer = await clickhouse.query({
      query: `SELECT table, sum(bytes_on_disk) AS bytes, sum(rows) AS n FROM system.parts
        WHERE active AND database = currentDatabase() GROUP BY table HAVING n > 0 ORDER BY table`,
      format: 'JSONEachRow',
    });
    const sizes: Figures = {};
    for (const { table, bytes, n } of await answer.json<{ table: string; bytes: string; n: string }>()) {
      say(`${table}: ${n} rows, ${round(Number(bytes) / 2 ** 20)} MiB`);
      sizes[`${table} bytes`] = Number(bytes);
    }
    return sizes;
  }
}

function progress(what: string, share: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${what} ${Math.floor(share * 100)} %`);
}

const started = performance.now();
const measured: { millions: number; figures: Figures }[] = [];
for (const millions of sizes) {
  say(`\n${millions} million page views (load average ${round(loadavg()[0] ?? 0)})`);
  measured.push({ millions, figures: await measureSize(millions) });
}
say(`whole run: ${round((performance.now() - started) / 60_000)} min`);
if (kept === undefined) await rm(folder, { recursive: true, force: true });
if (kept === undefined && flags.only === '') await record();

async function record(): Promise<void> {
  const last = measured.at(-1);
  if (!last) return;
  const at = (name: string) => last.figures[name] ?? 0;
  const slowest = (filtered: boolean) =>
    Math.max(
      ...Object.entries(last.figures).flatMap(([name, value]) =>
        / (days|months)$/.test(name) && !name.startsWith('whole screen') && name.includes(' of ') === filtered
          ? [value]
          : [],
      ),
    );
  const screens = PERIODS.map((period) => `whole screen, ${period}`);
  const bytes = Object.entries(last.figures).flatMap(([name, value]) => (name.endsWith(' bytes') ? [value] : []));
  const ofMillion = Math.round(bytes.reduce((sum, value) => sum + value, 0) / 2 ** 20 / last.millions);
  await recordResult({
    name: 'visits-queries',
    summary: `a year of ${last.millions} million page views: the first screen of a dashboard in ${screens.map((name) => at(name)).join(' and ')} ms (30 days and 12 months), its slowest question alone ${slowest(false)} ms, filtered ${slowest(true)} ms (medians of ${TIMES}); ${ofMillion} MiB a million page views, events and sums; a day rolled up in ${at('rollUpMillisecondsPerDay')} ms (load average ${round(loadavg()[0] ?? 0)})`,
    ratio: round(at('plain scan by page') / at('pages, last 12 months')),
    figures: Object.fromEntries(
      measured.flatMap(({ millions, figures }) =>
        Object.entries(figures).map(([name, value]) => [`${millions} million: ${name}`, value]),
      ),
    ),
    chart: {
      unit: 'ms',
      steps: measured.map(({ millions }) => `${millions} million`),
      series: Object.fromEntries(
        [...screens, 'pages, last 12 months', 'pages of one country, last 12 months', 'plain scan by page'].map(
          (name) => [name, measured.map(({ figures }) => figures[name] ?? 0)],
        ),
      ),
    },
  });
}
