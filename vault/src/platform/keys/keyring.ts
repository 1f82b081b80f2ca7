/**
 * The keyring: every data key and secret of the vault, wrapped by the master key, in a database of its own. It is backed up
 * apart from the main database and for a shorter time: that is what makes destroying a key an erasure.
 */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { KeyringDatabase } from '../database.ts';
import { isoDay } from '../day.ts';
import { createGroupCommit } from '../group-commit.ts';
import { openBytes, sealBytes } from './aes-gcm.ts';
import { type DataKey, dataKeyFrom, KeyDestroyed } from './data-key.ts';
import { checkMasterKey } from './keyring-check.ts';
import type { MasterKey } from './master-key.ts';
import { createVaultSecrets, type VaultSecrets } from './vault-secrets.ts';

const CACHED_KEYS = 10_000;
const KEYS_PER_COMMIT = 256;
/** A key destroyed by another process (the CLI) is forgotten by this one within that time. */
const CACHED_SECONDS = 30;

export interface Keyring {
  createDataKey(): Promise<DataKey>;
  /** Throws KeyDestroyed. */
  dataKey(id: string): Promise<DataKey>;
  /** For good. Idempotent; keeps a keyed hash of the id and the day, so that a restored keyring can be rid of it again. */
  destroyDataKey(id: string): Promise<void>;
  countDataKeys(): Promise<number>;
  blindIndex(purpose: string, normalised: string): Buffer;
  secrets: VaultSecrets;
}

/** Throws WrongMasterKey before anything is read or written with a key that is not this keyring's. */
export async function openKeyring(options: {
  db: KeyringDatabase;
  masterKey: MasterKey;
  clock?: () => Date;
}): Promise<Keyring> {
  const { db, masterKey, clock = () => new Date() } = options;
  await checkMasterKey(db, masterKey);

  const wrappingKey = createSecretKey(masterKey.derive('wrap/data-key'));
  const contextOf = (id: string) => `data_keys/${id}`;
  const cache = new LRUCache<string, DataKey>({ max: CACHED_KEYS, ttl: CACHED_SECONDS * 1000 });

  function remember(id: string, bytes: Buffer): DataKey {
    const key = dataKeyFrom(id, bytes);
    cache.set(id, key);
    return key;
  }

  /** Resolves when the key is on disk; those that wait meanwhile share the next commit. */
  const store = createGroupCommit<{ id: string; wrapped: Buffer }, void>(async (keys) => {
    await db.insertInto('data_keys').values(keys).execute();
    return [];
  }, KEYS_PER_COMMIT);

  return {
    secrets: createVaultSecrets(db, masterKey, clock),
    blindIndex: masterKey.blindIndex,

    async countDataKeys() {
      const { count } = await db
        .selectFrom('data_keys')
        .select((row) => row.fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async createDataKey() {
      const id = randomUUID();
      const bytes = randomBytes(32);
      await store({ id, wrapped: sealBytes(wrappingKey, bytes, contextOf(id)) });
      return remember(id, bytes);
    },

    async dataKey(id) {
      const known = cache.get(id);
      if (known) return known;
      const row = await db.selectFrom('data_keys').select('wrapped').where('id', '=', id).executeTakeFirst();
      if (!row) throw new KeyDestroyed(id);
      return remember(id, openBytes(wrappingKey, row.wrapped, contextOf(id)));
    },

    async destroyDataKey(id) {
      const tombstone = { key_hash: masterKey.blindIndex('destroyed-key', id), day: isoDay(clock()) };
      await db.transaction().execute(async (tx) => {
        await tx.deleteFrom('data_keys').where('id', '=', id).execute();
        await tx
          .insertInto('destroyed_keys')
          .values(tombstone)
          .onConflict((row) => row.doNothing())
          .execute();
      });
      cache.delete(id);
    },
  };
}
