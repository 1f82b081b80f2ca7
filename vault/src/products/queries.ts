/** Every question products asks of the database about serials, registrations and holds. */
import { randomUUID } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import { UnknownPerson } from '../people/person-store.ts';
import type { VaultTables } from '../platform/database.ts';
import type { ProductRegistrationsTable, SerialHoldsTable, SerialKind } from './tables.ts';

type Tx = Kysely<VaultTables>;
export type Registration = Selectable<ProductRegistrationsTable>;
export type Hold = Selectable<SerialHoldsTable>;

export interface KnownSerial {
  kind: SerialKind;
  product: string;
  edition: string;
  batchId: string;
  batchDay: string;
}

export async function findSerial(tx: Tx, index: Buffer): Promise<KnownSerial | null> {
  const row = await tx
    .selectFrom('serials')
    .innerJoin('serial_batches', 'serial_batches.id', 'serials.batch_id')
    .select(['kind', 'product', 'edition', 'serial_batches.id as batchId', 'serial_batches.day as batchDay'])
    .where('serial_index', '=', index)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Until the transaction ends, nobody else works on this serial. An advisory lock: `FOR UPDATE` would write into the row of
 * the serial and so leave a trace of when it was registered.
 */
export async function lockSerial(tx: Tx, index: Buffer): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${index.readBigInt64BE(0).toString()}::bigint)`.execute(tx);
}

/**
 * Until the transaction ends the person is not erased: a registration that came in between would stay behind. Returns the id of
 * the person's data key; throws UnknownPerson.
 */
export async function holdPerson(tx: Tx, personId: string): Promise<string> {
  const row = await tx
    .selectFrom('persons')
    .select('data_key_id')
    .where('id', '=', personId)
    .forKeyShare()
    .executeTakeFirst();
  if (!row) throw new UnknownPerson(personId);
  return row.data_key_id;
}

/** Waits for those who hold the person, and keeps further ones waiting. */
export async function lockPersonForErasure(tx: Tx, personId: string): Promise<void> {
  await tx.selectFrom('persons').select('id').where('id', '=', personId).forUpdate().execute();
}

export async function findOwner(tx: Tx, index: Buffer): Promise<Registration | null> {
  const row = await tx
    .selectFrom('product_registrations')
    .selectAll()
    .where('serial_index', '=', index)
    .where('role', '=', 'owner')
    .where('state', '=', 'registered')
    .executeTakeFirst();
  return row ?? null;
}

export async function findRegistrationOf(tx: Tx, index: Buffer, personId: string): Promise<Registration | null> {
  const row = await tx
    .selectFrom('product_registrations')
    .selectAll()
    .where('serial_index', '=', index)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row ?? null;
}

export async function findRegistration(tx: Tx, id: string): Promise<Registration | null> {
  const row = await tx.selectFrom('product_registrations').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

export function registrationsOf(tx: Tx, personId: string): Promise<Registration[]> {
  return tx
    .selectFrom('product_registrations')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('day', 'desc')
    .orderBy('id')
    .execute();
}

export function changeRegistration(tx: Tx, id: string, change: Partial<Omit<Registration, 'id'>>): Promise<unknown> {
  return tx.updateTable('product_registrations').set(change).where('id', '=', id).execute();
}

export async function openHold(tx: Tx, claimId: string, ownerId: string, day: string): Promise<Hold> {
  const hold = { id: randomUUID(), claim_id: claimId, owner_id: ownerId, day };
  await tx.insertInto('serial_holds').values(hold).execute();
  return hold;
}

export async function findHold(tx: Tx, id: string): Promise<Hold | null> {
  const row = await tx.selectFrom('serial_holds').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

export function holdsOfOwner(tx: Tx, ownerId: string): Promise<Hold[]> {
  return tx.selectFrom('serial_holds').selectAll().where('owner_id', '=', ownerId).execute();
}

export function closeHold(tx: Tx, id: string): Promise<unknown> {
  return tx.deleteFrom('serial_holds').where('id', '=', id).execute();
}

/** Registrations of the household of the owner, the oldest first. */
export function householdOf(tx: Tx, index: Buffer): Promise<Registration[]> {
  return tx
    .selectFrom('product_registrations')
    .selectAll()
    .where('serial_index', '=', index)
    .where('role', '=', 'household')
    .where('state', '=', 'registered')
    .orderBy('day')
    .orderBy('id')
    .execute();
}

/** Open holds of a serial's owner, and open claims of the person: what the quotas are counted on. */
export async function countHolds(
  tx: Tx,
  ownerId: string,
  personId: string,
): Promise<{ owner: number; claimant: number }> {
  const row = await tx
    .selectFrom('serial_holds')
    .innerJoin('product_registrations as claim', 'claim.id', 'serial_holds.claim_id')
    .select((of) => [
      of.fn.countAll<number>().filterWhere('owner_id', '=', ownerId).as('owner'),
      of.fn.countAll<number>().filterWhere('claim.person_id', '=', personId).as('claimant'),
    ])
    .where((of) => of.or([of('owner_id', '=', ownerId), of('claim.person_id', '=', personId)]))
    .executeTakeFirstOrThrow();
  return row;
}
