/** Exact look-ups: what may be told of somebody without a purpose. There is no way to ask for more than one person (U4). */
import type { FoundPerson } from '@avow/protocol/staff/people';
import type { Kysely } from 'kysely';
import type { People } from '../people/people.ts';
import type { VaultTables } from '../platform/database.ts';

/** Who owns a serial, if anybody; products know. */
export type OwnerOf = (tx: Kysely<VaultTables>, serial: string) => Promise<string | null>;

export async function findPerson(
  house: { people: People; ownerOf: OwnerOf },
  tx: Kysely<VaultTables>,
  typed: string,
): Promise<FoundPerson | null> {
  const text = typed.trim();
  const by = text.includes('@') ? 'e-mail' : 'serial';
  const personId = by === 'e-mail' ? await house.people.findByEmail(tx, text) : await house.ownerOf(tx, text);
  if (personId === null) return null;
  const person = await tx
    .selectFrom('persons')
    .select(['day', 'country', 'language'])
    .where('id', '=', personId)
    .executeTakeFirst();
  if (!person) return null;
  const { products } = await tx
    .selectFrom('product_registrations')
    .select((of) => of.fn.countAll<number>().as('products'))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
  return {
    personId,
    day: person.day,
    country: person.country,
    language: person.language === 'de' ? 'de' : 'en',
    products,
    by,
  };
}
