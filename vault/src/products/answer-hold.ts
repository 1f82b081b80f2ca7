/** What follows when the owner answers, or does not. */
import type { HoldAnswer } from '@avow/protocol/self-service';
import type { Kysely } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import { addDays } from '../platform/day.ts';
import type { Services } from '../platform/services.ts';
import { disputeMail } from './mails.ts';
import { acceptClaim, HOLD_DAYS, moveOwnership, refuseClaim, tellAccepted } from './ownership.ts';
import { productTitle } from './products-sold.ts';
import { findHold, findRegistration, lockSerial, type Registration } from './queries.ts';
import { writeToStaff } from './write-to-person.ts';

type Tx = Kysely<VaultTables>;

/** False where the question is no longer open: answered, replaced by one to a new owner, or one of the two was erased. */
export async function answerHold(
  services: Services,
  tx: Tx,
  holdId: string,
  answer: HoldAnswer,
  today: string,
): Promise<boolean> {
  const parties = await lockHold(tx, holdId);
  if (!parties) return false;
  const { claim, owner } = parties;
  switch (answer) {
    case 'household':
      await acceptClaim(services, tx, claim, 'household');
      await tellAccepted(services, tx, claim);
      return true;
    case 'sold':
      await moveOwnership(services, tx, owner, claim, today);
      await tellAccepted(services, tx, claim);
      return true;
    case 'stolen':
    case 'mistake':
      await dispute(services, tx, claim, owner, answer);
      return true;
  }
}

/** Refuses the claims whose owner did not answer in time, each in a transaction of its own; returns how many. */
export async function closeUnansweredHolds(services: Services, today: string): Promise<number> {
  const late = await services.db
    .selectFrom('serial_holds')
    .select('id')
    .where('day', '<', addDays(today, -HOLD_DAYS))
    .execute();
  for (const { id } of late) {
    await services.db.transaction().execute(async (tx) => {
      const parties = await lockHold(tx, id);
      if (parties) await dispute(services, tx, parties.claim, parties.owner, 'no answer');
    });
  }
  return late.length;
}

async function dispute(
  services: Services,
  tx: Tx,
  claim: Registration,
  owner: Registration,
  answer: 'stolen' | 'mistake' | 'no answer',
): Promise<void> {
  await refuseClaim(services, tx, claim);
  const product = productTitle(services.config, claim.product, claim.edition);
  await writeToStaff(
    services,
    tx,
    'a claim was not accepted',
    disputeMail({ product, answer, claimId: claim.id, ownerId: owner.id }),
  );
}

/** Waits for whoever works on the same serial, then looks again whether the question is still open. */
async function lockHold(tx: Tx, holdId: string): Promise<{ claim: Registration; owner: Registration } | null> {
  const before = await findHold(tx, holdId);
  const about = before && (await findRegistration(tx, before.claim_id));
  if (!about) return null;
  await lockSerial(tx, about.serial_index);
  const hold = await findHold(tx, holdId);
  if (!hold) return null;
  const claim = await findRegistration(tx, hold.claim_id);
  const owner = await findRegistration(tx, hold.owner_id);
  return claim && owner ? { claim, owner } : null;
}
