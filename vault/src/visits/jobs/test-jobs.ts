/** For tests: the visits of a house with its jobs, a worker to start and stop, and staff who ask. */
import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import type { ClickHouseClient } from '@clickhouse/client';
import { pino } from 'pino';
import { openClickHouse } from '../../platform/clickhouse.ts';
import { createJobs } from '../../platform/jobs/feature.ts';
import { openJobFiles } from '../../platform/jobs/files.ts';
import { type JobWorker, startJobWorker } from '../../platform/jobs/work-jobs.ts';
import { openOutbox } from '../../platform/mail/outbox.ts';
import { openPeriodKeys } from '../../platform/period-keys.ts';
import { openTestStaff, type TestStaff } from '../../test-staff.ts';
import { openTestVault, type TestVault } from '../../test-vault.ts';
import { createVisits } from '../feature.ts';

interface Database {
  url: string;
  drop(): Promise<void>;
}

export interface TestJobHouse {
  vault: TestVault;
  clickhouse: ClickHouseClient;
  staff: TestStaff;
  start(): void;
  /** After the step in hand. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export async function openJobHouse(
  createDatabase: () => Promise<Database>,
  createClickHouse: () => Promise<Database>,
): Promise<TestJobHouse> {
  const [vault, engine] = await Promise.all([openTestVault(createDatabase), createClickHouse()]);
  const clickhouse = openClickHouse(engine.url);
  const config = await loadConfig(join(import.meta.dirname, '../../../../examples/vendor/avow.config.ts'));
  const { db, keyring, vaultUrl: databaseUrl } = vault;
  const clock = () => new Date();
  const log = pino({ level: 'silent' });
  const mail = openOutbox({ config, keyring, periodKeys: openPeriodKeys(db, keyring), clock });
  const services = { ...vault, config, mail, clock, log, publicUrl: 'http://127.0.0.1' };
  const visits = createVisits(services, { clickhouse });
  await visits.start();
  const kinds = visits.jobs ?? [];
  const jobs = createJobs(services, { kinds: () => kinds, nameOf: async () => 'somebody' });
  const files = openJobFiles(services);
  const staff = await openTestStaff(vault, { routes: [...(visits.staffRoutes ?? []), ...(jobs.staffRoutes ?? [])] });
  let worker: JobWorker | null = null;
  const stop = async () => {
    await worker?.stop();
    worker = null;
  };
  return {
    vault,
    clickhouse,
    staff,
    start() {
      worker = startJobWorker({ db, databaseUrl, kinds, files, log });
    },
    stop,
    async close() {
      await stop();
      await clickhouse.close();
      await Promise.all([vault.close(), engine.drop()]);
    },
  };
}
