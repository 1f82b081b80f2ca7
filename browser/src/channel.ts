/** The sealed channel of this page: to the pinned, verified key and no other. */
import { createSealedFetch, type SealedCall } from '@avow/protocol/sealing/sealed-fetch';
import { createVerifiedKeys } from '@avow/protocol/sealing/verified-keys';
import { createWebSealer } from '@avow/protocol/sealing/web-sealer';
import type { PageData } from './page-data.ts';
import { pinnedRoot } from './pinned-root.ts';

/**
 * Whether this browser has the two curves. Where not (or without HTTPS), the form stays a plain one, and the page goes on
 * saying so.
 */
export async function canSeal(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey('X25519', false, ['deriveBits']);
    await crypto.subtle.importKey('raw', pinnedRoot().slice(), 'Ed25519', false, ['verify']);
    return true;
  } catch {
    return false;
  }
}

export function openChannel(data: PageData): SealedCall {
  const { origin } = location;
  return createSealedFetch({
    sealer: createWebSealer(),
    relay: `${origin}/relay`,
    keys: createVerifiedKeys({ url: `${origin}/keys.json`, rootPublicKey: pinnedRoot() }),
    authority: data.authority,
  });
}
