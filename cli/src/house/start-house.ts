/**
 * The whole house on one machine, or one half of it: engines where no address is given, keys at the first start, the browser
 * files with the root key pinned, then the two programs, watched. `avow up` and the end-to-end tests start it the same way.
 */
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buildBrowser } from '@avow/browser/build';
import { type AvowConfig, publicUrl } from '@avow/config/config';
import { required } from '@avow/config/environment';
import { prepareVault } from '@avow/vault/prepare';
import { type Engines, type Part, startEngines } from './engines.ts';
import { ProgramDidNotStart, type SupervisedProcess, superviseProgram } from './supervised-process.ts';

export interface HouseOptions {
  config: AvowConfig;
  configFile: string;
  dataDir: string;
  parts: readonly Part[];
  /** Ports that override the configuration; 0 takes any free one. */
  edgePort?: number;
  vaultPort?: number;
  /** More environment for both programs (limits lifted by a test, say). */
  env?: Record<string, string>;
  onStep?(step: string): void;
  onLog(source: string, line: string): void;
  onDeath?(what: { name: string; code: number | null; signal: string | null; again: number }): void;
}

export interface House {
  edge: SupervisedProcess | null;
  vault: SupervisedProcess | null;
  engines: Engines;
  publicUrl: string;
  keys: { rootPublicKey: string; linkPublicKey: string; created: string[] };
  stop(): Promise<void>;
}

const EDGE_MAIN = new URL(import.meta.resolve('@avow/edge/main')).pathname;
const VAULT_MAIN = new URL(import.meta.resolve('@avow/vault/main')).pathname;

export async function startHouse(options: HouseOptions): Promise<House> {
  const step = options.onStep ?? (() => {});
  const has = (part: Part): boolean => options.parts.includes(part);
  await mkdir(options.dataDir, { recursive: true, mode: 0o755 });

  step('engines');
  const engines = await startEngines(options);
  const programs: SupervisedProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const program of programs.toReversed()) await program.stop();
    await engines.stop();
  };

  try {
    step('keys');
    const keysDir = join(options.dataDir, 'vault', 'keys');
    const keys = has('vault') ? await prepareKeys(options, engines, keysDir) : givenKeys();
    const edgePort = await fixedPort(options.edgePort ?? options.config.edge.port);
    const publicAddress = options.edgePort === undefined ? publicUrl(options.config) : `http://localhost:${edgePort}`;
    const env = { ...options.env, AVOW_CONFIG: options.configFile, AVOW_PUBLIC_URL: publicAddress };

    let edge: SupervisedProcess | null = null;
    if (has('edge')) {
      step('browser files');
      const outDir = join(options.dataDir, 'edge', 'browser');
      await buildBrowser({ outDir, rootPublicKey: keys.rootPublicKey });
      step('edge');
      edge = await superviseProgram({
        name: 'edge',
        main: EDGE_MAIN,
        env: {
          ...env,
          EDGE_DATABASE_URL: known(engines.urls.edgeDatabase),
          AVOW_ROOT_PUBLIC_KEY: keys.rootPublicKey,
          AVOW_LINK_PUBLIC_KEY: keys.linkPublicKey,
          AVOW_BROWSER_DIST: outDir,
          AVOW_EDGE_PORT: String(edgePort),
        },
        onLog: (line) => options.onLog('edge', line),
        ...(options.onDeath && { onDeath: options.onDeath }),
      });
      programs.push(edge);
    }

    let vault: SupervisedProcess | null = null;
    if (has('vault')) {
      step('vault');
      vault = await superviseProgram({
        name: 'vault',
        main: VAULT_MAIN,
        env: {
          ...env,
          VAULT_DATABASE_URL: known(engines.urls.vaultDatabase),
          KEYRING_DATABASE_URL: known(engines.urls.keyringDatabase),
          CLICKHOUSE_URL: known(engines.urls.clickhouse),
          SMTP_URL: known(engines.urls.smtp),
          ...(engines.urls.caughtMail && { AVOW_CAUGHT_MAIL: engines.urls.caughtMail }),
          ...(edge && { AVOW_EDGES: edge.url }),
          AVOW_VAULT_KEYS: keysDir,
          AVOW_VAULT_PORT: String(await fixedPort(options.vaultPort ?? options.config.vault.port)),
        },
        onLog: (line) => options.onLog('vault', line),
        ...(options.onDeath && { onDeath: options.onDeath }),
      });
      programs.push(vault);
    }
    if (edge && vault) {
      step('link');
      await linked(edge.url);
    }
    return { edge, vault, engines, publicUrl: publicAddress, keys, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ready means: somebody who registers now is served. That takes the vault's first call and its key set. */
async function linked(edgeUrl: string): Promise<void> {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    const health: unknown = await fetch(`${edgeUrl}/health`).then((response) => response.json());
    if (typeof health === 'object' && health !== null && 'keySetVersion' in health && health.keySetVersion !== null)
      return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new ProgramDidNotStart('vault and edge are up, but the vault does not reach the edge. The log says why.');
}

async function prepareKeys(options: HouseOptions, engines: Engines, keysDir: string): Promise<House['keys']> {
  const prepared = await prepareVault({
    keysDir,
    rootKeyFile: process.env.AVOW_ROOT_KEY_FILE ?? join(options.dataDir, 'root', 'root.key'),
    vaultUrl: known(engines.urls.vaultDatabase),
    keyringUrl: known(engines.urls.keyringDatabase),
  });
  return {
    rootPublicKey: prepared.rootPublicKey,
    linkPublicKey: prepared.linkPublicKey,
    created: prepared.createdKeys,
  };
}

/** An edge that stands alone is told the vault's public keys; it needs no others. */
function givenKeys(): House['keys'] {
  const why = 'an edge without a vault on the same machine needs it. `avow up` on the vault prints it.';
  return {
    rootPublicKey: required('AVOW_ROOT_PUBLIC_KEY', why),
    linkPublicKey: required('AVOW_LINK_PUBLIC_KEY', why),
    created: [],
  };
}

function known(url: string | null): string {
  if (url === null) throw new Error('an engine that this part needs was not started');
  return url;
}

/** The port itself, or a free one for 0: a program has to come back under the same address after a restart. */
async function fixedPort(port: number): Promise<number> {
  if (port !== 0) return port;
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
