/**
 * The whole house on one machine, or one half of it: engines where no address is given, keys at the first start, the browser
 * files with the root key pinned, then the two programs, watched. `avow up` and the end-to-end tests start it the same way.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBrowser } from '@avow/browser/build';
import type { AvowConfig } from '@avow/config/config';
import { required } from '@avow/config/environment';
import { builtConsole } from '@avow/console/build/built-console';
import { prepareVault } from '@avow/vault/prepare';
import { type Engines, type Part, startEngines } from './engines.ts';
import { fixPort } from './ports.ts';
import { publicAddress } from './public-address.ts';
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
  /** Of the one-time link to the first account; null where there is one, and without a vault. */
  welcomeToken: string | null;
  stop(): Promise<void>;
}

const EDGE_MAIN = fileURLToPath(import.meta.resolve('@avow/edge/main'));
const VAULT_MAIN = fileURLToPath(import.meta.resolve('@avow/vault/main'));

export async function startHouse(options: HouseOptions): Promise<House> {
  const step = options.onStep ?? (() => {});
  const has = (part: Part): boolean => options.parts.includes(part);
  await mkdir(options.dataDir, { recursive: true, mode: 0o755 });

  // First of all: a port that is taken is the commonest reason not to start, and nothing has to be undone yet.
  const edgePort = has('edge') ? await fixEdgePort(options) : (options.edgePort ?? options.config.edge.port);
  const vaultPort = has('vault') ? await fixVaultPort(options) : null;

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
    const prepared = has('vault') ? await prepareKeys(options, engines, keysDir) : null;
    const keys = prepared?.keys ?? givenKeys();
    const address = publicAddress(options.config, edgePort);
    const env = { ...options.env, AVOW_CONFIG: options.configFile, AVOW_PUBLIC_URL: address };

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
      const consoleDist = await builtConsole({ onBuild: () => step('console (built once, some seconds)') });
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
          AVOW_CONSOLE_DIST: consoleDist,
          AVOW_VAULT_KEYS: keysDir,
          AVOW_VAULT_PORT: String(vaultPort),
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
    const welcomeToken = prepared?.welcomeToken ?? null;
    return { edge, vault, engines, publicUrl: address, keys, welcomeToken, stop };
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

async function prepareKeys(
  options: HouseOptions,
  engines: Engines,
  keysDir: string,
): Promise<Pick<House, 'keys' | 'welcomeToken'>> {
  const prepared = await prepareVault({
    keysDir,
    rootKeyFile: process.env.AVOW_ROOT_KEY_FILE ?? join(options.dataDir, 'root', 'root.key'),
    vaultUrl: known(engines.urls.vaultDatabase),
    keyringUrl: known(engines.urls.keyringDatabase),
    config: options.config,
  });
  const { rootPublicKey, linkPublicKey, createdKeys: created, welcomeToken } = prepared;
  return { keys: { rootPublicKey, linkPublicKey, created }, welcomeToken };
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

function fixEdgePort({ config, edgePort }: HouseOptions): Promise<number> {
  const { host, port } = config.edge;
  return fixPort({ port: edgePort ?? port, host, setting: 'edge.port', variable: 'AVOW_EDGE_PORT' });
}

function fixVaultPort({ config, vaultPort }: HouseOptions): Promise<number> {
  const { host, port } = config.vault;
  return fixPort({ port: vaultPort ?? port, host, setting: 'vault.port', variable: 'AVOW_VAULT_PORT' });
}
