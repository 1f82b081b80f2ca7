/** Starts one real PostgreSQL for a whole test run, and ClickHouse when asked for, and tells the tests where they are. */
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type RunningPostgres, startPostgres } from './postgres.ts';
import { offerTestClickHouse } from './test-clickhouse.ts';
import { createTestFolder, removeLeftFolders } from './test-folders.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    /** Ask here for the address of ClickHouse. */
    clickhouseAskAt: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftFolders();
  const folder = await createTestFolder();
  const clickhouse = await offerTestClickHouse(folder.path, process.env.TEST_CLICKHOUSE_URL);
  project.provide('clickhouseAskAt', clickhouse.askAt);
  const postgres = await providePostgres(project, folder.path);
  return async () => {
    await Promise.all([postgres?.stop(), clickhouse.stop()]);
    await folder.remove();
  };
}

async function providePostgres(project: TestProject, folder: string): Promise<RunningPostgres | null> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    project.provide('postgresUrl', given);
    return null;
  }
  const postgres = await startPostgres({
    dir: join(folder, 'postgres'),
    roles: [],
    // It is thrown away, and power cuts are not what these tests are about.
    settings: { fsync: 'off', max_connections: '300' },
    durable: false,
  });
  project.provide('postgresUrl', postgres.adminUrl);
  return postgres;
}
