/** A PostgreSQL cluster of our own, from npm: for those who give no database URL. */
import { mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ADMINISTRATOR, databaseUrl, prepareAccess } from './postgres/access.ts';
import { findBinaries } from './postgres/binaries.ts';
import { clusterExists, initialiseCluster } from './postgres/initialise.ts';
import { findOperatingUser, handOver } from './postgres/operating-user.ts';
import { isPostmaster, stopPostmaster } from './postgres/postmaster.ts';
import { ensureRoles, type Role } from './postgres/roles.ts';
import { serve } from './postgres/serve.ts';
import { saveAccess } from './system/access-file.ts';
import { watchExit } from './system/exit-watch.ts';

export interface PostgresOptions {
  /** The data directory. Log, port and passwords lie beside it: `<dir>.log`, `<dir>.access.json`. */
  dir: string;
  /** Each role owns its database; no other role may connect to it. */
  roles: Role[];
  /** Wanted port; remembered with the cluster. Without it, or when it is taken: any free one. */
  port?: number;
  /** Further server settings, as on PostgreSQL's command line after `-c`. */
  settings?: Record<string, string>;
  /** False only for throw-away clusters: creating it does not wait for the disk. */
  durable?: boolean;
}

export interface RunningPostgres {
  /** By role. The same after every restart, as long as the port can be had. */
  urls: Record<string, string>;
  adminUrl: string;
  pid: number;
  port: number;
  /** False when the server was running already, left over from a parent that was killed or held by another program. */
  startedHere: boolean;
  /** Calls back once when the server ends without `stop()`. Starting it again is a call of `startPostgres` with the same options. */
  onExit(listener: () => void): void;
  stop(): Promise<void>;
}

/** Starts the cluster, or adopts its running server; creates it first if need be. `stop()` ends it in either case. */
export function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  return run(options, true);
}

/** The same for a guest: `stop()` leaves a server alone that was running before. */
export function attachPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  return run(options, false);
}

async function run(options: PostgresOptions, owns: boolean): Promise<RunningPostgres> {
  await mkdir(dirname(options.dir), { recursive: true, mode: 0o711 });
  const dir = join(await realpath(dirname(options.dir)), basename(options.dir));
  const binaries = await findBinaries();
  const user = await findOperatingUser([dir, binaries.postgres]);
  const exists = await clusterExists(dir);
  const access = await prepareAccess(dir, options, exists);
  const { administrator: password } = access;
  if (!exists) await initialiseCluster({ dir, binaries, user, password, durable: options.durable ?? true });
  await handOver(dir, user);
  const settings = options.settings ?? {};
  const server = await serve({ dir, binaries, user, password, port: options.port ?? access.port, settings });
  const watch = watchExit(server.child, () => isPostmaster(server.pid, dir));
  access.port = server.port;
  await saveAccess(dir, access);
  const adminUrl = databaseUrl(access, ADMINISTRATOR, 'postgres');
  await ensureRoles(adminUrl, options.roles, access.roles);
  return {
    urls: Object.fromEntries(options.roles.map(({ name, database }) => [name, databaseUrl(access, name, database)])),
    adminUrl,
    pid: server.pid,
    port: server.port,
    startedHere: server.child !== null,
    onExit: watch.onExit,
    async stop() {
      watch.expect();
      if (owns || server.child) await stopPostmaster(server.pid, dir);
    },
  };
}
