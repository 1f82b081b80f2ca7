/** One house per data folder: a second `avow up` on the same folder is told so instead of fighting for ports and files. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findArguments } from '@avow/engines/system/processes';

export class DataDirInUse extends Error {}

/** The folder cannot be made or written; the message says which and why. */
export class DataDirUnusable extends Error {}

export interface DataLock {
  release(): Promise<void>;
}

/** Throws DataDirInUse with the process id of the holder, or DataDirUnusable. A lock whose holder is dead is taken over. */
export async function holdDataDir(dataDir: string): Promise<DataLock> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o755 });
    return await takeLock(dataDir);
  } catch (cause) {
    if (cause instanceof DataDirInUse || !(cause instanceof Error && 'code' in cause)) throw cause;
    const why = WHY[String(cause.code)] ?? cause.message;
    throw new DataDirUnusable(`${dataDir} cannot hold the data: ${why}. Choose another folder with --data.`, { cause });
  }
}

const WHY: Record<string, string> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is mounted read-only',
  EEXIST: 'it is a file, not a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  ENOSPC: 'the disk is full',
};

async function takeLock(dataDir: string): Promise<DataLock> {
  const path = join(dataDir, 'up.pid');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await writeFile(path, `${process.pid}\n`, { flag: 'wx' });
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = Number.parseInt(await readFile(path, 'utf8'), 10);
    if (await isHolder(holder))
      throw new DataDirInUse(
        `${dataDir} is in use by process ${holder}: avow is already running there. Stop it, or choose another folder with --data.`,
      );
    await rm(path, { force: true });
  }
  throw new DataDirInUse(`${dataDir} is being taken by another process at this moment. Try again.`);
}

/** Numbers are used again, after a restart of the machine as well: only a process that looks like `avow up` holds the folder. */
async function isHolder(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  const args = await findArguments(pid);
  return args?.includes('up') === true && args.some((argument) => /(^|\/)avow(\.ts)?$/.test(argument));
}
