/** The purpose `visits`: website statistics without identities (W0, W4, W5, W6). */
import type { ClickHouseClient } from '@clickhouse/client';
import type { Hono } from 'hono';
import { migrateClickHouse, PREPARING_CLICKHOUSE } from '../platform/clickhouse.ts';
import { withoutContents } from '../platform/database-errors.ts';
import type { Feature } from '../platform/feature.ts';
import { oneAtATime } from '../platform/one-at-a-time.ts';
import type { Services } from '../platform/services.ts';
import { type ActiveVisitsMemory, createActiveVisits } from './active-visits.ts';
import { evaluateAlerts } from './alerts/evaluate-alerts.ts';
import { alertRoutes } from './alerts/routes.ts';
import { sumImportRoutes } from './imported-sums/routes.ts';
import { createExportJob } from './jobs/export-events-job.ts';
import { exportRoute } from './jobs/export-route.ts';
import { createSumImportJob } from './jobs/import-sums-job.ts';
import { visitsKeeps } from './keeps.ts';
import { keptDaysOf } from './kept-days.ts';
import { rememberFinishedSums } from './query/finished-sums.ts';
import { visitRoutes } from './query/routes.ts';
import { createRollups, type Rollups } from './rebuild-rollups.ts';
import { createVisitReceiver, type ReceiveVisits } from './receive-batch.ts';
import { nightlyHour } from './reporting-day.ts';
import { applyKeptDays, removeOldMinutes, runRetention } from './retention.ts';
import { readRollUpState } from './rollup-days.ts';
import { forgetPastReaders } from './shared-links/readers.ts';
import { createSharedReading } from './shared-links/reading.ts';
import { sharedLinkRoutes } from './shared-links/routes.ts';
import { sendDueReport } from './weekly-report/send-report.ts';
import './tables.ts';

export interface Visits extends Feature {
  receive: ReceiveVisits;
  active: ActiveVisitsMemory['now'];
  rebuildRollups: Rollups['rebuildRollups'];
  runRetention(): Promise<void>;
  rollUpState(): ReturnType<typeof readRollUpState>;
  /** `/api/shared`, for readers of links. */
  sharedReading: Hono;
  /** Brings ClickHouse to today's shape and settles what was left open. If it is away, this is done when it is needed. */
  start(): Promise<void>;
}

export function createVisits(services: Services, { clickhouse }: { clickhouse: ClickHouseClient }): Visits {
  const { config, db, clock, log } = services;
  const { timeZone } = config;
  const kept = keptDaysOf(config);
  const active = createActiveVisits(clock);
  const siteIds = config.sites.map(({ id }) => id);
  const receiver = createVisitReceiver({ db, clickhouse, active, siteIds, timeZone, clock, log });
  const rollups = createRollups({ db, clickhouse, clock, timeZone, kept });
  const store = { db, clickhouse, clock, kept };
  let prepared: Promise<void> | undefined;

  async function prepare(): Promise<void> {
    await oneAtATime(db, PREPARING_CLICKHOUSE, async () => {
      await migrateClickHouse(clickhouse);
      await applyKeptDays(clickhouse, kept);
    });
    const settled = await receiver.reconcile();
    if (settled > 0) log.info({ batches: settled }, 'batches of visits from before the start are confirmed');
  }

  async function ready(): Promise<void> {
    prepared ??= prepare();
    try {
      await prepared;
    } catch (error) {
      prepared = undefined;
      throw error;
    }
  }

  const afterwards =
    <Given extends unknown[], T>(work: (...given: Given) => Promise<T>) =>
    async (...given: Given): Promise<T> => {
      await ready();
      return work(...given);
    };

  const queries = { config, db, clickhouse, clock, finished: rememberFinishedSums(), active: active.now };
  const retain = afterwards(() => runRetention(store));
  return {
    name: 'visits',
    accepts: [],
    staffRoutes: [
      ...visitRoutes(queries),
      ...alertRoutes({ config, db, clock }),
      ...sharedLinkRoutes({ config, db, clock }),
      ...sumImportRoutes(services, clickhouse),
      exportRoute(services),
    ],
    jobs: [createSumImportJob(services, clickhouse, ready), createExportJob(services, clickhouse, ready)],
    sharedReading: createSharedReading(queries),
    keeps: visitsKeeps(kept),
    schedule: [
      {
        name: 'visits.rollUp',
        cron: `40 ${nightlyHour(clock(), timeZone)} * * *`,
        run: afterwards(async () => void (await rollups.rollUpFinishedDays())),
      },
      { name: 'visits.retention', cron: '20 1 * * *', run: retain },
      {
        name: 'visits.forgetMinutes',
        cron: '*/10 * * * *',
        run: afterwards(() => removeOldMinutes(clickhouse, clock)),
      },
      { name: 'visits.forgetReaders', cron: '*/15 * * * *', run: () => forgetPastReaders(db, clock()) },
      {
        name: 'visits.alerts',
        // Late enough for what waited at the edge for a moment.
        cron: '10 * * * *',
        run: afterwards(() => evaluateAlerts({ ...services, clickhouse })),
      },
      {
        name: 'visits.weeklyReport',
        // Monday at six lies on a quarter of an hour everywhere, but not always on the same one.
        cron: '*/15 * * * *',
        run: afterwards(() => sendDueReport({ ...services, clickhouse })),
      },
    ],
    tellPerson: async () => ({}),
    forgetPerson: async () => ({ stays: [] }),
    receive: afterwards(receiver.receive),
    active: active.now,
    rebuildRollups: afterwards(rollups.rebuildRollups),
    runRetention: retain,
    rollUpState: () => readRollUpState(db),
    async start() {
      await ready().catch((error: unknown) =>
        log.warn({ error: withoutContents(error) }, 'the store of visits cannot be reached; visits wait at the edge'),
      );
    },
  };
}
