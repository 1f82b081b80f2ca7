/**
 * The file of printable serials, for whoever prints them: readable by its owner only, never over an existing one, and under
 * its own name only once its serials are stored.
 */
import { access, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SerialProblem } from './serial-problem.ts';

/** Something about the file the operator named; the message says what to do. */
export class SerialFileProblem extends SerialProblem {}

export interface SerialFile {
  /** Where the serials are until `finish`. */
  partial: string;
  write(lines: readonly string[]): Promise<void>;
  /** On disk, still under its partial name. */
  flush(): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

const LEFT_OVER =
  'is left from an interrupted run. Look up one of its serials with "avow serials check": if it is known, the run was stored and the file is complete, so give it its name; otherwise remove it.';

/** Throws SerialFileProblem where a file of that name, or the rest of an interrupted run, is there. */
export async function refuseExisting(file: string): Promise<void> {
  if (await exists(file)) {
    throw new SerialFileProblem(`${file} exists. Serials are never written over a file; choose another name.`);
  }
  if (await exists(`${file}.part`)) throw new SerialFileProblem(`${file}.part ${LEFT_OVER}`);
}

/** Throws SerialFileProblem. */
export async function createSerialFile(file: string): Promise<SerialFile> {
  await refuseExisting(file);
  const partial = `${file}.part`;
  const refuseUnwritable = (cause: Error): never => {
    throw new SerialFileProblem(`${partial} cannot be written: ${cause.message}`, { cause });
  };
  const handle = await open(partial, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST') throw new SerialFileProblem(`${partial} ${LEFT_OVER}`, { cause });
    return refuseUnwritable(cause);
  });

  return {
    partial,
    async write(lines) {
      await handle.writeFile(`${lines.join('\n')}\n`).catch(refuseUnwritable);
    },
    async flush() {
      await handle.sync();
      await handle.close();
    },
    async finish() {
      await rename(partial, file);
      await syncFolder(dirname(file));
    },
    async discard() {
      await handle.close().catch(() => {});
      await rm(partial, { force: true });
    },
  };
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** A rename is on disk only when its folder is; Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
