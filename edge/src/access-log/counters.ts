/**
 * What W4's diagnostics need beyond the log: request and error rates per hour and class of route, failures per day and network.
 * Not finer, on purpose: a count of relay requests by the minute, beside a log with addresses and times, would name those
 * who registered. Counted in memory, added to the tables every few seconds; a crash costs those few seconds of counts.
 */
import { sql } from 'kysely';
import { networkOf } from '../platform/client-address.ts';
import type { EdgeDatabase } from '../platform/database.ts';
import './tables.ts';

export type RouteClass = 'pages' | 'assets' | 'relay' | 'link' | 'health';

export function routeClassOf(path: string): RouteClass {
  if (path.startsWith('/assets/')) return 'assets';
  if (path === '/relay' || path.startsWith('/relay/') || path === '/ohttp-keys' || path === '/keys.json')
    return 'relay';
  if (path === '/link') return 'link';
  return path === '/health' ? 'health' : 'pages';
}

export interface Counters {
  count(request: { routeClass: RouteClass; address: string; status: number; at: Date }): void;
  /** Adds everything counted to the tables. What could not be added is kept for the next time. */
  flush(): Promise<void>;
}

interface HourCount {
  requests: number;
  refusals: number;
  errors: number;
}

/** Between two flushes. More networks than this are not told apart any more. */
const MAX_NETWORKS = 50_000;

async function addRequests(db: EdgeDatabase, counts: ReadonlyMap<string, HourCount>): Promise<void> {
  if (counts.size === 0) return;
  const keys = [...counts.keys()].map((key) => key.split(' '));
  const values = [...counts.values()];
  await sql`/* accessLog.addRequests */
    INSERT INTO request_counts AS known (hour, route_class, requests, refusals, errors)
    SELECT * FROM unnest(
      ${keys.map((key) => key[0])}::timestamptz[], ${keys.map((key) => key[1])}::text[],
      ${values.map((value) => value.requests)}::integer[], ${values.map((value) => value.refusals)}::integer[],
      ${values.map((value) => value.errors)}::integer[])
    ON CONFLICT (hour, route_class) DO UPDATE SET
      requests = known.requests + excluded.requests,
      refusals = known.refusals + excluded.refusals,
      errors = known.errors + excluded.errors`.execute(db);
}

async function addFailures(db: EdgeDatabase, counts: ReadonlyMap<string, number>): Promise<void> {
  if (counts.size === 0) return;
  // In one order, so that two edges on one database cannot wait for each other.
  const keys = [...counts.keys()].sort().map((key) => ({ key, parts: key.split(' ') }));
  await sql`/* accessLog.addFailures */
    INSERT INTO failure_counts AS known (day, address, failures)
    SELECT * FROM unnest(
      ${keys.map(({ parts }) => parts[0])}::date[], ${keys.map(({ parts }) => parts[1])}::inet[],
      ${keys.map(({ key }) => counts.get(key) ?? 0)}::integer[])
    ON CONFLICT (day, address) DO UPDATE SET failures = known.failures + excluded.failures`.execute(db);
}

export function createCounters(db: EdgeDatabase): Counters {
  const requests = new Map<string, HourCount>();
  const failures = new Map<string, number>();
  let flushing: Promise<void> = Promise.resolve();

  function addRequest(key: string, add: HourCount): void {
    const count = requests.get(key) ?? { requests: 0, refusals: 0, errors: 0 };
    count.requests += add.requests;
    count.refusals += add.refusals;
    count.errors += add.errors;
    requests.set(key, count);
  }

  function addFailure(key: string, add: number): void {
    if (failures.has(key) || failures.size < MAX_NETWORKS) failures.set(key, (failures.get(key) ?? 0) + add);
  }

  async function flush(): Promise<void> {
    const taken = new Map(requests);
    const takenFailures = new Map(failures);
    requests.clear();
    failures.clear();
    try {
      await addRequests(db, taken);
      taken.clear();
      await addFailures(db, takenFailures);
      takenFailures.clear();
    } finally {
      for (const [key, count] of taken) addRequest(key, count);
      for (const [key, count] of takenFailures) addFailure(key, count);
    }
  }

  return {
    count({ routeClass, address, status, at }) {
      const time = at.toISOString();
      const refused = status >= 400 && status < 500;
      const failed = status >= 500;
      addRequest(`${time.slice(0, 13)}:00:00Z ${routeClass}`, {
        requests: 1,
        refusals: refused ? 1 : 0,
        errors: failed ? 1 : 0,
      });
      if (refused || failed) addFailure(`${time.slice(0, 10)} ${networkOf(address)}`, 1);
    },
    flush() {
      flushing = flushing.catch(() => {}).then(flush);
      return flushing;
    },
  };
}
