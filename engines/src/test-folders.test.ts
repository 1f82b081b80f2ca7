import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findArguments } from './system/processes.ts';
import { createTestFolder, FOLDER_PREFIX, removeLeftFolders, type TestFolder } from './test-folders.ts';
import { startProgram } from './test-program.ts';

let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder();
});

afterEach(() => folder.remove());

test('a killed test run is cleaned up by the next: its database ended, its folder gone', async () => {
  const parent = join(folder.path, 'temporary');
  await mkdir(parent, { mode: 0o711 });
  const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const run = await startProgram(`
    const { createTestFolder } = await import(${module('./test-folders.ts')});
    const { startPostgres } = await import(${module('./postgres.ts')});
    const { path } = await createTestFolder(${JSON.stringify(parent)});
    const { pid } = await startPostgres({ dir: path + '/deep/postgres', roles: [], durable: false });
    console.log(JSON.stringify({ pid }));
    setInterval(() => {}, 1000);
  `);
  await removeLeftFolders(parent);
  expect(await findArguments(Number(run.said.pid))).not.toBeNull();
  await run.kill();
  await removeLeftFolders(parent);
  expect(await findArguments(Number(run.said.pid))).toBeNull();
  expect(await readdir(parent)).toEqual([]);
});

test('folders of living runs, and what is not ours, are left alone', async () => {
  const parent = join(folder.path, 'temporary');
  await mkdir(join(parent, `${FOLDER_PREFIX}unmarked`), { recursive: true });
  await createTestFolder(parent);
  await writeFile(join(parent, 'other'), '');
  await removeLeftFolders(parent);
  expect(await readdir(parent)).toHaveLength(3);
});
