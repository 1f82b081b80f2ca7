/** Starts one real PostgreSQL for a whole test run and tells the tests its address. */
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';
import { createTestFolder, removeLeftFolders } from './test-folders.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    project.provide('postgresUrl', given);
    return async () => {};
  }
  await removeLeftFolders();
  const folder = await createTestFolder();
  const postgres = await startPostgres({
    dir: join(folder.path, 'postgres'),
    roles: [],
    // It is thrown away, and power cuts are not what these tests are about.
    settings: { fsync: 'off', max_connections: '300' },
    durable: false,
  });
  project.provide('postgresUrl', postgres.adminUrl);
  return async () => {
    await postgres.stop();
    await folder.remove();
  };
}
