/** Who owns a serial: asking the owner about a second claim, accepting one, refusing one, moving the ownership. */
import type { RegistrationReceipt } from '@avow/protocol/sealed-routes';
import type { Kysely } from 'kysely';
import { issueToken } from '../people/tokens.ts';
import type { VaultTables } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { claimAcceptedMail, claimRefusedMail, holdAskedMail, passedOnMail } from './mails.ts';
import { productTitle } from './products-sold.ts';
import {
  changeRegistration,
  closeHold,
  findRegistration,
  holdPerson,
  holdsOfOwner,
  openHold,
  type Registration,
} from './queries.ts';
import { normaliseAccepted } from './recognise-serial.ts';
import { openSerial } from './registration-row.ts';
import { endTransferCode } from './transfers.ts';
import { makeReceipt } from './write-registration.ts';
import { writeToPerson } from './write-to-person.ts';

type Tx = Kysely<VaultTables>;

/** The owner has that many days to answer; then the claim is refused and staff are told. */
export const HOLD_DAYS = 30;

const titleOf = ({ config }: Services, row: Registration) => productTitle(config, row.product, row.edition);

/** Opens a hold and asks the owner by mail, without a word about who else it is. */
export async function askOwner(
  services: Services,
  tx: Tx,
  claim: Registration,
  owner: Registration,
  today: string,
): Promise<void> {
  const hold = await openHold(tx, claim.id, owner.id, today);
  const token = await issueToken(tx, { act: 'hold', subject: hold.id, days: HOLD_DAYS }, services.clock());
  const product = titleOf(services, owner);
  await writeToPerson(services, tx, owner.person_id, 'ask the owner of a serial', (language) =>
    holdAskedMail(language, { product, days: HOLD_DAYS, publicUrl: services.publicUrl, token }),
  );
}

/** Puts a claim in force and signs its receipt. */
export async function acceptClaim(
  services: Services,
  tx: Tx,
  claim: Registration,
  role: Registration['role'],
): Promise<RegistrationReceipt> {
  const { keyring } = services;
  await tx.deleteFrom('serial_holds').where('claim_id', '=', claim.id).execute();
  const key = await keyring.dataKey(await holdPerson(tx, claim.person_id));
  const receipt = await makeReceipt(keyring, key, claim, normaliseAccepted(openSerial(key, claim)));
  await changeRegistration(tx, claim.id, { role, state: 'registered', receipt: receipt.sealed });
  return receipt.told;
}

export async function tellAccepted(services: Services, tx: Tx, claim: Registration): Promise<void> {
  const product = titleOf(services, claim);
  await writeToPerson(services, tx, claim.person_id, 'a claim was accepted', (language) =>
    claimAcceptedMail(language, { product, publicUrl: services.publicUrl }),
  );
}

/** Neutral: not a word about the owner or what the owner said. */
export async function refuseClaim(services: Services, tx: Tx, claim: Registration): Promise<void> {
  await tx.deleteFrom('serial_holds').where('claim_id', '=', claim.id).execute();
  await changeRegistration(tx, claim.id, { state: 'refused' });
  const facts = { product: titleOf(services, claim), contactEmail: services.config.vendor.contactEmail };
  await writeToPerson(services, tx, claim.person_id, 'a claim was not accepted', (language) =>
    claimRefusedMail(language, facts),
  );
}

/** The serial moves; what the former owner told us stays with the former owner. */
export async function moveOwnership(
  services: Services,
  tx: Tx,
  from: Registration,
  claim: Registration,
  today: string,
): Promise<RegistrationReceipt> {
  await changeRegistration(tx, from.id, { state: 'transferred' });
  await endTransferCode(tx, from.id);
  const receipt = await acceptClaim(services, tx, claim, 'owner');
  const facts = { product: titleOf(services, from), contactEmail: services.config.vendor.contactEmail };
  await writeToPerson(services, tx, from.person_id, 'a product was passed on', (language) =>
    passedOnMail(language, facts),
  );
  await askAgain(services, tx, from.id, claim, today);
  return receipt;
}

/** Whoever else waits for an answer now waits for the new owner's: the links mailed to the old one end. */
async function askAgain(
  services: Services,
  tx: Tx,
  formerId: string,
  owner: Registration,
  today: string,
): Promise<void> {
  for (const hold of await holdsOfOwner(tx, formerId)) {
    await closeHold(tx, hold.id);
    const claim = await findRegistration(tx, hold.claim_id);
    if (claim) await askOwner(services, tx, claim, owner, today);
  }
}
