/** Proposed addresses and the way back from a change, encrypted with the person's data key. */
import type { HeldProposal } from '@avow/protocol/self-service';
import type { Kysely } from 'kysely';
import type { People, PersonRecord } from '../people/people.ts';
import type { VaultTables } from '../platform/database.ts';
import { addDays } from '../platform/day.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import './tables.ts';

type Transaction = Kysely<VaultTables>;

interface Kept {
  id: string;
  address: string;
  day: string;
}

const proposalContext = (id: string) => `email_proposals/${id}`;
const undoContext = (id: string) => `email_undos/${id}`;

export interface NewProposal extends Kept {
  by: 'person' | 'staff';
  until: string;
}

/** One a person: a new proposal replaces the one before, whose link then opens nothing. */
export async function propose(
  tx: Transaction,
  keyring: Keyring,
  person: PersonRecord,
  kept: NewProposal,
): Promise<void> {
  const key = await keyring.dataKey(person.dataKeyId);
  const { id, day, by, until } = kept;
  const address = key.encrypt(kept.address, proposalContext(id));
  const row = { id, address, day, by, valid_through: until, objected_on: null };
  await tx
    .insertInto('email_proposals')
    .values({ person_id: person.id, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

export async function findProposal(
  tx: Transaction,
  keyring: Keyring,
  person: PersonRecord,
  today: string,
): Promise<HeldProposal | null> {
  const row = await tx
    .selectFrom('email_proposals')
    .selectAll()
    .where('person_id', '=', person.id)
    .where('valid_through', '>=', today)
    .executeTakeFirst();
  if (!row) return null;
  const address = (await keyring.dataKey(person.dataKeyId)).decrypt(row.address, proposalContext(row.id));
  return { address, by: row.by, day: row.day, until: row.valid_through, objectedOn: row.objected_on };
}

export async function takeProposal(
  tx: Transaction,
  keyring: Keyring,
  people: People,
  id: string,
): Promise<{ person: PersonRecord; address: string; by: 'person' | 'staff' } | null> {
  const row = await tx
    .deleteFrom('email_proposals')
    .where('id', '=', id)
    .where('objected_on', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  const person = await people.get(tx, row.person_id);
  const key = await keyring.dataKey(person.dataKeyId);
  return { person, address: key.decrypt(row.address, proposalContext(id)), by: row.by };
}

/** From the address in use: nothing comes of the proposal. False where it is gone. */
export async function objectToProposal(tx: Transaction, id: string, day: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('email_proposals')
    .set({ objected_on: day })
    .where('id', '=', id)
    .where('objected_on', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function withdrawProposal(tx: Transaction, personId: string): Promise<void> {
  await tx.deleteFrom('email_proposals').where('person_id', '=', personId).execute();
}

export async function keepUndo(tx: Transaction, keyring: Keyring, person: PersonRecord, kept: Kept): Promise<void> {
  const key = await keyring.dataKey(person.dataKeyId);
  const { last } = await tx
    .selectFrom('email_undos')
    .select((row) => row.fn.coalesce(row.fn.max('number'), row.lit(0)).as('last'))
    .where('person_id', '=', person.id)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('email_undos')
    .values({
      person_id: person.id,
      number: Number(last) + 1,
      id: kept.id,
      address: key.encrypt(kept.address, undoContext(kept.id)),
      day: kept.day,
    })
    .execute();
}

export async function findUndo(
  tx: Transaction,
  keyring: Keyring,
  people: People,
  id: string,
): Promise<{ person: PersonRecord; address: string; number: number } | null> {
  const row = await tx.selectFrom('email_undos').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const person = await people.get(tx, row.person_id);
  const key = await keyring.dataKey(person.dataKeyId);
  return { person, address: key.decrypt(row.address, undoContext(id)), number: row.number };
}

/** An undone change takes the later ones with it: else who took the address over could undo the undoing. */
export async function dropUndosFrom(tx: Transaction, personId: string, number: number): Promise<void> {
  await tx.deleteFrom('email_undos').where('person_id', '=', personId).where('number', '>=', number).execute();
}

/** Removes what is no longer valid on `today`. */
export async function forgetLapsed(tx: Transaction, today: string, { undoDays }: { undoDays: number }): Promise<void> {
  await tx.deleteFrom('email_proposals').where('valid_through', '<', today).execute();
  await tx.deleteFrom('email_undos').where('day', '<', addDays(today, -undoDays)).execute();
}

export async function forgetEmailChangesOf(tx: Transaction, personId: string): Promise<void> {
  await withdrawProposal(tx, personId);
  await dropUndosFrom(tx, personId, 0);
}
