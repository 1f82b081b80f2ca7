/** Opens the vault's stores for a command, beside a running house or without one. */
import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import { attachPostgres } from '@avow/engines/postgres';
import { openPeople } from '@avow/vault/people/people';
import { openKeyringDatabase, openVaultDatabase } from '@avow/vault/platform/database';
import { openKeyring } from '@avow/vault/platform/keys/keyring';
import { loadMasterKey } from '@avow/vault/platform/keys/master-key';
import { migrateKeyringDatabase, migrateVaultDatabase } from '@avow/vault/platform/migrate';
import { vaultPostgresOptions } from './house/engines.ts';
import { configFile, dataDir } from './place.ts';
import type { VaultHandle } from './vault-handle.ts';

interface Databases {
  vaultUrl: string;
  keyringUrl: string;
  stop(): Promise<void>;
}

export async function openVault(): Promise<VaultHandle> {
  const dir = dataDir();
  const config = await loadConfig(await configFile(dir));
  const masterKey = await loadMasterKey(join(dir, 'vault', 'keys'));
  const databases = await openDatabases(dir);
  const db = openVaultDatabase(databases.vaultUrl, 4);
  const keyringDb = openKeyringDatabase(databases.keyringUrl, 2);
  const close = async (): Promise<void> => {
    await Promise.all([db.destroy(), keyringDb.destroy()]);
    await databases.stop();
  };
  try {
    await Promise.all([migrateVaultDatabase(db), migrateKeyringDatabase(keyringDb)]);
    const keyring = await openKeyring({ db: keyringDb, masterKey });
    return { config, db, keyringDb, vaultUrl: databases.vaultUrl, keyring, people: openPeople({ keyring }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The given ones, or the embedded cluster: the running one if the house is up, else started for as long as the command takes. */
async function openDatabases(dir: string): Promise<Databases> {
  const { VAULT_DATABASE_URL: vaultUrl, KEYRING_DATABASE_URL: keyringUrl } = process.env;
  if (vaultUrl && keyringUrl) return { vaultUrl, keyringUrl, stop: async () => {} };
  const postgres = await attachPostgres(vaultPostgresOptions(dir));
  const own = { vaultUrl: postgres.urls.vault ?? '', keyringUrl: postgres.urls.keyring ?? '' };
  return { vaultUrl: vaultUrl ?? own.vaultUrl, keyringUrl: keyringUrl ?? own.keyringUrl, stop: postgres.stop };
}
