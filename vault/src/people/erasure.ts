/**
 * Erasing: the rows go in the vault's transaction, the key in the keyring's. Two databases cannot commit as one, so the key is
 * *doomed* in the first and destroyed afterwards: a crash in between leaves an unused key for minutes, never a person
 * whose key is gone while the rows came back with a rollback.
 */
import type { VaultDatabase } from '../platform/database.ts';
import type { IsoDay } from '../platform/day.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import type { Transaction } from './people.ts';

/** For every feature that encrypts under a key of its own: call it in the transaction that removes the rows. */
export async function doomDataKey(tx: Transaction, dataKeyId: string): Promise<void> {
  await tx
    .insertInto('doomed_keys')
    .values({ data_key_id: dataKeyId })
    .onConflict((row) => row.doNothing())
    .execute();
}

/** Destroys the keys doomed by committed transactions; returns how many. Idempotent, may run at several places at once. */
export async function destroyDoomedKeys(db: VaultDatabase, keyring: Keyring): Promise<number> {
  const doomed = await db.selectFrom('doomed_keys').select('data_key_id').execute();
  for (const { data_key_id } of doomed) {
    await keyring.destroyDataKey(data_key_id);
    await db.deleteFrom('doomed_keys').where('data_key_id', '=', data_key_id).execute();
  }
  return doomed.length;
}

/** Keyed hash of a person's id, as kept in `person_tombstones`: a restored backup can be rid again of who was erased since. */
export function tombstoneOf(keyring: Keyring, personId: string): Buffer {
  return keyring.blindIndex('person-tombstone', personId);
}

export function createErasure(keyring: Keyring) {
  async function erase(tx: Transaction, personId: string, day: IsoDay): Promise<void> {
    const person = await tx
      .selectFrom('persons')
      .select('data_key_id')
      .where('id', '=', personId)
      .forUpdate()
      .executeTakeFirst();
    if (!person) return;
    for (const table of [
      'person_changes',
      'person_consents',
      'person_fields',
      'person_emails',
      'staff_access',
    ] as const) {
      await tx.deleteFrom(table).where('person_id', '=', personId).execute();
    }
    await tx.deleteFrom('persons').where('id', '=', personId).execute();
    await doomDataKey(tx, person.data_key_id);
    await tx
      .insertInto('person_tombstones')
      .values({ person_hash: tombstoneOf(keyring, personId), day })
      .onConflict((row) => row.doNothing())
      .execute();
  }

  return { erase };
}
