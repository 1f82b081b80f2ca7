/** Both databases of a vault, migrated, with keyring and people, for a test file. Tests pass `createTestDatabase`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPeople, type People } from './people/people.ts';
import {
  type KeyringDatabase,
  openKeyringDatabase,
  openVaultDatabase,
  type VaultDatabase,
} from './platform/database.ts';
import { type Keyring, openKeyring } from './platform/keys/keyring.ts';
import { loadOrCreateMasterKey, type MasterKey } from './platform/keys/master-key.ts';
import { migrateKeyringDatabase, migrateVaultDatabase } from './platform/migrate.ts';

interface Database {
  url: string;
  drop(): Promise<void>;
}

export interface TestVault {
  db: VaultDatabase;
  keyringDb: KeyringDatabase;
  vaultUrl: string;
  keyringUrl: string;
  /** Holds `master.key`. */
  keysDir: string;
  masterKey: MasterKey;
  keyring: Keyring;
  people: People;
  close(): Promise<void>;
}

export async function openTestVault(createDatabase: () => Promise<Database>): Promise<TestVault> {
  const [vault, keys] = await Promise.all([createDatabase(), createDatabase()]);
  const keysDir = await mkdtemp(join(tmpdir(), 'avow-keys-'));
  const db = openVaultDatabase(vault.url);
  const keyringDb = openKeyringDatabase(keys.url);
  await Promise.all([migrateVaultDatabase(db), migrateKeyringDatabase(keyringDb)]);
  const masterKey = await loadOrCreateMasterKey(keysDir);
  const keyring = await openKeyring({ db: keyringDb, masterKey });
  return {
    db,
    keyringDb,
    vaultUrl: vault.url,
    keyringUrl: keys.url,
    keysDir,
    masterKey,
    keyring,
    people: openPeople({ keyring }),
    async close() {
      await Promise.all([db.destroy(), keyringDb.destroy()]);
      await Promise.all([vault.drop(), keys.drop(), rm(keysDir, { recursive: true, force: true })]);
    },
  };
}
