/** Folders for tests in the system's temporary folder. A run that was killed leaves them, and databases running in them. */
import { chmod, glob, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findPostmaster, stopPostmaster } from './postgres/postmaster.ts';
import { findArguments } from './system/processes.ts';

export const FOLDER_PREFIX = 'avow-test-';
const MARK = 'test-run.pid';

export interface TestFolder {
  path: string;
  remove(): Promise<void>;
}

export async function createTestFolder(parent = tmpdir()): Promise<TestFolder> {
  const path = await mkdtemp(join(parent, FOLDER_PREFIX));
  await writeFile(join(path, MARK), String(process.pid));
  // As root, PostgreSQL runs as another user, who has to get into it.
  await chmod(path, 0o711);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Ends the databases of runs that are no more, and removes their folders. Folders of other users are left alone. */
export async function removeLeftFolders(parent = tmpdir()): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(FOLDER_PREFIX)) continue;
    const folder = join(parent, name);
    const run = Number(await readFile(join(folder, MARK), 'utf8').catch(() => 0));
    if (run === 0 || (await findArguments(run)) !== null) continue;
    await removeFolder(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPERM' && error.code !== 'EACCES') throw error;
    });
  }
}

async function removeFolder(folder: string): Promise<void> {
  for await (const file of glob('**/postmaster.pid', { cwd: folder })) {
    const dir = dirname(join(folder, file));
    const left = await findPostmaster(dir);
    if (left) await stopPostmaster(left.pid, dir, QUICK);
  }
  await rm(folder, { recursive: true, force: true });
}

const QUICK: [NodeJS.Signals, number][] = [
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];
