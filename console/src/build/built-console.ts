/**
 * The built console for the sources as they are: found where an earlier start has built it, built otherwise. Each version has a
 * folder of its own, named by its fingerprint, that appears complete or not at all: whoever starts at the same time builds for
 * itself and then takes the folder of the one who was first.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fingerprint } from './fingerprint.ts';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const BUNDLE = fileURLToPath(new URL('./bundle.ts', import.meta.url));
const KEPT_DAYS = 7;

/** The folder of the built files. `onBuild` is told when it takes some seconds. */
export async function builtConsole({
  dist = DIST,
  onBuild,
}: {
  dist?: string;
  onBuild?(): void;
} = {}): Promise<string> {
  const folder = join(dist, await fingerprint());
  if (!existsSync(folder)) {
    onBuild?.();
    await mkdir(dist, { recursive: true });
    await buildInto(folder, dist);
    await removeUnused(dist);
  }
  const now = new Date();
  // Whoever may not write here has a folder that somebody else looks after.
  await utimes(folder, now, now).catch(() => {});
  return folder;
}

async function buildInto(folder: string, dist: string): Promise<void> {
  const staging = await mkdtemp(join(dist, 'building-'));
  try {
    // Whoever starts it may have another NODE_ENV (a test has), and would get React as it is for development.
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, [BUNDLE, staging], { env });
    await rename(staging, folder);
  } catch (cause) {
    await rm(staging, { recursive: true, force: true });
    // Somebody else was first.
    if (!existsSync(folder)) throw new Error('The console could not be built.', { cause });
  }
}

/** Versions from which nothing was started for a week. A vault that runs has read its files into memory. */
async function removeUnused(dist: string): Promise<void> {
  const before = Date.now() - KEPT_DAYS * 86_400_000;
  for (const name of await readdir(dist)) {
    const folder = join(dist, name);
    const used = await stat(folder).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    if (used < before) await rm(folder, { recursive: true, force: true });
  }
}
