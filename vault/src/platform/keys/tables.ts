/** Tables of the keyring database, and the key log in the main one. */
import type { SignedKeySet } from '@avow/protocol/key-set';
import type { JSONColumnType } from 'kysely';

interface KeyringCheckTable {
  single: boolean;
  wrapped: Buffer;
}

interface DataKeysTable {
  id: string;
  wrapped: Buffer;
}

interface DestroyedKeysTable {
  key_hash: Buffer;
  day: string;
}

interface VaultSecretsTable {
  purpose: string;
  name: string;
  wrapped: Buffer;
  created: string;
}

interface KeySetsTable {
  version: number;
  created: string;
  signed_set: JSONColumnType<SignedKeySet>;
  root_public_key: string;
}

declare module '../database.ts' {
  interface KeyringTables {
    keyring_check: KeyringCheckTable;
    data_keys: DataKeysTable;
    destroyed_keys: DestroyedKeysTable;
    vault_secrets: VaultSecretsTable;
  }
  interface VaultTables {
    key_sets: KeySetsTable;
  }
}
