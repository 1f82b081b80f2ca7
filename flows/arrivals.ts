/** What really arrived in the vault of a running house: pending registrations, counted by e-mail address. */
import { join } from 'node:path';
import { openEdgeDatabase } from '@avow/edge/platform/database';
import { measureSpool } from '@avow/edge/spool/queries';
import { normaliseEmail } from '@avow/vault/people/normalise-email';
import { openKeyringDatabase, openVaultDatabase } from '@avow/vault/platform/database';
import { openKeyring } from '@avow/vault/platform/keys/keyring';
import { loadMasterKey } from '@avow/vault/platform/keys/master-key';
import type { TestHouse } from './house.ts';

/** How often each of these addresses has a pending registration. */
export async function arrivals(house: TestHouse, emails: readonly string[]): Promise<Map<string, number>> {
  const db = openVaultDatabase(house.engines.urls.vaultDatabase ?? '', 1);
  const keyringDb = openKeyringDatabase(house.engines.urls.keyringDatabase ?? '', 1);
  try {
    const masterKey = await loadMasterKey(join(house.dataDir, 'vault', 'keys'));
    const keyring = await openKeyring({ db: keyringDb, masterKey });
    const rows = await db.selectFrom('pending_registrations').select('email_index').execute();
    const counts = new Map<string, number>();
    for (const { email_index } of rows) {
      const key = email_index.toString('hex');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const indexOf = (email: string): string =>
      keyring.blindIndex('pending-email', normaliseEmail(email)).toString('hex');
    return new Map(emails.map((email) => [email, counts.get(indexOf(email)) ?? 0]));
  } finally {
    await Promise.all([db.destroy(), keyringDb.destroy()]);
  }
}

/** Waits until the vault has answered everything the edge accepted. */
export async function spoolEmpty(house: TestHouse, seconds = 60): Promise<void> {
  const db = openEdgeDatabase(house.engines.urls.edgeDatabase ?? '');
  const until = Date.now() + seconds * 1000;
  try {
    while (Date.now() < until) {
      // The database may be coming back from a kill.
      const spool = await measureSpool(db).catch(() => null);
      if (spool?.items === 0) return;
      await new Promise((next) => setTimeout(next, 200));
    }
  } finally {
    await db.destroy();
  }
  throw new Error(`the spool did not empty within ${seconds} s`);
}
