/** The folders of test runs in the system's temporary folder: a run that was killed leaves its database running there. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostmaster, stopPostmaster } from './postgres/postmaster.ts';
import { findArguments } from './system/processes.ts';

export const FOLDER_PREFIX = 'avow-test-';
const MARK = 'test-run.pid';

export async function markFolder(folder: string): Promise<void> {
  await writeFile(join(folder, MARK), String(process.pid));
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
  const dir = join(folder, 'postgres');
  const left = await findPostmaster(dir);
  if (left)
    await stopPostmaster(left.pid, dir, [
      ['SIGQUIT', 5_000],
      ['SIGKILL', 5_000],
    ]);
  await rm(folder, { recursive: true, force: true });
}
