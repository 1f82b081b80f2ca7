/** What a command that works on the vault's data is given. `openVault` makes it from the environment; the command closes it. */
import type { AvowConfig } from '@avow/config/config';
import type { People } from '@avow/vault/people/people';
import type { KeyringDatabase, VaultDatabase } from '@avow/vault/platform/database';
import type { Keyring } from '@avow/vault/platform/keys/keyring';

export interface VaultHandle {
  config: AvowConfig;
  db: VaultDatabase;
  keyringDb: KeyringDatabase;
  /** Of the same database: bulk work (serials) opens a connection of its own. */
  vaultUrl: string;
  keyring: Keyring;
  people: People;
  close(): Promise<void>;
}

export interface VaultContext {
  openVault(): Promise<VaultHandle>;
}

/** Opens the vault, does the work, and closes it again whatever happens. */
export async function withVault<T>(context: VaultContext, work: (vault: VaultHandle) => Promise<T>): Promise<T> {
  const vault = await context.openVault();
  try {
    return await work(vault);
  } finally {
    await vault.close();
  }
}
