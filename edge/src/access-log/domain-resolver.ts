/** The domain name of an address (W10), by reverse look-up: in the background, few at a time, and not for long. */
import { Resolver } from 'node:dns/promises';
import { LRUCache } from 'lru-cache';

export interface DomainResolver {
  /** Null when there is none, it takes too long, or too many wait already. Never rejects. */
  domainOf(address: string): Promise<string | null>;
  /** Ends what is under way; from then on every answer is null. */
  stop(): void;
}

export interface ResolverOptions {
  /** `192.0.2.53:53`; the system's when not given. */
  servers?: string[];
  concurrency?: number;
  timeoutMs?: number;
  maxQueue?: number;
}

const CACHED_ADDRESSES = 10_000;
const CACHED_MS = 3_600_000;
/** Whoever owns an address writes what it resolves to: only host names are taken (RFC 1123, and `_` as seen in the wild). */
const HOST_NAME = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export function readHostName(text: string | undefined): string | null {
  const name = (text ?? '').toLowerCase().replace(/\.$/, '');
  return HOST_NAME.test(name) ? name : null;
}

/** For `edge.reverseLookup: false`. */
export const noDomains: DomainResolver = { domainOf: async () => null, stop: () => {} };

export function createDomainResolver(options: ResolverOptions = {}): DomainResolver {
  const { servers, concurrency = 16, timeoutMs = 2_000, maxQueue = 2_000 } = options;
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  if (servers) resolver.setServers(servers);
  const known = new LRUCache<string, { domain: string | null }>({ max: CACHED_ADDRESSES, ttl: CACHED_MS });
  const underWay = new Map<string, Promise<string | null>>();
  const queue: (() => void)[] = [];
  let free = concurrency;
  let stopped = false;

  async function ask(address: string): Promise<string | null> {
    const late = Promise.withResolvers<null>();
    // With several servers the resolver's own time-out applies to each in turn.
    const timer = setTimeout(() => late.resolve(null), timeoutMs);
    try {
      const names = await Promise.race([resolver.reverse(address).catch(() => []), late.promise]);
      return readHostName(names?.[0]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function inTurn(address: string): Promise<string | null> {
    if (free === 0) await new Promise<void>((turn) => queue.push(turn));
    else free -= 1;
    try {
      const domain = stopped ? null : await ask(address);
      known.set(address, { domain });
      return domain;
    } finally {
      const next = queue.shift();
      if (next) next();
      else free += 1;
      underWay.delete(address);
    }
  }

  return {
    async domainOf(address) {
      const hit = known.get(address);
      if (hit) return hit.domain;
      const same = underWay.get(address);
      if (same) return same;
      if (stopped || queue.length >= maxQueue) return null;
      const asked = inTurn(address);
      underWay.set(address, asked);
      return asked;
    },
    stop() {
      stopped = true;
      resolver.cancel();
    },
  };
}
