/** The gateway's active key, fetched from the edge and believed only with the root key's signature. */
import type { KeyConfig } from '../key-config.ts';
import { verifyPublishedKeys } from '../key-set.ts';
import { RelayUnreachable } from './relay-call.ts';

/** What the edge published is not what the root key signed. Nothing may be sealed to it. */
export class KeysUnverified extends Error {}

export interface VerifiedKeysOptions {
  /** Absolute URL of `/keys.json`. */
  url: string;
  /** The pinned root key, 32 raw bytes. */
  rootPublicKey: Uint8Array;
  fetch?: typeof fetch;
}

/**
 * Makes the `keys` of RelayOptions: fetches and verifies at the first call, then answers from memory until asked for fresh
 * ones. Throws KeysUnverified, or RelayUnreachable when nothing was fetched.
 */
export function createVerifiedKeys(options: VerifiedKeysOptions): (fresh?: boolean) => Promise<KeyConfig> {
  let known: KeyConfig | null = null;

  async function fetchKeys(): Promise<KeyConfig> {
    const own = options.fetch ?? fetch;
    let published: unknown;
    try {
      const response = await own(options.url, { credentials: 'omit', cache: 'no-store' });
      if (!response.ok) throw new Error(`status ${response.status}`);
      published = await response.json();
    } catch (cause) {
      throw new RelayUnreachable('the keys could not be fetched', { cause });
    }
    const config = await verifyPublishedKeys(published, options.rootPublicKey);
    if (!config) throw new KeysUnverified('the published keys are not signed by the root key');
    return config;
  }

  return async (fresh = false) => {
    known = fresh || !known ? await fetchKeys() : known;
    return known;
  };
}
