import { LINK_WINDOW_SECONDS } from '@avow/protocol/link-signature';
import { LRUCache } from 'lru-cache';

/** Only nonces of verified signatures get here, so the vault alone could fill this: 120 s at 800 calls a second. */
const MAX_NONCES = 100_000;

/** Makes the memory of nonces: remembers one, and says whether it was known already. */
export function createNonceMemory(): (nonce: string) => boolean {
  const seen = new LRUCache<string, true>({ max: MAX_NONCES, ttl: LINK_WINDOW_SECONDS * 2 * 1000 });
  return (nonce) => {
    const known = seen.has(nonce);
    seen.set(nonce, true);
    return known;
  };
}
