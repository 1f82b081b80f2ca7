import { setTimeout } from 'node:timers/promises';
import { zstdDecompressSync } from 'node:zlib';
import type { AvowConfig } from '@avow/config/config';
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import type { VisitBatch, VisitEvent } from '@avow/protocol/visits';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countInProcess } from '../count-in-process.ts';
import { type EdgeDatabase, openEdgeDatabase } from '../platform/database.ts';
import { migrateEdge } from '../platform/migrate.ts';
import { exampleConfig } from '../testing.ts';
import { ImportProblem } from './import-problem.ts';
import { type ImportHouse, type ImportOptions, importVisits } from './import-visits.ts';
import { combined, createTestFiles, FIREFOX, type TestFiles } from './test-files.ts';

let database: TestDatabase;
let db: EdgeDatabase;
let config: AvowConfig;
let files: TestFiles;
let house: ImportHouse;

beforeAll(async () => {
  [database, config, files] = await Promise.all([createTestDatabase(), exampleConfig(), createTestFiles()]);
  db = openEdgeDatabase(database.url, { connections: 4 });
  await migrateEdge(db);
  house = { config, db, openCounting: (salts, key) => countInProcess(config, salts, key) };
});
beforeEach(() => sql`TRUNCATE spool_items, visit_imports, visit_import_salts`.execute(db));
afterAll(async () => {
  await db.destroy();
  await Promise.all([database.drop(), files.remove()]);
});

const PER_VISITOR = 3;

/** Visitors one after the other, each with three pages in a few minutes; addresses are of a block for documentation. */
function log(visitors: number, start = Date.UTC(2026, 5, 1, 6)): string {
  const lines: [number, string][] = [];
  for (let v = 0; v < visitors; v += 1) {
    for (let p = 0; p < PER_VISITOR; p += 1) {
      const at = start + v * 7_000 + p * 120_000;
      const address = `198.51.100.${v % 250}`;
      const userAgent = FIREFOX.replace('140.0', `${100 + Math.floor(v / 250)}.0`);
      lines.push([at, combined({ address, time: apacheTime(at), request: `GET /page-${p} HTTP/1.1`, userAgent })]);
    }
  }
  return lines
    .sort(([a], [b]) => a - b)
    .map(([, line]) => line)
    .join('\n');
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
function apacheTime(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

async function spooled(): Promise<{ ids: string[]; events: VisitEvent[]; text: string }> {
  const { rows } = await sql<{
    id: string;
    body: Buffer;
  }>`SELECT id, body FROM spool_items WHERE lane = 'visits'`.execute(db);
  const bodies = rows.map(({ body }) => zstdDecompressSync(body).toString());
  const batches = bodies.map((body) => JSON.parse(body) as VisitBatch);
  return {
    ids: rows.map(({ id }) => id).sort(),
    events: batches.flatMap(({ events }) => events),
    text: bodies.join('\n'),
  };
}

const run = (file: string, options: Partial<ImportOptions> = {}) =>
  importVisits(house, { file, format: 'access-log', site: 'main', ...options });

describe('an import', () => {
  test('counts visitors, visits and pages of a log through the steps of the pipeline', async () => {
    const file = await files.write('plain.log', log(20));
    const report = await run(file.path);
    expect(report).toMatchObject({
      repeated: false,
      rows: 60,
      counted: 60,
      broken: 0,
      bots: 0,
      firstDay: '2026-06-01',
    });
    const { events } = await spooled();
    expect(events).toHaveLength(60);
    expect(new Set(events.map((event) => event.visitor)).size).toBe(20);
    expect(events.filter((event) => event.firstInVisit)).toHaveLength(20);
    expect(events[0]).toMatchObject({
      site: 'main',
      kind: 'view',
      path: '/page-0',
      browser: 'Firefox',
      os: 'Linux',
      bot: '',
    });
  });

  test('leaves no address, no browser string and no salt in any stored byte', async () => {
    const file = await files.write('plain.log', log(300));
    await run(file.path);
    const { text, events } = await spooled();
    expect(events.length).toBe(900);
    expect(text).not.toMatch(/198\.51\.100|Gecko|rv:1/);
    for (const { table } of await tablesOf(db)) {
      const { rows } = await sql<{ row: string }>`SELECT t::text AS row FROM ${sql.table(table)} AS t`.execute(db);
      for (const { row } of rows) expect(row).not.toMatch(/198\.51\.100|Gecko|3139382e35312e313030/);
    }
    const { rows } = await sql`SELECT FROM visit_import_salts`.execute(db);
    expect(rows).toHaveLength(0);
  });

  test('of the same file again stores nothing and says so', async () => {
    const file = await files.write('plain.log', log(20));
    await run(file.path);
    const before = await spooled();
    expect(await run(file.path)).toMatchObject({ repeated: true, counted: 60, rows: 0 });
    expect((await spooled()).ids).toEqual(before.ids);
    expect(await run(file.path, { site: 'labs' })).toMatchObject({ repeated: false, counted: 60 });
  });

  test('that was interrupted goes on where it was, and visits that were under way stay one', async () => {
    const file = await files.writeGzip('long.log.gz', log(1_700));
    const stop = new AbortController();
    const stopped = run(file.path, { signal: stop.signal, onProgress: () => {} });
    while ((await spooled()).events.length === 0) await setTimeout(1);
    stop.abort(new ImportProblem('Interrupted.'));
    await expect(stopped).rejects.toThrow('Interrupted.');
    const first = (await spooled()).events.length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(1_700 * PER_VISITOR);

    const report = await run(file.path);
    expect(report.resumedAfter).toBe(first);
    expect(report.saltLost).toBe(false);
    const { events } = await spooled();
    expect(events).toHaveLength(1_700 * PER_VISITOR);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    const visits = Map.groupBy(events, (event) => event.visit);
    expect(visits.size).toBe(1_700);
    for (const visit of visits.values()) expect(visit.map((event) => event.seq).sort()).toEqual([0, 1, 2]);
  });

  test('whose batches the vault has fetched and that was forgotten by the edge gives its batches the same ids', async () => {
    const file = await files.write('plain.log', log(800));
    await run(file.path);
    const { ids } = await spooled();
    expect(ids.length).toBeGreaterThan(1);
    await sql`TRUNCATE spool_items, visit_imports`.execute(db);
    await run(file.path);
    expect((await spooled()).ids).toEqual(ids);
  });

  test('of a log that has grown since, or was packed, counts what is new', async () => {
    const whole = log(900);
    const cut = whole.indexOf('\n', whole.length / 3) + 1;
    const early = await files.write('growing.log', whole.slice(0, cut));
    const first = await run(early.path);
    const later = await files.write('growing.log', whole);
    const second = await run(later.path);
    expect(second).toMatchObject({ repeated: false, resumedAfter: first.counted, saltLost: true });
    expect(first.counted + second.counted).toBe(2_700);
    expect(new Set((await spooled()).events.map((event) => event.id)).size).toBe(2_700);
    expect(await run(later.path)).toMatchObject({ repeated: true, counted: 2_700 });
    const rotated = await files.writeGzip('growing.log.1.gz', whole);
    expect(await run(rotated.path)).toMatchObject({ repeated: true, counted: 2_700 });
    const other = await files.write('other.log', whole.replace('page-0', 'page-9'));
    expect(await run(other.path)).toMatchObject({ repeated: false, resumedAfter: 0, counted: 2_700 });
  });

  test('cannot run twice at the same time', async () => {
    const file = await files.write('long.log', log(1_700));
    const results = await Promise.allSettled([run(file.path), run(file.path)]);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    const { events } = await spooled();
    expect(events).toHaveLength(1_700 * PER_VISITOR);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  });

  test('tried out dry stores nothing at all', async () => {
    const file = await files.write('dry.log', `${log(20)}\nnonsense`);
    const broken: [number, string][] = [];
    const report = await run(file.path, {
      dryRun: true,
      onBroken: ({ line, broken: why }) => broken.push([line, why]),
    });
    expect(report).toMatchObject({ counted: 60, broken: 1 });
    expect(broken).toEqual([[61, 'not this format']]);
    for (const { table } of await tablesOf(db)) {
      if (table.startsWith('kysely')) continue;
      const { rows } = await sql`SELECT FROM ${sql.table(table)}`.execute(db);
      expect(rows).toHaveLength(0);
    }
  });

  test('counts a common log without browsers as people, and a hostile one without falling over', async () => {
    const common = '198.51.100.9 - - [01/Jun/2026:06:00:00 +0000] "GET /a HTTP/1.0" 200 12';
    const hostile = [
      combined({ request: 'GET /__proto__?constructor=1 HTTP/1.1' }),
      combined({ request: `GET /${'%ff'.repeat(300)} HTTP/1.1` }),
      combined({ request: 'GET /%00%0a%1b[31m HTTP/1.1', referrer: 'javascript:alert(1)' }),
      combined({ userAgent: `${'('.repeat(30_000)}`, referrer: 'https://[::1' }),
      combined({ request: 'GET //other.example/x HTTP/1.1' }),
      combined({ time: '01/Jun/2099:06:00:00 +0000' }),
    ];
    const file = await files.write('hostile.log', [common, ...hostile].join('\n'));
    const report = await run(file.path);
    expect(report).toMatchObject({ rows: 7, broken: 1 });
    const { events } = await spooled();
    expect(events[0]).toMatchObject({ path: '/a', bot: '' });
    expect(events.every((event) => event.site === 'main' && event.path.length <= 500)).toBe(true);
  });

  test('tells drops by reason, and gives them to the vault', async () => {
    const lines = ['/my', '/my/details', '/open'].map((path) =>
      combined({ request: `GET ${path} HTTP/1.1`, time: '01/Jun/2026:06:00:00 +0000' }),
    );
    const file = await files.write('personal.log', lines.join('\n'));
    const report = await run(file.path);
    expect(report).toMatchObject({ counted: 1, dropped: { 'excluded path': 2 } });
    const { text } = await spooled();
    expect((JSON.parse(text) as VisitBatch).drops).toEqual([
      expect.objectContaining({ site: 'main', day: '2026-06-01', reason: 'excluded path', count: 2 }),
    ]);
  });

  test('of GoatCounter keeps its browsers and countries, and no session id', async () => {
    const header =
      '2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date';
    const row = (path: string, session: string, minute: number) =>
      `${path},T,false,,Firefox 140,Windows 11,${session},0,www.google.com,h,"390,844,3",DE-HH,true,2026-06-01T06:0${minute}:00Z`;
    const rows = [row('/a', 'session-one', 0), row('/b', 'session-one', 1), row('/a', 'session-two', 2)];
    const file = await files.write('goat.csv', [header, ...rows].join('\n'));
    expect(await run(file.path, { format: 'goatcounter' })).toMatchObject({ counted: 3, bots: 0 });
    const { events, text } = await spooled();
    expect(text).not.toMatch(/session-|fd00/);
    expect(new Set(events.map((event) => event.visit)).size).toBe(2);
    expect(events[0]).toMatchObject({
      browser: 'Firefox',
      browserVersion: '140',
      os: 'Windows',
      osVersion: '11',
      device: 'mobile',
      country: 'DE',
      channel: 'search',
    });
  });

  test('of a site that does not exist, or of no file, is refused in one sentence', async () => {
    const file = await files.write('plain.log', log(1));
    await expect(run(file.path, { site: 'nowhere' })).rejects.toThrow(ImportProblem);
    await expect(run('/nonexistent/file.log')).rejects.toThrow('There is no file');
  });
});

async function tablesOf(on: EdgeDatabase): Promise<{ table: string }[]> {
  const { rows } = await sql<{ table: string }>`
    SELECT tablename AS "table" FROM pg_tables WHERE schemaname = 'public'`.execute(on);
  return rows;
}
