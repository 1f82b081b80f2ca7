/** Secrets of the vault itself, wrapped in the keyring: gateway private keys, serial keys, the receipt key. */
import type { KeyringDatabase } from '../database.ts';
import { isoDay } from '../day.ts';
import { openBytes, sealBytes } from './aes-gcm.ts';
import type { MasterKey } from './master-key.ts';

export type SecretPurpose = 'gateway' | 'serial' | 'receipt';

export interface VaultSecret {
  name: string;
  bytes: Buffer;
  /** ISO date. */
  created: string;
}

export interface VaultSecrets {
  find(purpose: SecretPurpose, name: string): Promise<VaultSecret | null>;
  list(purpose: SecretPurpose): Promise<VaultSecret[]>;
  /** Returns the one that is there, or keeps what `make` returns; of several callers at once, all get the same. */
  getOrCreate(purpose: SecretPurpose, name: string, make: () => Buffer): Promise<VaultSecret>;
  destroy(purpose: SecretPurpose, name: string): Promise<void>;
}

export function createVaultSecrets(db: KeyringDatabase, masterKey: MasterKey, clock: () => Date): VaultSecrets {
  const wrappingKey = masterKey.derive('wrap/secret');
  const contextOf = (purpose: SecretPurpose, name: string) => `vault_secrets/${purpose}/${name}`;

  function unwrap(purpose: SecretPurpose, row: { name: string; wrapped: Buffer; created: string }): VaultSecret {
    const bytes = openBytes(wrappingKey, row.wrapped, contextOf(purpose, row.name));
    return { name: row.name, bytes, created: row.created };
  }

  async function find(purpose: SecretPurpose, name: string): Promise<VaultSecret | null> {
    const row = await db
      .selectFrom('vault_secrets')
      .select(['name', 'wrapped', 'created'])
      .where('purpose', '=', purpose)
      .where('name', '=', name)
      .executeTakeFirst();
    return row ? unwrap(purpose, row) : null;
  }

  return {
    find,

    async list(purpose) {
      const rows = await db
        .selectFrom('vault_secrets')
        .select(['name', 'wrapped', 'created'])
        .where('purpose', '=', purpose)
        .orderBy('name')
        .execute();
      return rows.map((row) => unwrap(purpose, row));
    },

    async getOrCreate(purpose, name, make) {
      const present = await find(purpose, name);
      if (present) return present;
      const wrapped = sealBytes(wrappingKey, make(), contextOf(purpose, name));
      const created = isoDay(clock());
      await db
        .insertInto('vault_secrets')
        .values({ purpose, name, wrapped, created })
        .onConflict((row) => row.doNothing())
        .execute();
      const kept = await find(purpose, name);
      if (!kept) throw new Error(`the secret ${purpose}/${name} was destroyed while it was being created`);
      return kept;
    },

    async destroy(purpose, name) {
      await db.deleteFrom('vault_secrets').where('purpose', '=', purpose).where('name', '=', name).execute();
    },
  };
}
