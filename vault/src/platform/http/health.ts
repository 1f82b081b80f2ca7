/** What `GET /health` says: enough to see what is wrong, nothing about anybody. */
import type { ClickHouseClient } from '@clickhouse/client';
import { sql } from 'kysely';
import manifest from '../../../package.json' with { type: 'json' };
import type { KeyringDatabase, VaultDatabase } from '../database.ts';
import { countMails } from '../mail/queries.ts';

type Reachable = 'reachable' | 'away';

export interface Health {
  status: 'ok' | 'degraded';
  version: string;
  links: readonly object[];
  databases: { vault: Reachable; keyring: Reachable };
  clickhouse: Reachable | 'not configured';
  mail: { waiting: number; failed: number; unknown: number };
  /** Accepted requests that could not be carried out yet. */
  setAside: number;
}

export interface HealthSources {
  db: VaultDatabase;
  keyringDb: KeyringDatabase;
  clickhouse: ClickHouseClient | null;
  links(): readonly { connected: boolean }[];
  setAside(): Promise<number>;
}

const PATIENCE_MS = 2_000;

/** Resolves to `otherwise` when the answer is an error, or late. */
async function within<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer.catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
}

function pingDatabase(db: VaultDatabase | KeyringDatabase): Promise<Reachable> {
  return within<Reachable>(
    sql`SELECT 1`.execute(db as VaultDatabase).then(() => 'reachable'),
    'away',
  );
}

async function pingClickHouse(client: ClickHouseClient | null): Promise<Health['clickhouse']> {
  if (client === null) return 'not configured';
  const answer = client.ping().then(({ success }): Reachable => (success ? 'reachable' : 'away'));
  return within<Reachable>(answer, 'away');
}

export async function readHealth(sources: HealthSources): Promise<Health> {
  const { db, keyringDb, links, setAside } = sources;
  const [vault, keyring, clickhouse, mails, aside] = await Promise.all([
    pingDatabase(db),
    pingDatabase(keyringDb),
    pingClickHouse(sources.clickhouse),
    within(countMails(db), {}),
    within(setAside(), 0),
  ]);
  const edges = links();
  const mail = {
    waiting: (mails.queued ?? 0) + (mails.claimed ?? 0) + (mails['handing over'] ?? 0),
    failed: mails.failed ?? 0,
    unknown: mails.unknown ?? 0,
  };
  const reachable = vault === 'reachable' && keyring === 'reachable' && clickhouse !== 'away';
  const well = reachable && edges.every(({ connected }) => connected) && aside === 0;
  return {
    status: well ? 'ok' : 'degraded',
    version: manifest.version,
    links: edges,
    databases: { vault, keyring },
    clickhouse,
    mail,
    setAside: aside,
  };
}
