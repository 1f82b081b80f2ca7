/**
 * One at a time, however many vault workers run: whoever holds an advisory lock on a connection of its own, on which it also hears
 * that there is something to do. Losing the connection is losing the lock.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { backOff } from './back-off.ts';

const ASK_AGAIN_MS = 2_000;

export interface HeldLock {
  /** Aborted when the connection, and with it the lock, is lost. */
  lost: AbortSignal;
  release(): Promise<void>;
}

/** Waits until this process holds it; null when `stop` was aborted first. `lock` is a bigint in decimal. */
export async function holdLock(
  { url, lock, channel, name }: { url: string; lock: string; channel: string; name: string },
  onCall: () => void,
  stop: AbortSignal,
): Promise<HeldLock | null> {
  for (let failures = 0; !stop.aborted; ) {
    const client = new Client({ connectionString: url, keepAlive: true, application_name: name });
    const lost = new AbortController();
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    client.on('notification', onCall);
    try {
      await client.connect();
      failures = 0;
      while (!stop.aborted && !lost.signal.aborted) {
        const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [lock]);
        if (rows[0]?.held) {
          await client.query(`LISTEN ${channel}`);
          return { lost: lost.signal, release: () => client.end().catch(() => {}) };
        }
        await sleep(ASK_AGAIN_MS, undefined, { signal: stop });
      }
    } catch {
      // The database is away, or the program stops: either way the loop decides.
    }
    await client.end().catch(() => {});
    await sleep(backOff(++failures, 50, 5_000), undefined, { signal: stop }).catch(() => {});
  }
  return null;
}
