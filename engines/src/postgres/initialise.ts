/** A new cluster on disk. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder, writeDurably } from '../system/durable-file.ts';
import { ADMINISTRATOR } from './access.ts';
import type { Binaries } from './binaries.ts';
import { asUser, handOver, type OperatingUser } from './operating-user.ts';

export async function clusterExists(dir: string): Promise<boolean> {
  return stat(join(dir, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

export interface NewCluster {
  dir: string;
  binaries: Binaries;
  user: OperatingUser | null;
  password: string;
  /** False only for throw-away clusters of tests: saves the wait for the disk. */
  durable: boolean;
}

/** Runs `initdb` in a folder beside the wanted one and renames it when whole: a crash leaves no half cluster. */
export async function initialiseCluster({ dir, binaries, user, password, durable }: NewCluster): Promise<void> {
  const draft = `${dir}.new`;
  const passwordFile = `${dir}.new-password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await writeDurably(passwordFile, `${password}\n`);
  try {
    await handOver(draft, user);
    await handOver(passwordFile, user);
    await runInitdb(
      [`--pgdata=${draft}`, `--pwfile=${passwordFile}`, ...(durable ? [] : ['--no-sync'])],
      binaries,
      user,
      draft,
    );
    await rename(draft, dir);
    await syncFolder(dirname(dir));
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function runInitdb(more: string[], binaries: Binaries, user: OperatingUser | null, cwd: string): Promise<void> {
  const [program, args, options] = asUser(user, binaries.initdb, [...ALWAYS, ...more]);
  const child = spawn(program, args, { ...options, cwd, stdio: 'pipe' });
  let said = '';
  const listen = (text: string) => {
    said += text;
  };
  child.stdout?.resume();
  child.stderr?.setEncoding('utf8').on('data', listen);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`PostgreSQL could not be set up in ${cwd}: ${said.trim()}`);
}

const ALWAYS = [
  `--username=${ADMINISTRATOR}`,
  '--auth-host=scram-sha-256',
  '--auth-local=reject',
  '--data-checksums',
  '--encoding=UTF8',
  '--locale=C',
  // Unlike the system's locales this one never changes its order, so no index goes wrong with an update of the system.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];
