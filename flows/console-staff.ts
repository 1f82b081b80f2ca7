/** Staff for the flows of the console: one-time links, accounts made through the page, authenticators. */
import { join } from 'node:path';
import type { Role } from '@avow/protocol/staff/roles';
import { openKeyringDatabase, openVaultDatabase } from '@avow/vault/platform/database';
import { isoDay } from '@avow/vault/platform/day';
import { openKeyring } from '@avow/vault/platform/keys/keyring';
import { loadMasterKey } from '@avow/vault/platform/keys/master-key';
import { createInvitations } from '@avow/vault/staff/invitations';
import type { TestHouse } from './house.ts';

/** The console by its name: browsers know no passkeys at an address of numbers. */
export function consoleUrl(house: TestHouse): string {
  if (!house.vault) throw new Error('this house has no vault');
  return house.vault.url.replace('127.0.0.1', 'localhost');
}

/** A link as the house issues it, without its mail. */
export async function issueLink(house: TestHouse, invited?: { email: string; roles: Role[] }): Promise<string> {
  const { vaultDatabase, keyringDatabase } = house.engines.urls;
  if (!vaultDatabase || !keyringDatabase) throw new Error('this house has no databases');
  const db = openVaultDatabase(vaultDatabase, 1);
  const keyringDb = openKeyringDatabase(keyringDatabase, 1);
  try {
    const masterKey = await loadMasterKey(join(house.dataDir, 'vault', 'keys'));
    const invitations = createInvitations(await openKeyring({ db: keyringDb, masterKey }));
    const today = isoDay(new Date());
    const { token } = invited
      ? await invitations.invite(db, { ...invited, language: 'en' }, today)
      : await invitations.issueFirst(db, today);
    return `${consoleUrl(house)}/welcome#${token}`;
  } finally {
    await Promise.all([db.destroy(), keyringDb.destroy()]);
  }
}
