import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type AvowConfig, loadConfig } from '@avow/config/config';
import { createTestClickHouse, createTestDatabase } from '@avow/engines/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askVisits } from '../ask-visits.ts';
import type { QuestionInput } from '../query/question.ts';
import { insertEvents } from '../query/test-traffic.ts';
import { openTestStore, type TestStore } from '../test-store.ts';
import { eventOf } from '../test-traffic.ts';
import { openExport } from './export-files.ts';
import { importSums, type SumImportOptions, type SumImportReport } from './import-sums.ts';
import { listSumImports, removeSumImport } from './queries.ts';
import { GA4_COUNTRIES, GA4_PAGES, PLAUSIBLE, zipOf } from './test-exports.ts';

const CONFIG = join(import.meta.dirname, '../../../../examples/vendor/avow.config.ts');
const VISITORS = 'imported_visitors_20260101_20260102.csv';
const JANUARY = { from: '2026-01-01', to: '2026-01-31' };
const NOW = new Date('2026-02-01T12:00Z');

let store: TestStore;
let config: AvowConfig;
let folder: string;

beforeAll(async () => {
  [store, config, folder] = await Promise.all([
    openTestStore(createTestDatabase, createTestClickHouse),
    loadConfig(CONFIG),
    mkdtemp(join(tmpdir(), 'avow-sums-')),
  ]);
});
beforeEach(async () => {
  for (const table of ['imported_sums', 'visit_events']) {
    await store.clickhouse.command({ query: `TRUNCATE TABLE ${table}` });
  }
  await store.db.deleteFrom('visit_sum_imports').execute();
});
afterAll(() => Promise.all([store.close(), rm(folder, { recursive: true })]));

const house = () => ({ config, db: store.db, clickhouse: store.clickhouse, clock: () => NOW });

async function bring(contents: string | Buffer, options: Partial<SumImportOptions> = {}): Promise<SumImportReport[]> {
  const path = join(folder, crypto.randomUUID());
  await writeFile(path, contents);
  const { files, close } = await openExport(path);
  const reports = [];
  for (const file of files)
    reports.push(await importSums(house(), { file, program: 'plausible', site: 'main', ...options }));
  close();
  return reports;
}

function ask(question: Partial<QuestionInput>) {
  const figures = { config, db: store.db, clickhouse: store.clickhouse, clock: () => NOW };
  const asked = { period: JANUARY, metrics: ['visits'], ...question } as QuestionInput;
  return askVisits(figures, asked, { suppressBelow: 0, rows: 100 });
}

async function valuesOf(question: Partial<QuestionInput> & { dimensions: string[] }): Promise<Record<string, unknown>> {
  const { rows } = await ask(question as Partial<QuestionInput>);
  const [dimension = ''] = question.dimensions;
  const [metric = 'visits'] = question.metrics ?? [];
  return Object.fromEntries(rows.map(({ dimensions, figures }) => [dimensions[dimension], figures[metric]?.value]));
}

describe('the ZIP that Plausible gives', () => {
  test('is brought in whole, and every figure is what Plausible said', async () => {
    const reports = await bring(zipOf(PLAUSIBLE));
    expect(reports).toHaveLength(10);
    expect(reports.flatMap(({ broken }) => broken)).toEqual(Array(10).fill(0));
    const answer = await ask({
      metrics: ['pageViews', 'visits', 'visitors', 'bounceRate', 'visitDuration', 'viewsPerVisit', 'scrollDepth'],
    });
    const told = Object.fromEntries(Object.entries(answer.totals).map(([name, { value }]) => [name, value]));
    expect(told).toEqual({
      pageViews: 300,
      visits: 120,
      visitors: 100,
      bounceRate: 0.3333,
      visitDuration: 42.5,
      viewsPerVisit: 2.5,
      scrollDepth: 50,
    });
    expect(answer.imported).toEqual([{ site: 'main', program: 'Plausible', from: '2026-01-01', to: '2026-01-02' }]);
    expect(await valuesOf({ dimensions: ['source'] })).toEqual({ Google: 105, '': 15 });
    expect(await valuesOf({ dimensions: ['country'] })).toEqual({ AT: 70, DE: 50 });
    expect(await valuesOf({ dimensions: ['device'] })).toEqual({ desktop: 50, mobile: 70 });
    expect(await valuesOf({ dimensions: ['os'] })).toEqual({ macOS: 50, Linux: 70 });
    expect(await valuesOf({ dimensions: ['browserVersion'] })).toEqual({ 'Firefox 140.0': 50, 'Chrome 141.0': 70 });
    expect(await valuesOf({ dimensions: ['utmCampaign'] })).toMatchObject({ january: 15 });
    expect(await valuesOf({ dimensions: ['entryPage'], metrics: ['bounceRate'] })).toEqual({ '/': 0.3333 });
    expect(await valuesOf({ dimensions: ['page'], metrics: ['pageViews'] })).toEqual({ '/': 250, '/mail/:mail': 50 });
    expect(await valuesOf({ dimensions: ['outbound'], metrics: ['outboundLinks'] })).toEqual({
      'example.org/shop': 15,
    });
    expect(await valuesOf({ dimensions: ['download'], metrics: ['downloads'] })).toEqual({ '/suite.zip': 11 });
    expect(await valuesOf({ dimensions: ['notFound'], metrics: ['notFoundPages'] })).toEqual({ '/gone': 20 });
  });

  test('what the site’s contract does not declare stays out; no query and no mail address is kept (W6)', async () => {
    await bring(zipOf(PLAUSIBLE));
    expect(await valuesOf({ dimensions: ['event'], metrics: ['events'] })).toEqual({ 'Trial started': 13 });
    const kept = await store.rows<{ value: string }>('SELECT DISTINCT value FROM imported_sums');
    expect(kept.map(({ value }) => value).filter((value) => /[?@]|secret|jane/.test(value))).toEqual([]);
  });

  test('is in lines over time, by day and by month', async () => {
    await bring(zipOf(PLAUSIBLE));
    const byDay = await ask({ granularity: 'day', period: { from: '2026-01-01', to: '2026-01-03' } });
    expect(byDay.rows.map(({ time, figures }) => [time, figures.visits?.value])).toEqual([
      ['2026-01-01', 50],
      ['2026-01-02', 70],
      ['2026-01-03', 0],
    ]);
  });

  test('is not in a question that sums cannot answer, and the answer does not claim it', async () => {
    await bring(zipOf(PLAUSIBLE));
    const filtered = await ask({ filters: [{ dimension: 'country', operator: 'is', values: ['DE'] }] });
    expect(filtered.totals.visits?.value).toBe(0);
    expect(filtered.imported).toBeUndefined();
    const bots = await ask({ bots: 'only' });
    expect([bots.totals.visits?.value, bots.imported]).toEqual([0, undefined]);
  });
});

describe('nothing is counted twice:', () => {
  test('the same file again does nothing, packed or not', async () => {
    const text = PLAUSIBLE[VISITORS] ?? '';
    await bring(text);
    const [again] = await bring(gzipSync(text));
    expect(again).toMatchObject({ repeated: true, sums: 0 });
    expect((await ask({})).totals.visits?.value).toBe(120);
  });

  test('a later export that has the same days brings the others only', async () => {
    await bring(PLAUSIBLE[VISITORS] ?? '');
    const [later] = await bring(`${PLAUSIBLE[VISITORS]}"2026-01-03",10,20,1,12,60\n`);
    expect(later).toMatchObject({ skipped: { 'imported before': 2 }, sums: 1, firstDay: '2026-01-03' });
    expect((await ask({})).totals.visits?.value).toBe(132);
  });

  test('days that this house has counted itself stay its own', async () => {
    await insertEvents(store.clickhouse, [eventOf({ at: '2026-01-02T10:00Z', site: 'main', firstInVisit: true })]);
    const [report] = await bring(PLAUSIBLE[VISITORS] ?? '');
    expect(report).toMatchObject({ skipped: { 'counted here': 1 }, sums: 1 });
    expect((await ask({})).totals.visits?.value).toBe(51);
  });

  test('a run that broke off is taken up again, also after a block whose end was not written down', async () => {
    const rows = Array.from({ length: 2_500 }, (_, row) => `"2026-01-01","/page-${row}",1,1,60,0,1`);
    const text = `"date","entry_page","visitors","entrances","visit_duration","bounces","pageviews"\n${rows.join('\n')}\n`;
    const stop = new AbortController();
    const broken = bring(text, {
      signal: stop.signal,
      onProgress: ({ rows }) => rows > 1_500 && stop.abort(new Error('stop')),
    });
    await expect(broken).rejects.toThrow('stop');
    expect((await ask({ dimensions: ['entryPage'], metrics: ['visits'] })).rows.length).toBe(100);
    // As after a kill between the insert and the record of it.
    await store.db.updateTable('visit_sum_imports').set({ blocks: 0, sums: 0 }).execute();
    const [report] = await bring(text);
    expect(report?.repeated).toBe(false);
    const [stored] = await store.rows<{ n: string; of: string }>(
      'SELECT count() AS n, uniqExact(value) AS of FROM imported_sums',
    );
    expect(stored).toEqual({ n: '2500', of: '2500' });
  });

  test('the same file for another site is another import', async () => {
    await bring(PLAUSIBLE[VISITORS] ?? '');
    const [other] = await bring(PLAUSIBLE[VISITORS] ?? '', { site: 'labs' });
    expect(other).toMatchObject({ repeated: false, sums: 2, skipped: {} });
    expect((await ask({ sites: ['labs'] })).totals.visits?.value).toBe(120);
  });

  test('two programs do not add up on the same day', async () => {
    await bring(PLAUSIBLE[VISITORS] ?? '');
    const [report] = await bring('Date,Sessions\n20260101,500\n20251231,7\n', { program: 'ga4' });
    expect(report).toMatchObject({ skipped: { 'imported before': 1 }, sums: 1 });
    expect((await ask({})).totals.visits?.value).toBe(120);
  });
});

describe('Google Analytics 4', () => {
  const DECEMBER = { from: '2025-12-01', to: '2025-12-31' };

  test('explorations are read: names of countries, totals left out, what is not known told as such', async () => {
    const [report] = await bring(GA4_COUNTRIES, { program: 'ga4' });
    expect(report).toMatchObject({ rows: 4, sums: 3, skipped: { total: 1 }, broken: 0 });
    expect(await valuesOf({ dimensions: ['country'], period: DECEMBER })).toEqual({ US: 50, DE: 40, '': 20 });
    const bounces = await valuesOf({ dimensions: ['country'], metrics: ['bounceRate'], period: DECEMBER });
    expect(bounces).toEqual({ US: 0.2, DE: 0.25, '': 0.5 });
  });

  test('tables of the Data API are read; pages lose their query', async () => {
    await bring(GA4_PAGES, { program: 'ga4' });
    expect(await valuesOf({ dimensions: ['page'], metrics: ['pageViews'], period: DECEMBER })).toEqual({
      '/start': 160,
    });
    expect(await valuesOf({ dimensions: ['page'], metrics: ['engagedTime'], period: DECEMBER })).toEqual({
      '/start': 15.625,
    });
  });

  test('channels have the names that they have here', async () => {
    const text =
      'Date,Session default channel group,Sessions\n20251201,Organic Search,4\n20251201,Paid Social,2\n20251201,(other),1\n';
    await bring(text, { program: 'ga4' });
    expect(await valuesOf({ dimensions: ['channel'], period: DECEMBER })).toEqual({ search: 4, paid: 2, campaign: 1 });
  });

  test.each([
    ['without days', 'Country,Views\nGermany,5\n'],
    ['with a dimension that is not kept here', 'Date,City,Views\n20251201,Hamburg,5\n'],
    ['with two dimensions', 'Date,Country,Browser,Views\n20251201,Germany,Firefox,5\n'],
  ])('a report %s is refused in words, and nothing is kept', async (_name, text) => {
    await expect(bring(text, { program: 'ga4' })).rejects.toThrow(/needs a column Date/);
    expect(await store.rows('SELECT * FROM imported_sums')).toEqual([]);
  });
});

test('figures older than ten years are not kept', async () => {
  const [report] = await bring(`${PLAUSIBLE[VISITORS]}"2016-02-02",1,1,1,1,1\n`);
  expect(report).toMatchObject({ sums: 2, skipped: { 'too old': 1 }, firstDay: '2026-01-01' });
});

test('an answer names an import only where it has days of the period', async () => {
  await bring(PLAUSIBLE[VISITORS] ?? '');
  expect((await ask({ period: { from: '2026-01-03', to: '2026-01-31' } })).imported).toBeUndefined();
  expect((await ask({ period: { from: '2025-12-01', to: '2025-12-31' } })).imported).toBeUndefined();
});

test('a dry run tells the same and stores nothing', async () => {
  const [report] = await bring(PLAUSIBLE[VISITORS] ?? '', { dryRun: true });
  expect(report).toMatchObject({ id: null, rows: 2, sums: 2, firstDay: '2026-01-01', lastDay: '2026-01-02' });
  expect(await store.rows('SELECT * FROM imported_sums')).toEqual([]);
  expect(await listSumImports(store.db)).toEqual([]);
});

test('rows that cannot be read are told with their lines and never stop an import', async () => {
  const broken: unknown[] = [];
  const text = `${PLAUSIBLE[VISITORS]}"2026-13-01",1,1,1,1,1\n"2026-01-05",many,1,1,1,1\n"2026-01-06",1\n"2031-01-06",1,1,1,1,1\n"2026-01-07",-5,1,1,1,1\n`;
  const [report] = await bring(text, { onBroken: (row) => broken.push(row) });
  expect(report).toMatchObject({ sums: 2, broken: 5 });
  expect(broken).toEqual([
    { line: 4, broken: 'bad date' },
    { line: 5, broken: 'bad number' },
    { line: 6, broken: 'cell count' },
    { line: 7, broken: 'in the future' },
    { line: 8, broken: 'bad number' },
  ]);
});

test('an import can be taken out again, with its figures', async () => {
  const [report] = await bring(PLAUSIBLE[VISITORS] ?? '');
  expect(await removeSumImport(store.db, store.clickhouse, report?.id ?? '')).toBe(true);
  expect(await store.rows('SELECT * FROM imported_sums')).toEqual([]);
  expect((await ask({})).totals.visits?.value).toBe(0);
  expect((await bring(PLAUSIBLE[VISITORS] ?? ''))[0]).toMatchObject({ repeated: false, sums: 2 });
});

test.each([
  ['a table that is none of Plausible’s', 'a,b\n1,2\n', /none of the tables/],
  ['an empty file', '', /is empty/],
  ['a ZIP without tables', zipOf({ 'readme.txt': 'x' }), /no CSV file/],
  ['a damaged ZIP', zipOf(PLAUSIBLE).subarray(0, 900), /no readable ZIP/],
  ['a damaged gzip file', gzipSync(PLAUSIBLE[VISITORS] ?? '').subarray(0, 60), /damaged/],
])('%s is refused in words', async (_name, contents, message) => {
  await expect(bring(contents)).rejects.toThrow(message);
});
