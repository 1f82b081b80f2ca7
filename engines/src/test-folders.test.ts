import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findArguments } from './system/processes.ts';
import { createTestFolder } from './test-folder.ts';
import { FOLDER_PREFIX, markFolder, removeLeftFolders } from './test-folders.ts';
import { startProgram } from './test-program.ts';

let folder: Awaited<ReturnType<typeof createTestFolder>>;

beforeEach(async () => {
  folder = await createTestFolder();
});

afterEach(() => folder.remove());

test('a killed test run is cleaned up by the next: its database ended, its folder gone', async () => {
  const left = join(folder.path, `${FOLDER_PREFIX}left`);
  await mkdir(left, { mode: 0o711 });
  const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const run = await startProgram(`
    const { markFolder } = await import(${module('./test-folders.ts')});
    const { startPostgres } = await import(${module('./postgres.ts')});
    await markFolder(${JSON.stringify(left)});
    const { pid } = await startPostgres({ dir: ${JSON.stringify(join(left, 'postgres'))}, roles: [], durable: false });
    console.log(JSON.stringify({ pid }));
    setInterval(() => {}, 1000);
  `);
  await removeLeftFolders(folder.path);
  expect(await findArguments(Number(run.said.pid))).not.toBeNull();
  await run.kill();
  await removeLeftFolders(folder.path);
  expect(await findArguments(Number(run.said.pid))).toBeNull();
  expect(await readdir(folder.path)).toEqual([]);
});

test('folders of living runs, and what is not ours, are left alone', async () => {
  const mine = join(folder.path, `${FOLDER_PREFIX}mine`);
  await mkdir(mine);
  await markFolder(mine);
  await mkdir(join(folder.path, `${FOLDER_PREFIX}unmarked`));
  await writeFile(join(folder.path, 'other'), '');
  await removeLeftFolders(folder.path);
  expect(await readdir(folder.path)).toHaveLength(3);
});
