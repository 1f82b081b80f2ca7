/** What `GET /health` says: enough to see what is wrong, nothing about anybody. */
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
  clickhouseUrl: string | null;
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

async function pingClickHouse(url: string | null): Promise<Health['clickhouse']> {
  if (url === null) return 'not configured';
  // No log-in: fetch refuses addresses with credentials, and /ping asks for none.
  const { origin } = new URL(url);
  const ping = fetch(`${origin}/ping`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  return within<Reachable>(
    ping.then((response) => (response.ok ? 'reachable' : 'away')),
    'away',
  );
}

export async function readHealth({ db, keyringDb, clickhouseUrl, links, setAside }: HealthSources): Promise<Health> {
  const [vault, keyring, clickhouse, mails, aside] = await Promise.all([
    pingDatabase(db),
    pingDatabase(keyringDb),
    pingClickHouse(clickhouseUrl),
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
