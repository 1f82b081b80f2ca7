/** Starts one real PostgreSQL for a whole test run and tells the tests its address. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';
import { FOLDER_PREFIX, markFolder, removeLeftFolders } from './test-folders.ts';

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
  const folder = await mkdtemp(join(tmpdir(), FOLDER_PREFIX));
  await chmod(folder, 0o711);
  await markFolder(folder);
  const postgres = await startPostgres({
    dir: join(folder, 'postgres'),
    roles: [],
    // It is thrown away, and power cuts are not what these tests are about.
    settings: { fsync: 'off', max_connections: '300' },
    durable: false,
  });
  project.provide('postgresUrl', postgres.adminUrl);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
