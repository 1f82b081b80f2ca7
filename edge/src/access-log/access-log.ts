/** The access log (W10, W11) and the counts beside it (W4), as the program uses them. */
import type { MiddlewareHandler } from 'hono';
import type { EdgeDatabase } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { EdgeEnv } from '../platform/variables.ts';
import { createCounters, routeClassOf } from './counters.ts';
import { createDomainResolver, type DomainResolver, noDomains } from './domain-resolver.ts';
import { createEntryWriter } from './entries.ts';
import { ensurePartitions, forgetOldDays } from './partitions.ts';

export interface AccessLog {
  /** Notes every request but the vault's and the health checks'; delays none. */
  middleware: MiddlewareHandler<EdgeEnv>;
  /** Adds the counts to their tables. To be called every few seconds. */
  flushCounts(): Promise<void>;
  /** Makes the coming days' partitions, drops those whose time is over. To be called every hour. */
  turnDays(): Promise<void>;
  /** Writes everything that is still in memory. */
  close(): Promise<void>;
}

export interface AccessLogOptions {
  db: EdgeDatabase;
  keepDays: number;
  log: Log;
  reverseLookup: boolean;
  resolver?: DomainResolver;
  clock?: () => Date;
}

export async function openAccessLog(options: AccessLogOptions): Promise<AccessLog> {
  const { db, keepDays, log, clock = () => new Date() } = options;
  const resolver = options.resolver ?? (options.reverseLookup ? createDomainResolver() : noDomains);
  const entries = createEntryWriter(db, resolver);
  const counters = createCounters(db);
  await ensurePartitions(db, clock());

  function tellLost(): void {
    const lost = entries.takeLost();
    if (lost > 0) log.warn({ lost }, 'entries of the access log could not be written');
  }

  return {
    async middleware(c, next) {
      // To the second: nothing needs it finer.
      const at = new Date(Math.floor(clock().getTime() / 1000) * 1000);
      const routeClass = routeClassOf(c.req.path);
      const address = c.get('address');
      await next();
      counters.count({ routeClass, address, status: c.res.status, at });
      if (routeClass !== 'link' && routeClass !== 'health') entries.write(address, at);
    },
    async flushCounts() {
      tellLost();
      await counters.flush();
    },
    async turnDays() {
      await ensurePartitions(db, clock());
      const dropped = await forgetOldDays(db, keepDays, clock());
      if (dropped.length > 0) log.info({ dropped }, 'days of the access log forgotten');
    },
    async close() {
      resolver.stop();
      await entries.settled();
      await counters.flush();
      tellLost();
    },
  };
}
