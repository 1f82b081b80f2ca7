/** One person claims one serial: first, again, with a code from the owner, or while somebody else owns it. */
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import type { DataKey } from '../platform/keys/data-key.ts';
import type { Services } from '../platform/services.ts';
import { countAlarm } from './alarms.ts';
import type { ClaimResult, Desk, SerialClaim } from './desk.ts';
import { acceptClaim, askOwner, moveOwnership, refuseClaim } from './ownership.ts';
import {
  changeRegistration,
  countHolds,
  findOwner,
  findRegistrationOf,
  findSerial,
  holdPerson,
  lockSerial,
  type Registration,
} from './queries.ts';
import type { RecogniseSerial } from './recognise-serial.ts';
import { openReceipt } from './registration-row.ts';
import { transferCodeFits } from './transfers.ts';
import { type NewRegistration, sealVersions, writeRegistration } from './write-registration.ts';

type Tx = Kysely<VaultTables>;

/** Beyond these the claim is refused without asking: nobody's mailbox is flooded by claiming serials. */
const MAX_HOLDS = { ofOneOwner: 5, ofOneClaimant: 10 } as const;

export function createClaim(services: Services, recognise: RecogniseSerial): Desk['claim'] {
  const { keyring } = services;

  return async (tx, claim) => {
    const serial = await recognise(claim.serial);
    const known = serial.ok ? await findSerial(tx, serial.index) : null;
    if (!serial.ok || !known) throw new Error('a serial was claimed that no check can have passed');

    const key = await keyring.dataKey(await holdPerson(tx, claim.personId));
    const many = known.kind === 'pressed';
    await lockSerial(tx, many ? lockOf(serial.index, claim.personId) : serial.index);

    const existing = await findRegistrationOf(tx, serial.index, claim.personId);
    if (existing?.state === 'registered') return again(tx, key, existing, claim);
    const { index, printed: printedSerial } = serial;
    const { product, edition } = known;
    const registration = { ...claim, existing, index, printedSerial, product, edition };
    const owner = many ? null : await findOwner(tx, serial.index);
    if (!owner) return register(tx, key, { ...registration, role: many ? 'one of many' : 'owner', state: 'on hold' });

    const { transferCode, day } = claim;
    const handedOn = transferCode !== null && (await transferCodeFits(tx, keyring, owner.id, transferCode, day));
    // Nobody is asked twice about the same person.
    if (!handedOn && existing && existing.state !== 'transferred') return held(existing);

    const row = await writeRegistration(tx, key, { ...registration, role: 'owner', state: 'on hold' });
    if (!handedOn) return hold(tx, row, owner, day);
    return { registrationId: row.id, held: false, receipt: await moveOwnership(services, tx, owner, row, day) };
  };

  async function again(tx: Tx, key: DataKey, existing: Registration, claim: SerialClaim): Promise<ClaimResult> {
    const versions = sealVersions(key, existing.id, claim);
    if (Object.keys(versions).length > 0) await changeRegistration(tx, existing.id, versions);
    return { registrationId: existing.id, held: false, receipt: openReceipt(key, existing) };
  }

  async function register(tx: Tx, key: DataKey, registration: NewRegistration): Promise<ClaimResult> {
    const row = await writeRegistration(tx, key, registration);
    return { registrationId: row.id, held: false, receipt: await acceptClaim(services, tx, row, registration.role) };
  }

  async function hold(tx: Tx, row: Registration, owner: Registration, day: string): Promise<ClaimResult> {
    await countAlarm(services, tx, 'second registration', day);
    const open = await countHolds(tx, owner.id, row.person_id);
    if (open.owner >= MAX_HOLDS.ofOneOwner || open.claimant >= MAX_HOLDS.ofOneClaimant) {
      await countAlarm(services, tx, 'too many second registrations', day);
      await refuseClaim(services, tx, row);
    } else {
      await askOwner(services, tx, row, owner, day);
    }
    return held(row);
  }
}

const held = ({ id }: Registration): ClaimResult => ({ registrationId: id, held: true, receipt: null });

/** Of a serial that many may register, only claims of the same person wait for each other. */
function lockOf(index: Buffer, personId: string): Buffer {
  return createHash('sha256').update(index).update(personId).digest();
}
