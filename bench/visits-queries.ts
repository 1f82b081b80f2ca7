/**
 * What a dashboard asks, over a year of 1, 10 and 50 million page views, through the routes of the vault: every question of its first screen
 * alone, and all of them at once; plain and filtered, over 30 days and 12 months. Each is asked of a vault that remembers nothing; screens
 * are asked again of the same one, too, which has the sums of finished days in memory. With every event kept, and with those of 90 days.
 *
 *   npm run bench:visits-queries -- --millions 1,10,50 [--folder <kept between runs>] [--only <words of a name>]
 *
 * Takes about a minute for a million, half an hour and 15 GB of disk for all three. Every size is recorded when it is done, unless only some
 * is asked. A folder that is kept has every event, so that what remains after 90 days is not measured there.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '@avow/config/config';
import type { Answer } from '@avow/protocol/staff/visits';
import type { Visits } from '@avow/vault/visits/feature';
import { FILTERS, FIRST_SCREEN, PERIODS } from './dashboard-questions.ts';
import { fillVisits, KEEP_ALL_DAYS, openStore, visitsOver } from './fill-visits.ts';
import { recordResult } from './record-result.ts';

const TIMES = 5;
/** What takes long is measured fewer times. */
const LONGEST_MS = 15_000;
/** Nobody waits for a screen of questions that take so long alone. */
const TOO_SLOW_MS = 4_000;

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
  const filled = await fillVisits(dir, { millions, config, say });
  const { today } = filled;
  const store = await openStore(dir);
  const { clickhouse, engine } = store;
  try {
    const everything = () => visitsOver(store, { config, today, rawDays: KEEP_ALL_DAYS });
    await everything().start();
    const figures: Figures = {
      fillSeconds: filled.fillSeconds,
      rollUpMillisecondsPerDay: filled.rollUpMillisecondsPerDay,
    };
    Object.assign(figures, await readSizes());
    Object.assign(figures, await ask(everything, ''));
    if (kept === undefined) {
      const short = () => visitsOver(store, { config, today, rawDays: 90 });
      await short().start();
      await short().runRetention();
      Object.assign(figures, await ask(short, ' (90 days of events)'));
    }
    return figures;
  } finally {
    await store.close();
    if (kept === undefined) await rm(dir, { recursive: true, force: true });
  }

  /** `open` opens the vault anew: it remembers nothing of questions before. */
  async function ask(open: () => Visits, variant: string): Promise<Figures> {
    const call = async (visits: Visits, route: string, body: unknown): Promise<unknown> => {
      const found = visits.staffRoutes.find(({ method, path }) => `${method} ${path}` === route);
      if (!found) throw new Error(`there is no ${route}`);
      const context = { language: 'en', caller: { tokenId: '', label: '' } } as Parameters<typeof found.handle>[1];
      const asked = { params: {}, query: {}, body: found.body ? found.body.parse(body) : undefined };
      const answer = await found.handle(asked, context);
      if ('refused' in answer) throw new Error(`${route} was refused: ${JSON.stringify(answer)}`);
      return JSON.parse(JSON.stringify(answer));
    };
    const figures: Figures = {};
    /** Whether there is a figure. */
    const time = async (name: string, work: () => Promise<unknown>): Promise<boolean> => {
      if (!name.includes(flags.only)) return true;
      const taken: number[] = [];
      const before = await processorTime(engine.pid);
      try {
        for (let all = 0; taken.length < TIMES && all < LONGEST_MS; all += taken.at(-1) ?? 0) {
          taken.push(await millisecondsOf(work));
        }
      } catch (error) {
        // Too heavy for the limits of time or memory: no figure is one, too.
        say(`        - ms  ${name}${variant}: ${error instanceof Error ? error.message : error}`);
        return false;
      }
      const after = await processorTime(engine.pid);
      const used = { vault: after.vault - before.vault, engine: after.engine - before.engine };
      const median = middleOf(taken);
      figures[name + variant] = median;
      const processors = `${Math.round(used.engine / taken.length)} engine + ${Math.round(used.vault / taken.length)} vault`;
      say(`${String(median).padStart(8)} ms (processors ${processors})  ${name}${variant}`);
      return true;
    };
    const once = (name: string, route: string, body: object) => time(name, () => call(open(), route, body));
    const onceAndAgain = async (name: string, route: string, body: object): Promise<boolean> => {
      if (!name.includes(flags.only)) return true;
      if (!(await once(name, route, body))) return false;
      const visits = open();
      // Should it fail, the next one does too, and is told.
      await call(visits, route, body).catch(() => {});
      return time(`${name}, asked again`, () => call(visits, route, body));
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
    await time('realtime', () => call(open(), 'GET /visits/realtime', null));
    for (const period of PERIODS) {
      for (const [name, panel] of Object.entries(FIRST_SCREEN)) {
        await once(`${name}, ${period}`, 'POST /visits/query', { period, ...panel });
      }
      await onceAndAgain(`whole screen, ${period}`, 'POST /visits/screen', { period, panels: FIRST_SCREEN });
      for (const [filter, filters] of Object.entries(FILTERS)) {
        let light = true;
        for (const name of ['headline figures', 'by day', 'pages', 'sources'] as const) {
          const question = { period, filters, ...FIRST_SCREEN[name] };
          const named = `${name} ${filter}, ${period}`;
          light &&= await once(named, 'POST /visits/query', question);
          light &&= (figures[named + variant] ?? 0) < TOO_SLOW_MS;
        }
        const screen = { period, filters, panels: FIRST_SCREEN };
        const named = `whole screen ${filter}, ${period}`;
        if (light) await onceAndAgain(named, 'POST /visits/screen', screen);
        else say(`        - ms  ${named}${variant}: left out, a question of it is too slow alone`);
      }
    }
    const counted = { period: 'last 12 months', metrics: ['pageViews'] };
    const told = (await call(open(), 'POST /visits/query', counted)) as Answer;
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

const started = performance.now();
const measured: { millions: number; figures: Figures }[] = [];
for (const millions of sizes) {
  say(`\n${millions} million page views (load average ${round(loadavg()[0] ?? 0)})`);
  measured.push({ millions, figures: await measureSize(millions) });
  // A larger one may not come to its end.
  if (flags.only === '') await record();
}
say(`whole run: ${round((performance.now() - started) / 60_000)} min`);
if (kept === undefined) await rm(folder, { recursive: true, force: true });

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
  // The ratio is of the greatest size that has both: a plain scan of more can be beyond the limits of memory.
  const compared = measured.findLast(({ figures }) => figures['plain scan by page'])?.figures ?? {};
  const unanswered = Object.keys(measured[0]?.figures ?? {}).filter(
    (name) => / (days|months)$/.test(name) && !name.startsWith('whole screen') && !(name in last.figures),
  ).length;
  const screens = PERIODS.map((period) => `whole screen, ${period}`);
  const bytes = Object.entries(last.figures).flatMap(([name, value]) => (name.endsWith(' bytes') ? [value] : []));
  const ofMillion = Math.round(bytes.reduce((sum, value) => sum + value, 0) / 2 ** 20 / last.millions);
  await recordResult({
    name: 'visits-queries',
    summary: `a year of ${last.millions} million page views: the first screen of a dashboard in ${screens.map((name) => at(name)).join(' and ')} ms (30 days and 12 months), asked again in ${screens.map((name) => at(`${name}, asked again`)).join(' and ')} ms, its slowest question alone ${slowest(false)} ms, filtered ${slowest(true)} ms (medians of ${TIMES}${unanswered ? `; ${unanswered} that a million answers were too heavy` : ''}); ${ofMillion} MiB a million page views, events and sums; a day rolled up in ${at('rollUpMillisecondsPerDay')} ms (load average ${round(loadavg()[0] ?? 0)})`,
    ratio: round((compared['plain scan by page'] ?? 0) / (compared['pages, last 12 months'] ?? 0)),
    figures: Object.fromEntries(
      measured.flatMap(({ millions, figures }) =>
        Object.entries(figures).map(([name, value]) => [`${millions} million: ${name}`, value]),
      ),
    ),
    chart: {
      unit: 'ms',
      steps: measured.map(({ millions }) => `${millions} million`),
      series: Object.fromEntries(
        [
          ...screens,
          ...screens.map((name) => `${name}, asked again`),
          'pages, last 12 months',
          'pages of one country, last 12 months',
          'plain scan by page',
        ].map((name) => [name, measured.map(({ figures }) => figures[name] ?? null)]),
      ),
    },
  });
}
