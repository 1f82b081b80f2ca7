/**
 * A house of its own in a folder that goes away: real engines, the real edge, the real vault, and a clock that the play moves. What
 * is real about time (leases, timeouts, the link) keeps the real one; only the vault's weeks follow the play.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildBrowser } from '@avow/browser/build';
import type { AvowConfig } from '@avow/config/config';
import { type RunningEdge, startEdge } from '@avow/edge/edge';
import { createLog } from '@avow/edge/platform/log';
import { type PublishedConfigurations, verifyPublishedConfigurations } from '@avow/protocol/improvement/configuration';
import { openVault, type Vault } from '@avow/vault/app';
import { dialEdge } from '@avow/vault/intake/dial-edge';
import { createLinkCall } from '@avow/vault/intake/link-call';
import { keySetsAfter } from '@avow/vault/platform/keys/key-log';
import { loadOrCreateLinkKey } from '@avow/vault/platform/keys/signing-keys';
import { prepareVault } from '@avow/vault/prepare';
import { type Engines, startEngines } from '../../house/engines.ts';

export interface HouseInTime {
  edge: RunningEdge;
  vault: Vault;
  improvement: NonNullable<Vault['improvement']>;
  /** 32 raw bytes. */
  root: Uint8Array;
  setClock(moment: Date): void;
  /** Gives the edge what there is to publish. */
  publish(): Promise<void>;
  /** Of the edge: items that the vault has not taken. */
  waitingAtEdge(): Promise<number>;
  stop(): Promise<void>;
}

/** Held reports leave by their number, and the rest every second: the play has no ten minutes to wait. */
const HELD = { atLeast: 1_000, atMostSeconds: 1 };
const URLS = ['edgeDatabase', 'vaultDatabase', 'keyringDatabase', 'clickhouse', 'smtp'] as const;

type GivenUrls = Record<(typeof URLS)[number], string>;

function urlsOf({ urls }: Engines): GivenUrls {
  const given = URLS.map((name) => [name, urls[name] ?? ''] as const);
  return Object.fromEntries(given) as GivenUrls;
}

export async function startHouseInTime(config: AvowConfig, now: Date): Promise<HouseInTime> {
  const folder = await mkdtemp(join(tmpdir(), 'avow-simulation-'));
  const engines = await startEngines({ dataDir: folder, parts: ['edge', 'vault'], onLog: () => {} });
  const urls = urlsOf(engines);
  const log = createLog('silent');
  let moment = now;
  const clock = () => moment;
  const keysDir = join(folder, 'keys');
  const rootKeyFile = join(folder, 'root.key');
  const { vaultDatabase: vaultUrl, keyringDatabase: keyringUrl } = urls;
  const keys = await prepareVault({ keysDir, rootKeyFile, vaultUrl, keyringUrl, config, clock });
  const root = new Uint8Array(Buffer.from(keys.rootPublicKey, 'base64url'));
  const browserDist = join(folder, 'browser');
  await buildBrowser({ outDir: browserDist, rootPublicKey: keys.rootPublicKey });
  const edge = await startEdge(
    {
      config: { ...config, edge: { ...config.edge, heldReports: HELD, diskMinFreeBytes: 1 } },
      databaseUrl: urls.edgeDatabase,
      rootPublicKey: root,
      linkPublicKey: new Uint8Array(Buffer.from(keys.linkPublicKey, 'base64url')),
      browserDist,
      port: 0,
      publicUrl: 'http://localhost',
      rateLimits: null,
      diskFolder: folder,
    },
    log,
  );
  const environment = {
    vaultDatabaseUrl: vaultUrl,
    keyringDatabaseUrl: keyringUrl,
    clickhouseUrl: urls.clickhouse,
    smtpUrl: urls.smtp,
    keysDir,
    caughtMail: null,
    consoleDist: null,
    edges: [edge.url],
    port: 0,
    publicUrl: 'http://localhost',
  };
  const vault = await openVault({ config, environment, log, clock });
  const { improvement, receiveReports } = vault;
  if (!improvement || !receiveReports) throw new Error('the vault has no Improvement Programme');
  await improvement.start();
  const linkKey = await loadOrCreateLinkKey(keysDir);
  const link = dialEdge({
    edge: edge.url,
    call: createLinkCall(edge.url, linkKey.privateKey),
    keySets: { current: vault.gatewayKeys.keySet, after: (version) => keySetsAfter(vault.db, version) },
    receive: vault.receive,
    receiveReports,
    // Whoever looks at the pages is counted there.
    receiveVisits: vault.visits?.receive,
    log,
    concurrency: 4,
  });
  while (!link.state().connected) await sleep(50);

  return {
    edge,
    vault,
    improvement,
    root,
    setClock(to) {
      moment = to;
    },
    publish: async () => link.publishDocuments(await improvement.documents()),
    async waitingAtEdge() {
      const health: unknown = await (await fetch(`${edge.url}/health`)).json();
      const depth = typeof health === 'object' && health !== null && 'spoolDepth' in health ? health.spoolDepth : null;
      return Number(depth);
    },
    async stop() {
      await link.stop();
      await edge.stop();
      await Promise.all([vault.db.destroy(), vault.keyringDb.destroy(), vault.clickhouse?.close()]);
      await engines.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As a participant's machine does: fetched from the edge, believed only with the root key's signature. */
export async function fetchConfiguration({ edge, root }: HouseInTime): Promise<PublishedConfigurations['current']> {
  const published: unknown = await (await fetch(`${edge.url}/improvement/config.json`)).json();
  const current = await verifyPublishedConfigurations(published, root);
  if (!current) throw new Error('the configuration at the edge is not signed by the root key');
  return current;
}
