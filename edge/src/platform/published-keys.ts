/**
 * The gateway's key sets that this edge publishes. It takes only what the pinned root key has signed, in an unbroken chain from
 * the first: visitors' browsers verify the same, so a set that is not in the chain would stop every registration.
 */

import { encodeKeyConfigs, type KeyConfig } from '@avow/protocol/key-config';
import { keySetHash, type PublishedKeys, type SignedKeySet, verifyKeySet } from '@avow/protocol/key-set';
import type { EdgeDatabase } from './database.ts';

/** `known`: this very version or an older one is published already. `refused`: not signed by the root, or not the next one. */
export type Offered = 'accepted' | 'known' | 'refused';

export interface KeysInForce extends PublishedKeys {
  config: KeyConfig;
  /** `application/ohttp-keys`. */
  encoded: Uint8Array<ArrayBuffer>;
}

export interface PublishedKeySets {
  /** Null until the vault has brought the first set. */
  inForce(): KeysInForce | null;
  version(): number | null;
  offer(set: SignedKeySet): Promise<Offered>;
}

/** `rootPublicKey`: 32 raw bytes. Throws if what is stored was not signed by that root. */
export async function openPublishedKeys(db: EdgeDatabase, rootPublicKey: Uint8Array): Promise<PublishedKeySets> {
  const rows = await db.selectFrom('key_sets').selectAll().orderBy('version').execute();
  let inForce: KeysInForce | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function extend(set: SignedKeySet): Promise<Offered> {
    if (set.version <= (inForce?.current.version ?? 0)) return 'known';
    const previous = inForce ? await keySetHash(inForce.current) : '';
    if (set.version !== (inForce?.current.version ?? 0) + 1 || set.previous !== previous) return 'refused';
    const config = await verifyKeySet(set, rootPublicKey);
    if (config === null) return 'refused';
    inForce = { current: set, log: [...(inForce?.log ?? []), set], config, encoded: encodeKeyConfigs([config]) };
    return 'accepted';
  }

  for (const row of rows) {
    if ((await extend(row.key_set as SignedKeySet)) !== 'accepted') {
      throw new Error(`Key set ${row.version} in the edge's database was not signed by the pinned root key.`);
    }
  }

  async function offer(set: SignedKeySet): Promise<Offered> {
    const before = inForce;
    const offered = await extend(set);
    if (offered !== 'accepted') return offered;
    try {
      await db
        .insertInto('key_sets')
        .values({ version: set.version, key_set: JSON.stringify(set) })
        // Another edge on the same database may have been first.
        .onConflict((conflict) => conflict.column('version').doNothing())
        .execute();
    } catch (error) {
      inForce = before;
      throw error;
    }
    return offered;
  }

  return {
    inForce: () => inForce,
    version: () => inForce?.current.version ?? null,
    offer(set) {
      const offered = turn.then(() => offer(set));
      turn = offered.catch(() => {});
      return offered;
    },
  };
}
