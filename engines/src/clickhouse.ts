/** The ClickHouse engine from npm in a process of its own, reached like a server: for those who give no ClickHouse URL. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { claimFolder, recordHolder } from './clickhouse/holder.ts';
import { defaultMemoryBytes } from './clickhouse/limits.ts';
import { DATABASE, USER } from './clickhouse/names.ts';
import { prepareAccess } from './system/access-file.ts';
import { watchExit } from './system/exit-watch.ts';
import { sendSignal, waitForEnd } from './system/processes.ts';

const PROGRAM = fileURLToPath(new URL('./clickhouse/clickhouse-process.ts', import.meta.url));

export interface ClickHouseOptions {
  /** The data directory. Port and password, log and configuration lie beside it: `<dir>.access.json`, `.log`, `.config.xml`. */
  dir: string;
  /** Wanted port; otherwise the one of last time, or any free one. */
  port?: number;
  /** What the engine may use. Default: a quarter of the machine, between 512 MiB and 8 GiB. */
  memoryBytes?: number;
}

export interface RunningClickHouse {
  /** For `@clickhouse/client`, with user, password and database. The same after every restart, as long as the port can be had. */
  url: string;
  pid: number;
  port: number;
  /** Calls back once when the process ends without `stop()`. Starting it again is a call of `startClickHouse` with the same options. */
  onExit(listener: () => void): void;
  stop(): Promise<void>;
}

/** The directories of engines that run under this program. */
const inUse = new Set<string>();

/** Starts the engine; one that a killed parent left behind is ended first. Throws when another living program uses the directory. */
export async function startClickHouse(options: ClickHouseOptions): Promise<RunningClickHouse> {
  await mkdir(dirname(options.dir), { recursive: true, mode: 0o711 });
  const dir = join(await realpath(dirname(options.dir)), basename(options.dir));
  if (inUse.has(dir)) throw new Error(`${dir} is in use by this program`);
  await claimFolder(dir);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { port, password } = await prepareAccess(dir, options.port);
  const child = launch(dir, options.memoryBytes ?? defaultMemoryBytes());
  const { pid } = child;
  if (pid === undefined) throw new Error(`the ClickHouse engine cannot be run: ${await failure(child)}`);
  await recordHolder(dir, pid);
  await becomesReady(child, dir);
  inUse.add(dir);
  child.once('exit', () => inUse.delete(dir));
  const watch = watchExit(child, async () => child.exitCode === null && child.signalCode === null);
  return {
    url: `http://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`,
    pid,
    port,
    onExit: watch.onExit,
    async stop() {
      watch.expect();
      child.stdin?.end();
      const isThere = async () => child.exitCode === null && child.signalCode === null;
      if (await waitForEnd(isThere, 8_000)) return;
      sendSignal(pid, 'SIGKILL');
      await waitForEnd(isThere, 5_000);
    },
  };
}

function launch(dir: string, memoryBytes: number): ChildProcess {
  const log = openSync(`${dir}.log`, 'a', 0o600);
  try {
    return spawn(process.execPath, [PROGRAM, dir, String(memoryBytes)], {
      // The engine takes unknown table names for files of the folder it is started in.
      cwd: dir,
      // A group of its own: Ctrl-C in the terminal reaches the programs first.
      detached: true,
      stdio: ['pipe', 'pipe', log],
      // Each lane occupies a thread while it waits for the engine; reading and writing files needs some, too.
      // And its zone is that of servers, not of the machine: who means another zone says so in the query.
      env: { ...process.env, UV_THREADPOOL_SIZE: '8', TZ: 'UTC' },
    });
  } finally {
    closeSync(log);
  }
}

function failure(child: ChildProcess): Promise<string> {
  return new Promise((done) => child.once('error', (error) => done(error.message)));
}

/** Its first line says that it listens. */
function becomesReady(child: ChildProcess, dir: string): Promise<void> {
  return new Promise((done, failed) => {
    child.once('exit', (code, signal) =>
      failed(new Error(`the ClickHouse engine ended (${code ?? signal}); see ${dir}.log`)),
    );
    child.stdout?.once('data', () => {
      child.stdout?.destroy();
      done();
    });
  });
}
