/** The engines the house needs and nobody gave an address for: started, watched, started again, stopped. */
import { join } from 'node:path';
import { startClickHouse } from '@avow/engines/clickhouse';
import { type PostgresOptions, startPostgres } from '@avow/engines/postgres';
import { startSmtpCatcher } from '@avow/engines/smtp-catcher';

export type Part = 'edge' | 'vault';

/** Addresses of every store and of the mail server, given or started here; null: not needed by the parts that run. */
export interface EngineUrls {
  edgeDatabase: string | null;
  vaultDatabase: string | null;
  keyringDatabase: string | null;
  clickhouse: string | null;
  smtp: string | null;
  /** Folder of caught mails, where the catcher runs. */
  caughtMail: string | null;
}

export type EngineName = 'edge PostgreSQL' | 'vault PostgreSQL' | 'ClickHouse';

export interface Engines {
  urls: EngineUrls;
  /** Process ids right now, of the engines that run here. */
  pids(): Partial<Record<EngineName, number>>;
  stop(): Promise<void>;
}

export interface EnginesOptions {
  dataDir: string;
  parts: readonly Part[];
  onDeath?(what: { name: string; code: number | null; signal: string | null; again: number }): void;
  onLog(source: string, line: string): void;
}

export function edgePostgresOptions(dataDir: string): PostgresOptions {
  return { dir: join(dataDir, 'edge', 'postgres'), roles: [{ name: 'edge', database: 'edge' }] };
}

export function vaultPostgresOptions(dataDir: string): PostgresOptions {
  return {
    dir: join(dataDir, 'vault', 'postgres'),
    roles: [
      { name: 'vault', database: 'vault' },
      { name: 'keyring', database: 'keyring' },
    ],
  };
}

export const clickHouseDir = (dataDir: string): string => join(dataDir, 'vault', 'clickhouse');
const caughtMailDir = (dataDir: string): string => join(dataDir, 'vault', 'caught-mail');

interface Startable {
  pid: number;
  onExit(listener: () => void): void;
  stop(): Promise<void>;
}

/** Keeps one engine alive: when it dies by itself, `start` is called again until it succeeds or `stop` was asked for. */
async function keepAlive<E extends Startable>(name: EngineName, start: () => Promise<E>, options: EnginesOptions) {
  let wanted = true;
  let restarting: Promise<void> | null = null;
  let engine = await start();

  const watch = (): void => {
    engine.onExit(() => {
      if (!wanted) return;
      options.onDeath?.({ name, code: null, signal: 'an unexpected end', again: 0 });
      restarting = startAgain().finally(() => {
        restarting = null;
      });
    });
  };
  const startAgain = async (): Promise<void> => {
    for (let pauseMs = 200; wanted; pauseMs = Math.min(pauseMs * 2, 10_000)) {
      try {
        engine = await start();
        watch();
        return;
      } catch (error) {
        options.onLog(name, error instanceof Error ? error.message : String(error));
        await new Promise((next) => setTimeout(next, pauseMs));
      }
    }
  };
  watch();
  return {
    first: engine,
    pid: () => engine.pid,
    async stop() {
      wanted = false;
      await restarting;
      await engine.stop();
    },
  };
}

export async function startEngines(options: EnginesOptions): Promise<Engines> {
  const { dataDir, parts } = options;
  if (process.env.CLICKHOUSE_CLUSTER && !process.env.CLICKHOUSE_URL) {
    throw new Error('CLICKHOUSE_CLUSTER needs CLICKHOUSE_URL: the engine that comes with Avow is a single server');
  }
  const urls: EngineUrls = {
    edgeDatabase: process.env.EDGE_DATABASE_URL ?? null,
    vaultDatabase: process.env.VAULT_DATABASE_URL ?? null,
    keyringDatabase: process.env.KEYRING_DATABASE_URL ?? null,
    clickhouse: process.env.CLICKHOUSE_URL ?? null,
    smtp: process.env.SMTP_URL ?? null,
    caughtMail: null,
  };
  const running = new Map<EngineName, { pid(): number; stop(): Promise<void> }>();
  const others: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all([...running.values(), ...others].map((engine) => engine.stop()));
  };

  const starts: Promise<void>[] = [];
  if (parts.includes('edge') && !urls.edgeDatabase) starts.push(startEdgePostgres());
  if (parts.includes('vault') && !(urls.vaultDatabase && urls.keyringDatabase)) starts.push(startVaultPostgres());
  if (parts.includes('vault') && !urls.clickhouse) starts.push(startAnalytics());
  if (parts.includes('vault') && !urls.smtp) starts.push(startCatcher());
  const results = await Promise.allSettled(starts);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return { urls, pids: () => Object.fromEntries([...running].map(([name, engine]) => [name, engine.pid()])), stop };

  async function startEdgePostgres(): Promise<void> {
    const postgres = await keepAlive('edge PostgreSQL', () => startPostgres(edgePostgresOptions(dataDir)), options);
    running.set('edge PostgreSQL', postgres);
    urls.edgeDatabase = postgres.first.urls.edge ?? null;
  }

  async function startVaultPostgres(): Promise<void> {
    const postgres = await keepAlive('vault PostgreSQL', () => startPostgres(vaultPostgresOptions(dataDir)), options);
    running.set('vault PostgreSQL', postgres);
    urls.vaultDatabase ??= postgres.first.urls.vault ?? null;
    urls.keyringDatabase ??= postgres.first.urls.keyring ?? null;
  }

  async function startAnalytics(): Promise<void> {
    const clickhouse = await keepAlive('ClickHouse', () => startClickHouse({ dir: clickHouseDir(dataDir) }), options);
    running.set('ClickHouse', clickhouse);
    urls.clickhouse = clickhouse.first.url;
  }

  async function startCatcher(): Promise<void> {
    const catcher = await startSmtpCatcher({ dir: caughtMailDir(dataDir) });
    others.push(catcher);
    urls.smtp = catcher.url;
    urls.caughtMail = caughtMailDir(dataDir);
  }
}
