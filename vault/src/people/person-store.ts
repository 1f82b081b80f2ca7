/** Creating and reading persons. */
import { randomUUID } from 'node:crypto';
import type { Language } from '@avow/protocol/refusals';
import type { IsoDay } from '../platform/day.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import type { EmailIndex, EmailTaken } from './email-index.ts';
import type { Transaction } from './people.ts';

export interface NewPerson {
  /** By path (`givenName`, `address.postalCode`); `email` must be there; empty ones are not kept. */
  fields: Record<string, string>;
  language: Language;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** How the data came here, e.g. `registration`. */
  act: string;
  day: IsoDay;
}

export interface PersonField {
  value: string;
  act: string;
  day: IsoDay;
}

export interface PersonRecord {
  id: string;
  dataKeyId: string;
  language: Language;
  country: string;
  day: IsoDay;
  fields: Record<string, PersonField>;
}

export class UnknownPerson extends Error {
  constructor(personId: string) {
    super(`there is no person ${personId}`);
  }
}

/** Where a field stands; sealed bytes open nowhere else. */
export function fieldContext(personId: string, path: string): string {
  return `person_fields/${personId}/${path}`;
}

/** The row of a person, locked until the transaction ends, so that changes of one person come one after the other. */
export async function lockPerson(tx: Transaction, personId: string): Promise<{ data_key_id: string }> {
  const row = await tx
    .selectFrom('persons')
    .select('data_key_id')
    .where('id', '=', personId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new UnknownPerson(personId);
  return row;
}

export function createPersonStore(keyring: Keyring, emails: EmailIndex) {
  async function create(tx: Transaction, person: NewPerson): Promise<string | EmailTaken> {
    const email = person.fields.email;
    if (!email) throw new TypeError('a person needs an e-mail address');
    const id = randomUUID();
    // The address first: who comes second must not leave a key behind.
    const taken = await emails.claim(tx, email, id);
    if (taken) return taken;
    const key = await keyring.createDataKey();
    const { language, country, act, day } = person;
    await tx.insertInto('persons').values({ id, data_key_id: key.id, country, language, day }).execute();
    const fields = Object.entries(person.fields).filter(([, value]) => value !== '');
    await tx
      .insertInto('person_fields')
      .values(
        fields.map(([path, value]) => ({
          person_id: id,
          path,
          value: key.encrypt(value, fieldContext(id, path)),
          act,
          day,
        })),
      )
      .execute();
    return id;
  }

  async function get(tx: Transaction, personId: string): Promise<PersonRecord> {
    const person = await tx.selectFrom('persons').selectAll().where('id', '=', personId).executeTakeFirst();
    if (!person) throw new UnknownPerson(personId);
    const rows = await tx
      .selectFrom('person_fields')
      .selectAll()
      .where('person_id', '=', personId)
      .orderBy('path')
      .execute();
    const key = await keyring.dataKey(person.data_key_id);
    const fields: Record<string, PersonField> = {};
    for (const { path, value, act, day } of rows) {
      fields[path] = { value: key.decrypt(value, fieldContext(personId, path)), act, day };
    }
    return {
      id: personId,
      dataKeyId: person.data_key_id,
      language: person.language as Language,
      country: person.country,
      day: person.day,
      fields,
    };
  }

  return { create, get };
}
