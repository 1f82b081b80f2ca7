/**
 * The vault's half of a page view: batches as the edge hands them over, stored exactly once on durable engines, beside a plain
 * insert of the same events into the same table. Then the roll-up of days of 137,000 events (50 million a year).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import { startClickHouse } from '@avow/engines/clickhouse';
import { startPostgres } from '@avow/engines/postgres';
import { openClickHouse } from '@avow/vault/platform/clickhouse';
import { openVaultDatabase } from '@avow/vault/platform/database';
import { addDays, isoDay } from '@avow/vault/platform/day';
import { migrateVaultDatabase } from '@avow/vault/platform/migrate';
import { rowsOfBatches } from '@avow/vault/visits/batch-rows';
import { createVisits } from '@avow/vault/visits/feature';
import { readVisitBatch } from '@avow/vault/visits/read-batch';
import { insertRows } from '@avow/vault/visits/stored-rows';
import { batchOf, eventOf } from '@avow/vault/visits/test-traffic';
import { pino } from 'pino';
import { recordResult } from './record-result.ts';

/** What 16 connections bring in one commit of the edge, and what one call of the link carries. */
const EVENTS_PER_BATCH = 16;
const BATCHES_PER_CALL = 64;
const CALLS = Number(process.env.CALLS ?? 60);
const EVENTS_PER_DAY = 137_000;
const DAYS = 5;

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

const round = (value: number) => Math.round(value * 100) / 100;
const today = isoDay(new Date());
const config = await loadConfig(join(import.meta.dirname, '..', 'examples', 'vendor', 'avow.config.ts'));
const sites = config.sites.map(({ id }) => id);

function nextCall() {
  return Array.from({ length: BATCHES_PER_CALL }, (_, at) =>
    batchOf(
      Array.from({ length: EVENTS_PER_BATCH }, (_unused, seq) =>
        eventOf({
          at: new Date().toISOString(),
          site: sites[at % sites.length] ?? '',
          visit: String(at),
          visitor: String(at),
          seq,
          path: `/products/${(at * seq) % 200}`,
          source: 'Google',
          channel: 'search',
          country: 'DE',
          browser: 'Firefox',
        }),
      ),
    ),
  );
}

const folder = await mkdtemp(join(tmpdir(), 'avow-bench-'));
const postgres = await startPostgres({ dir: join(folder, 'postgres'), roles: [{ name: 'vault', database: 'vault' }] });
const engine = await startClickHouse({ dir: join(folder, 'clickhouse') });
const db = openVaultDatabase(postgres.urls.vault ?? '');
const clickhouse = openClickHouse(engine.url);
try {
  await migrateVaultDatabase(db);
  const log = pino({ level: 'silent' });
  const visits = createVisits({ config, db, log, clock: () => new Date() } as Parameters<typeof createVisits>[0], {
    clickhouse,
  });
  await visits.start();

  const calls = Array.from({ length: CALLS }, nextCall);
  const events = CALLS * BATCHES_PER_CALL * EVENTS_PER_BATCH;
  const stored = await secondsOf(async () => {
    for (const items of calls) await visits.receive(items, 'edge');
  });
  const rules = { sites: new Set(sites), today };
  const plain = await secondsOf(async () => {
    for (const items of calls) {
      const batches = items.flatMap(({ id, body }) => {
        const content = readVisitBatch(body, rules);
        return content ? [{ id, content }] : [];
      });
      for (const rows of rowsOfBatches(batches, new Date(), today)) await insertRows(clickhouse, rows);
    }
  });

  await clickhouse.command({ query: 'TRUNCATE TABLE visit_events' });
  for (let ago = 1; ago <= DAYS; ago++) await fillDay(addDays(today, -ago));
  const rebuilt = await secondsOf(() => visits.rebuildRollups({ from: addDays(today, -DAYS), to: today }));
  const oneDay = await secondsOf(() => visits.rebuildRollups({ from: addDays(today, -1), to: today }));
  const rawBytes = await bytesOf(['visit_events', 'visit_days']);
  const rollupBytes = await bytesOf(['visits_by_hour', 'visits_by_day', 'visits_by_month']);

  const perSecond = Math.round(events / stored);
  await recordResult({
    name: 'visits-store',
    summary: `${perSecond.toLocaleString('en')} events/s stored exactly once from batches of ${EVENTS_PER_BATCH}, ${BATCHES_PER_CALL} at a time (${Math.round(events / plain).toLocaleString('en')}/s without the record of batches); a day of ${EVENTS_PER_DAY.toLocaleString('en')} events rolled up in ${round(oneDay)} s; ${Math.round(rawBytes / ((DAYS * EVENTS_PER_DAY) / 1e6) / 2 ** 20)} MiB a million events`,
    ratio: round(plain / stored),
    figures: {
      events,
      seconds: round(stored),
      perSecond,
      plainSeconds: round(plain),
      rolledUpDays: DAYS,
      secondsOfDays: round(rebuilt),
      secondsOfOneDay: round(oneDay),
      rawBytesPerEvent: round(rawBytes / (DAYS * EVENTS_PER_DAY)),
      rollupBytesPerDay: Math.round(rollupBytes / DAYS),
    },
  });
  process.stdout.write(`${perSecond}/s; ${DAYS} days in ${round(rebuilt)} s, one in ${round(oneDay)} s\n`);
} finally {
  await Promise.all([db.destroy(), clickhouse.close()]);
  await Promise.all([postgres.stop(), engine.stop()]);
  await rm(folder, { recursive: true, force: true });
}

/** Visits of four views, each followed by an engagement; 300 pages, the first of them much more than the last. */
async function fillDay(day: string): Promise<void> {
  await clickhouse.command({
    query: `INSERT INTO visit_events (id, site, hour, day, visitor, visit, seq, kind, path, first_in_visit, first_of_path,
        engaged_ms, scroll_percent, source, channel, country, language, device, browser, browser_version, os, entry_path, batch)
      SELECT cityHash64(number, {day:Date}), {sites:Array(String)}[1 + intDiv(number, 8) % ${sites.length}],
        toDateTime({day:Date}) + (cityHash64(intDiv(number, 8)) % 24) * 3600, {day:Date},
        cityHash64(intDiv(number, 12), {day:Date}), cityHash64(intDiv(number, 8), {day:Date}), number % 8,
        if(number % 2 = 0, 'view', 'engagement'),
        concat('/p/', toString(toUInt32(300 * pow((cityHash64(intDiv(number, 2)) % 1000) / 1000, 3)))),
        number % 8 = 0, number % 2 = 0, if(number % 2 = 0, 0, cityHash64(number) % 60000), cityHash64(number) % 101,
        concat('source', toString(cityHash64(intDiv(number, 8)) % 40)), 'referral',
        ['DE', 'AT', 'CH', 'US', 'FR'][1 + cityHash64(intDiv(number, 8)) % 5], 'de', 'desktop', 'Firefox', '140', 'Linux',
        concat('/p/', toString(cityHash64(intDiv(number, 8)) % 300)), generateUUIDv4()
      FROM numbers(${EVENTS_PER_DAY})`,
    query_params: { day, sites },
  });
}

async function bytesOf(tables: string[]): Promise<number> {
  const answer = await clickhouse.query({
    query: `SELECT sum(bytes_on_disk) AS n FROM system.parts
      WHERE active AND database = currentDatabase() AND table IN {tables:Array(String)}`,
    query_params: { tables },
    format: 'JSONEachRow',
  });
  return Number((await answer.json<{ n: string }>())[0]?.n);
}
