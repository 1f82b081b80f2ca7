/** Erasing a person's registrations. A serial never stays with nobody while somebody else is waiting for it. */
import type { Kysely } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import { isoDay } from '../platform/day.ts';
import type { Services } from '../platform/services.ts';
import { acceptClaim, askOwner, tellAccepted } from './ownership.ts';
import {
  changeRegistration,
  findRegistration,
  holdsOfOwner,
  householdOf,
  lockPersonForErasure,
  lockSerial,
  type Registration,
  registrationsOf,
} from './queries.ts';

type Tx = Kysely<VaultTables>;

export async function forgetRegistrations(services: Services, tx: Tx, personId: string): Promise<void> {
  await lockPersonForErasure(tx, personId);
  const rows = await registrationsOf(tx, personId);
  // Always in the same order, so that two who are erased at once do not wait for each other.
  rows.sort((a, b) => a.serial_index.compare(b.serial_index));
  for (const { id, serial_index } of rows) {
    await lockSerial(tx, serial_index);
    const row = await findRegistration(tx, id);
    if (row) await forgetRegistration(services, tx, row);
  }
}

async function forgetRegistration(services: Services, tx: Tx, row: Registration): Promise<void> {
  const owned = row.role === 'owner' && row.state === 'registered';
  const waiting = owned ? await claimsWaitingFor(tx, row.id) : [];
  // Takes its holds and its transfer code along.
  await tx.deleteFrom('product_registrations').where('id', '=', row.id).execute();
  if (!owned) return;

  const [relative] = await householdOf(tx, row.serial_index);
  if (relative) await changeRegistration(tx, relative.id, { role: 'owner' });
  const heir = relative ?? waiting.shift();
  if (!heir) return;
  if (heir !== relative) {
    await acceptClaim(services, tx, heir, 'owner');
    await tellAccepted(services, tx, heir);
  }
  const today = isoDay(services.clock());
  for (const claim of waiting) await askOwner(services, tx, claim, heir, today);
}

async function claimsWaitingFor(tx: Tx, ownerId: string): Promise<Registration[]> {
  const holds = await holdsOfOwner(tx, ownerId);
  holds.sort((a, b) => a.day.localeCompare(b.day));
  const claims = await Promise.all(holds.map((hold) => findRegistration(tx, hold.claim_id)));
  return claims.filter((claim) => claim !== null);
}
