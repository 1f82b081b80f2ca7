/**
 * A vault's data folder with a year of made-up page views, rolled up: filled once, and used as often as one likes. The folder is laid out
 * as `avow up` lays out its own, so that a whole house can be started over it.
 */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clickHouseDir, vaultPostgresOptions } from '@avow/cli/house/engines';
import type { AvowConfig } from '@avow/config/config';
import { type RunningClickHouse, startClickHouse } from '@avow/engines/clickhouse';
import { startPostgres } from '@avow/engines/postgres';
import { openClickHouse } from '@avow/vault/platform/clickhouse';
import { openVaultDatabase, type VaultDatabase } from '@avow/vault/platform/database';
import { addDays, type IsoDay, isoDay } from '@avow/vault/platform/day';
import { migrateVaultDatabase } from '@avow/vault/platform/migrate';
import { createVisits, type Visits } from '@avow/vault/visits/feature';
import type { ClickHouseClient } from '@clickhouse/client';
import { pino } from 'pino';
import { DAYS_OF_YEAR, fillMinutes, fillYear } from './visit-traffic.ts';

/** No event of the year expires. */
export const KEEP_ALL_DAYS = 2 * DAYS_OF_YEAR;

export interface FilledVisits {
  /** The last day of the year, which is not rolled up: in the evening of this day all questions are asked. */
  today: IsoDay;
  fillSeconds: number;
  rollUpMillisecondsPerDay: number;
}

export interface OpenStore {
  db: VaultDatabase;
  clickhouse: ClickHouseClient;
  engine: RunningClickHouse;
  close(): Promise<void>;
}

/** The engines over a vault's data folder, brought to today's tables. */
export async function openStore(dataDir: string): Promise<OpenStore> {
  const postgres = await startPostgres(vaultPostgresOptions(dataDir));
  const engine = await startClickHouse({ dir: clickHouseDir(dataDir) });
  const db = openVaultDatabase(postgres.urls.vault ?? '');
  const clickhouse = openClickHouse(engine.url);
  await migrateVaultDatabase(db);
  return {
    db,
    clickhouse,
    engine,
    async close() {
      await Promise.all([db.destroy(), clickhouse.close()]);
      await Promise.all([postgres.stop(), engine.stop()]);
    },
  };
}

/** The feature alone, in the evening of `today`, with single events kept for `rawDays`. */
export function visitsOver(
  { db, clickhouse }: Pick<OpenStore, 'db' | 'clickhouse'>,
  { config, today, rawDays }: { config: AvowConfig; today: IsoDay; rawDays: number },
): Visits {
  const services = {
    config: { ...config, visits: { ...config.visits, rawDays } },
    db,
    log: pino({ level: 'silent' }),
    clock: () => new Date(`${today}T20:00:00Z`),
  } as Parameters<typeof createVisits>[0];
  return createVisits(services, { clickhouse });
}

/**
 * Fills the folder, unless it is: three sites of the configuration, `millions` million page views over the 366 days up to today, the last
 * half hour in realtime, and every finished day rolled up. 50 million take about a quarter of an hour and 12 GB of disk. No engine runs
 * before or afterwards. All events of the year are there: a vault that keeps 90 days of them removes the others when it starts.
 */
export async function fillVisits(
  dataDir: string,
  { millions, config, say }: { millions: number; config: AvowConfig; say(text: string): void },
): Promise<FilledVisits> {
  const record = join(dataDir, `${millions}-million-visits.json`);
  const known = await readFile(record, 'utf8').catch(() => null);
  if (known !== null) {
    const filled: FilledVisits = JSON.parse(known);
    say(`${dataDir} has ${millions} million page views up to ${filled.today} already`);
    return filled;
  }
  if (await stat(clickHouseDir(dataDir)).catch(() => null)) {
    throw new Error(`${dataDir} has other visits, or some of a run that broke off: name another folder, or remove it`);
  }
  await mkdir(dataDir, { recursive: true });
  const store = await openStore(dataDir);
  try {
    const sites = config.sites.map(({ id }) => id);
    const today = isoDay(new Date());
    const visits = visitsOver(store, { config, today, rawDays: KEEP_ALL_DAYS });
    await visits.start();
    const tell = progress(say);
    const began = performance.now();
    await fillYear(store.clickhouse, {
      views: millions * 1e6,
      sites,
      today,
      onProgress: (share) => tell(`${millions} million page views: filled`, share),
    });
    await fillMinutes(store.clickhouse, sites, new Date(`${today}T20:00:00Z`));
    const rolling = performance.now();
    await visits.rebuildRollups({
      from: addDays(today, 1 - DAYS_OF_YEAR),
      to: today,
      onProgress: ({ done, of }) => tell(`${millions} million page views: rolled up`, done / of),
    });
    const filled: FilledVisits = {
      today,
      fillSeconds: Math.round((rolling - began) / 100) / 10,
      rollUpMillisecondsPerDay: Math.round(((performance.now() - rolling) * 10) / (DAYS_OF_YEAR - 1)) / 10,
    };
    await writeFile(record, JSON.stringify(filled));
    return filled;
  } finally {
    await store.close();
  }
}

/** A line for each tenth. */
function progress(say: (text: string) => void): (what: string, share: number) => void {
  let last = '';
  return (what, share) => {
    const line = `${what} ${Math.floor(share * 10) * 10} %`;
    if (line !== last) say(line);
    last = line;
  };
}
