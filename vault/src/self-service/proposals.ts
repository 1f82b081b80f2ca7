/** Proposed addresses and the way back from a change, encrypted with the person's data key. */
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

/** One a person: a new proposal replaces the one before, whose link then opens nothing. */
export async function propose(tx: Transaction, keyring: Keyring, person: PersonRecord, kept: Kept): Promise<void> {
  const key = await keyring.dataKey(person.dataKeyId);
  const row = { id: kept.id, address: key.encrypt(kept.address, proposalContext(kept.id)), day: kept.day };
  await tx
    .insertInto('email_proposals')
    .values({ person_id: person.id, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

/** The address a person proposed on `since` or later. */
export async function findProposedAddress(
  tx: Transaction,
  keyring: Keyring,
  person: PersonRecord,
  since: string,
): Promise<string | null> {
  const row = await tx
    .selectFrom('email_proposals')
    .select(['id', 'address'])
    .where('person_id', '=', person.id)
    .where('day', '>=', since)
    .executeTakeFirst();
  if (!row) return null;
  return (await keyring.dataKey(person.dataKeyId)).decrypt(row.address, proposalContext(row.id));
}

export async function takeProposal(
  tx: Transaction,
  keyring: Keyring,
  people: People,
  id: string,
): Promise<{ person: PersonRecord; address: string } | null> {
  const row = await tx.deleteFrom('email_proposals').where('id', '=', id).returningAll().executeTakeFirst();
  if (!row) return null;
  const person = await people.get(tx, row.person_id);
  const key = await keyring.dataKey(person.dataKeyId);
  return { person, address: key.decrypt(row.address, proposalContext(id)) };
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
export async function forgetLapsed(
  tx: Transaction,
  today: string,
  valid: { proposalDays: number; undoDays: number },
): Promise<void> {
  await tx.deleteFrom('email_proposals').where('day', '<', addDays(today, -valid.proposalDays)).execute();
  await tx.deleteFrom('email_undos').where('day', '<', addDays(today, -valid.undoDays)).execute();
}

export async function forgetEmailChangesOf(tx: Transaction, personId: string): Promise<void> {
  await withdrawProposal(tx, personId);
  await dropUndosFrom(tx, personId, 0);
}
