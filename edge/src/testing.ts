/** An edge for tests, on a real database, and the vault's side of the wire as the tests need it. */
import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AvowConfig, loadConfig } from '@avow/config/config';
import { encodeKeyConfig } from '@avow/protocol/key-config';
import { keySetBytes, keySetHash, type SignedKeySet } from '@avow/protocol/key-set';
import type { LinkRequest, LinkResponse } from '@avow/protocol/link';
import { contentDigest, LINK_COMPONENTS, LINK_LABEL, signatureBase } from '@avow/protocol/link-signature';
import { sql } from 'kysely';
import { type AccessLogOptions, openAccessLog } from './access-log/access-log.ts';
import { createEdgeApp, type EdgeDeps } from './app.ts';
import { documentChecks } from './document-checks.ts';
import { type EdgeDatabase, openEdgeDatabase } from './platform/database.ts';
import { silentLog } from './platform/log.ts';
import { migrateEdge } from './platform/migrate.ts';
import { openPublicDocuments } from './platform/public-documents.ts';
import { openPublishedKeys } from './platform/published-keys.ts';
import { createRateLimits } from './platform/rate-limits.ts';
import { createReports, type Reports } from './relay/reports.ts';
import { createExchange, type Exchange } from './spool/exchange.ts';
import type { StorageMarks } from './spool/gauge.ts';
import { openSpool, type Spool } from './spool/spool.ts';

export const NO_MARKS: StorageMarks = { spoolMaxBytes: 2 ** 40, diskMinFreeBytes: 0, diskFolder: tmpdir() };

export function exampleConfig(): Promise<AvowConfig> {
  return loadConfig(path.join(import.meta.dirname, '../../examples/vendor/avow.config.ts'));
}

/** A request of the smallest size class. Sealed bytes look like this to the edge. */
export function sealedBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(randomBytes(2048 + 55));
}

/** For test files that use one database for all their tests. */
export async function emptyTables(databaseUrl: string): Promise<void> {
  const db = openEdgeDatabase(databaseUrl, { connections: 1 });
  await migrateEdge(db);
  await sql`TRUNCATE spool_items, key_sets, public_documents, access_log, failure_counts, request_counts, visit_salts, salt_receipts`.execute(
    db,
  );
  await db.destroy();
}

export interface TestKey {
  privateKey: KeyObject;
  /** Raw. */
  publicKey: Uint8Array;
}

export function createTestKey(): TestKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { privateKey, publicKey: Buffer.from(x, 'base64url') };
}

/** The next key set after `previous`, signed by `root`. */
export async function nextKeySet(root: TestKey, previous: SignedKeySet | null): Promise<SignedKeySet> {
  const version = (previous?.version ?? 0) + 1;
  const config = { keyId: version, publicKey: new Uint8Array(randomBytes(32)), suites: [{ kdf: 1, aead: 1 }] };
  const unsigned = {
    version,
    previous: previous ? await keySetHash(previous) : '',
    created: '2026-11-23',
    active: Buffer.from(encodeKeyConfig(config)).toString('base64url'),
    retired: previous ? [previous.active] : [],
  };
  return { ...unsigned, signature: sign(null, keySetBytes(unsigned), root.privateKey).toString('base64url') };
}

/** Written from RFC 9421, apart from the vault's own code. `now` and `nonce` can be forced. */
export function signedLink(
  key: TestKey,
  body: Uint8Array,
  { host = 'localhost', now = new Date(), nonce = randomBytes(16).toString('base64url') } = {},
): Record<string, string> {
  const created = Math.floor(now.getTime() / 1000);
  const names = LINK_COMPONENTS.map((name) => `"${name}"`).join(' ');
  const keyId = Buffer.from(key.publicKey).toString('base64url');
  const params = `(${names});created=${created};nonce="${nonce}";keyid="${keyId}";alg="ed25519"`;
  const digest = contentDigest(body);
  const values = ['POST', host, '/link', digest];
  const base = signatureBase(
    LINK_COMPONENTS.map((name, n) => [name, values[n] ?? '']),
    params,
  );
  return {
    'content-type': 'application/json',
    'content-digest': digest,
    'signature-input': `${LINK_LABEL}=${params}`,
    signature: `${LINK_LABEL}=:${sign(null, base, key.privateKey).toString('base64')}:`,
  };
}

export interface TestEdge {
  app: ReturnType<typeof createEdgeApp>;
  db: EdgeDatabase;
  spool: Spool;
  exchange: Exchange;
  reports: Reports;
  root: TestKey;
  link: TestKey;
  /** Dials as the vault does. Throws unless the answer is 200. */
  dial(request?: Partial<LinkRequest>): Promise<LinkResponse>;
  close(): Promise<void>;
}

export interface TestEdgeOptions {
  config?: Partial<AvowConfig['edge']>;
  publicUrl?: string;
  marks?: Partial<StorageMarks>;
  limits?: EdgeDeps['limits'];
  log?: EdgeDeps['log'];
  accessLog?: Partial<AccessLogOptions>;
  leaseSeconds?: number;
  reportAnswers?: number;
}

export async function startTestEdge(databaseUrl: string, options: TestEdgeOptions = {}): Promise<TestEdge> {
  const example = await exampleConfig();
  const config = { ...example, edge: { ...example.edge, ...options.config } };
  const log = options.log ?? silentLog;
  const db = openEdgeDatabase(databaseUrl);
  await migrateEdge(db);
  const spool = await openSpool(db, {
    marks: { ...NO_MARKS, ...options.marks },
    ...(options.leaseSeconds !== undefined && { leaseSeconds: options.leaseSeconds }),
    ...(options.reportAnswers !== undefined && { reportAnswers: options.reportAnswers }),
  });
  const exchange = createExchange({ spool });
  const reports = createReports(exchange, config.edge.heldReports.atLeast);
  const accessLog = await openAccessLog({ db, keepDays: 14, log, reverseLookup: false, ...options.accessLog });
  const root = createTestKey();
  const link = createTestKey();
  const app = createEdgeApp({
    config,
    publicUrl: options.publicUrl ?? 'http://localhost:8080',
    version: '0.0.0',
    assets: { manifest: {}, files: new Map() },
    exchange,
    keys: await openPublishedKeys(db, root.publicKey),
    documents: await openPublicDocuments(db, documentChecks(root.publicKey)),
    reports,
    linkPublicKey: link.publicKey,
    accessLog,
    limits: options.limits ?? createRateLimits(null),
    log,
  });

  return {
    app,
    db,
    spool,
    exchange,
    reports,
    root,
    link,
    async dial(request) {
      const body = Buffer.from(JSON.stringify({ answers: [], want: 64, waitSeconds: 0, ...request }));
      const response = await app.request('/link', { method: 'POST', body, headers: signedLink(link, body) });
      if (response.status !== 200) throw new Error(`link answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as LinkResponse;
    },
    async close() {
      exchange.close();
      await spool.close();
      await accessLog.close();
      await db.destroy();
    },
  };
}
