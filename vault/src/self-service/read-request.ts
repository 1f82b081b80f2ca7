/** Staff read a correction request, whose id came by mail, for a declared purpose and on record (W8, U5). */
import type { CorrectionRequest } from '@avow/protocol/self-service';
import type { People, PersonRecord } from '../people/people.ts';
import { readForStaff, type StaffAccess } from '../people/staff-access.ts';
import type { VaultDatabase } from '../platform/database.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import { openRequest } from './correction-requests.ts';
import './tables.ts';

export interface ReadRequest extends CorrectionRequest {
  day: string;
  /** Who asks, to be answered. */
  person: PersonRecord;
}

interface Vault {
  db: VaultDatabase;
  keyring: Keyring;
  people: People;
}

/** Null where there is no such request (any more). */
export async function readRequest(
  vault: Vault,
  access: { requestId: string } & Omit<StaffAccess, 'personId'>,
): Promise<ReadRequest | null> {
  const { requestId, ...purpose } = access;
  const row = await findRow(vault.db, requestId);
  if (!row) return null;
  const person = await readForStaff(vault, { ...purpose, personId: row.person_id });
  return { ...(await openRequest(vault.keyring, person, row)), day: row.day, person };
}

/** When it is dealt with. False where there is no such request (any more). */
export async function closeRequest({ db }: Pick<Vault, 'db'>, requestId: string): Promise<boolean> {
  if (!(await findRow(db, requestId))) return false;
  await db.deleteFrom('correction_requests').where('id', '=', requestId).execute();
  return true;
}

async function findRow(db: VaultDatabase, requestId: string) {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(requestId)) return null;
  return (
    (await db.selectFrom('correction_requests').selectAll().where('id', '=', requestId).executeTakeFirst()) ?? null
  );
}
