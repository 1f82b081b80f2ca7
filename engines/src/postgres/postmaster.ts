/** The server process of a data directory: finding, starting and stopping it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { sendSignal, servesFolder, waitForEnd } from '../system/processes.ts';
import type { Binaries } from './binaries.ts';
import { asUser, type OperatingUser } from './operating-user.ts';

const LARGEST_LOG_BYTES = 8 * 1024 * 1024;

export interface Postmaster {
  pid: number;
  port: number;
}

/** Reads `postmaster.pid`. A file whose process is not the server of this very directory is left over, and is removed. */
export async function findPostmaster(dir: string): Promise<Postmaster | null> {
  const file = join(dir, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (await isPostmaster(pid, dir)) return { pid, port: Number(lines[3]) };
  // PostgreSQL itself only asks whether the number is in use: in a container small numbers come back at once, and it would refuse to start.
  await rm(file, { force: true });
  return null;
}

export function isPostmaster(pid: number, dir: string): Promise<boolean> {
  return servesFolder(pid, 'postgres', dir);
}

export interface Launch {
  dir: string;
  port: number;
  binaries: Binaries;
  user: OperatingUser | null;
  settings: Record<string, string>;
}

export function logFile(dir: string): string {
  return `${dir}.log`;
}

/** Starts the server. It is not ready yet, and outlives us if we are killed. */
export async function launch({ dir, port, binaries, user, settings }: Launch): Promise<ChildProcess> {
  const flags = Object.entries({ ...ALWAYS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const size = await stat(logFile(dir)).then(
    (file) => file.size,
    () => 0,
  );
  if (size > LARGEST_LOG_BYTES) await truncate(logFile(dir));
  // A file, not a pipe: an orphan must be able to go on writing.
  const log = openSync(logFile(dir), 'a', 0o600);
  try {
    const [program, args, options] = asUser(user, binaries.postgres, ['-D', dir, '-p', String(port), ...flags]);
    return spawn(program, args, {
      ...options,
      cwd: dir,
      // A group of its own: Ctrl-C in the terminal reaches the programs first, and they still need their database to finish.
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

const ALWAYS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // The server's log holds no rows: neither the statement that failed nor the DETAIL line with the values of the key in the way.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** Ends the server of this directory: politely first, harder when it does not follow. It recovers from every one of them. */
export async function stopPostmaster(pid: number, dir: string, signals = GENTLE): Promise<void> {
  for (const [signal, milliseconds] of signals) {
    if (!(await isPostmaster(pid, dir))) return;
    sendSignal(pid, signal);
    if (await waitForEnd(() => isPostmaster(pid, dir), milliseconds)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end`);
}

const GENTLE: [NodeJS.Signals, number][] = [
  // Waits for clients to leave. Pools call themselves ended while their connections still are closing, and would take the shutdown for an error.
  ['SIGTERM', 500],
  ['SIGINT', 30_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 5_000],
];
