/** The key log: every signed key set the vault ever published, in the main database (none of it is secret). */
import type { SignedKeySet } from '@avow/protocol/key-set';
import type { Kysely } from 'kysely';
import type { VaultTables } from '../database.ts';

type Database = Kysely<VaultTables>;

export interface KeyLogEntry {
  set: SignedKeySet;
  /** Raw 32 bytes, base64url: the key that signed it. */
  rootPublicKey: string;
}

/** The set in force; null before the first start. */
export async function currentKeySet(db: Database): Promise<KeyLogEntry | null> {
  const row = await db
    .selectFrom('key_sets')
    .select(['signed_set', 'root_public_key'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { set: row.signed_set, rootPublicKey: row.root_public_key } : null;
}

/** Oldest first, from the one after `version`: an edge that missed some gets them all, because each names the one before. */
export async function keySetsAfter(db: Database, version: number): Promise<SignedKeySet[]> {
  const rows = await db
    .selectFrom('key_sets')
    .select('signed_set')
    .where('version', '>', version)
    .orderBy('version')
    .execute();
  return rows.map((row) => row.signed_set);
}

export async function appendKeySet(db: Database, { set, rootPublicKey }: KeyLogEntry): Promise<void> {
  await db
    .insertInto('key_sets')
    .values({
      version: set.version,
      created: set.created,
      signed_set: JSON.stringify(set),
      root_public_key: rootPublicKey,
    })
    .execute();
}

/** Since which day a key configuration is no longer the active one; null while it is, or where no set knows it. */
export function retiredSince(log: readonly SignedKeySet[], config: string): string | null {
  const last = log.findLastIndex((set) => set.active === config);
  return last < 0 ? null : (log[last + 1]?.created ?? null);
}
