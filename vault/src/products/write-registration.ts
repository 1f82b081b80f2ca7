/** Puts a registration into the table, or an existing one of the same person into its new state. */
import { randomUUID } from 'node:crypto';
import type { RegistrationReceipt } from '@avow/protocol/sealed-routes';
import type { Kysely } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import type { DataKey } from '../platform/keys/data-key.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import { changeRegistration, type Registration } from './queries.ts';
import { signReceipt } from './receipts.ts';
import { sealColumn } from './registration-row.ts';

type Tx = Kysely<VaultTables>;

export interface NewRegistration {
  existing: Registration | null;
  personId: string;
  index: Buffer;
  printedSerial: string;
  product: string;
  edition: string;
  role: Registration['role'];
  state: Registration['state'];
  discVersion: string | null;
  softwareVersion: string | null;
  statementVersion: number;
  day: string;
}

export async function writeRegistration(tx: Tx, key: DataKey, registration: NewRegistration): Promise<Registration> {
  const id = registration.existing?.id ?? randomUUID();
  const versions = sealVersions(key, id, registration);
  const row: Registration = {
    id,
    serial_index: registration.index,
    person_id: registration.personId,
    product: registration.product,
    edition: registration.edition,
    role: registration.role,
    state: registration.state,
    day: registration.day,
    statement_version: registration.statementVersion,
    serial: sealColumn(key, id, 'serial', registration.printedSerial),
    disc_version: versions.disc_version ?? registration.existing?.disc_version ?? null,
    software_version: versions.software_version ?? registration.existing?.software_version ?? null,
    receipt: null,
  };
  if (registration.existing) await changeRegistration(tx, id, row);
  else await tx.insertInto('product_registrations').values(row).execute();
  return row;
}

/** Reinstalling tells newer versions; one that is not told leaves the older one in place. */
export function sealVersions(
  key: DataKey,
  id: string,
  told: { discVersion: string | null; softwareVersion: string | null },
): Partial<Pick<Registration, 'disc_version' | 'software_version'>> {
  return {
    ...(told.discVersion && { disc_version: sealColumn(key, id, 'disc_version', told.discVersion) }),
    ...(told.softwareVersion && { software_version: sealColumn(key, id, 'software_version', told.softwareVersion) }),
  };
}

/** Signs the receipt of a registration in force: as told to the person, and as kept. */
export async function makeReceipt(
  keyring: Keyring,
  key: DataKey,
  row: Registration,
  normalisedSerial: string,
): Promise<{ told: RegistrationReceipt; sealed: Buffer }> {
  const { product, edition, day } = row;
  const told = await signReceipt(keyring, {
    normalisedSerial,
    product,
    edition,
    day,
    statementVersion: row.statement_version,
  });
  return { told, sealed: sealColumn(key, row.id, 'receipt', JSON.stringify(told)) };
}
