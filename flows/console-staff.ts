/** Staff for the flows of the console: one-time links, accounts made through the page, authenticators. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { loadConfig } from '@avow/config/config';
import type { Role } from '@avow/protocol/staff/roles';
import { openKeyringDatabase, openVaultDatabase, type VaultDatabase } from '@avow/vault/platform/database';
import { isoDay } from '@avow/vault/platform/day';
import { STAFF_COOKIES } from '@avow/vault/platform/http/staff-cookie';
import { type Keyring, openKeyring } from '@avow/vault/platform/keys/keyring';
import { loadMasterKey } from '@avow/vault/platform/keys/master-key';
import { createInvitations } from '@avow/vault/staff/invitations';
import { createMembers, NO_SECRETS } from '@avow/vault/staff/members';
import { createSessions } from '@avow/vault/staff/sessions';
import type { BrowserContext } from 'playwright-core';
import { CONFIG, type TestHouse } from './house.ts';

/** The console by its name: browsers know no passkeys at an address of numbers. */
export function consoleUrl(house: TestHouse): string {
  if (!house.vault) throw new Error('this house has no vault');
  return house.vault.url.replace('127.0.0.1', 'localhost');
}

interface Stores {
  db: VaultDatabase;
  keyring: Keyring;
}

async function withStores<T>(house: TestHouse, work: (stores: Stores) => Promise<T>): Promise<T> {
  const { vaultDatabase, keyringDatabase } = house.engines.urls;
  if (!vaultDatabase || !keyringDatabase) throw new Error('this house has no databases');
  const db = openVaultDatabase(vaultDatabase, 1);
  const keyringDb = openKeyringDatabase(keyringDatabase, 1);
  try {
    const masterKey = await loadMasterKey(join(house.dataDir, 'vault', 'keys'));
    return await work({ db, keyring: await openKeyring({ db: keyringDb, masterKey }) });
  } finally {
    await Promise.all([db.destroy(), keyringDb.destroy()]);
  }
}

/** A link as the house issues it, without its mail. */
export async function issueLink(house: TestHouse, invited?: { email: string; roles: Role[] }): Promise<string> {
  return withStores(house, async ({ db, keyring }) => {
    const invitations = createInvitations(keyring);
    const today = isoDay(new Date());
    const { token } = invited
      ? await invitations.invite(db, { ...invited, language: 'en' }, today)
      : await invitations.issueFirst(db, today);
    return `${consoleUrl(house)}/welcome#${token}`;
  });
}

/** A member with these roles, signed in to this browser without the page for it. */
export async function signInMember(
  house: TestHouse,
  context: BrowserContext,
  ...roles: Role[]
): Promise<{ staffId: string; name: string }> {
  return withStores(house, async ({ db, keyring }) => {
    const id = randomUUID();
    const name = `Ada ${roles.join(' ')}`;
    const key = await keyring.createDataKey();
    const day = isoDay(new Date());
    const told = { id, name, email: `${id}@staff.example`, roles, language: 'en' as const };
    await createMembers(keyring).create(db, { ...told, secrets: NO_SECRETS, key, day });
    const { staff } = await loadConfig(CONFIG);
    const { secret } = await createSessions(staff).begin(db, id, 'Mozilla/5.0', new Date());
    await context.addCookies([
      {
        name: STAFF_COOKIES.plain,
        value: secret,
        domain: 'localhost',
        path: '/api',
        httpOnly: true,
        sameSite: 'Strict',
      },
    ]);
    return { staffId: id, name };
  });
}
