/** Changing what is held, with history (W8). */
import type { IsoDay } from '../platform/day.ts';
import type { DataKey } from '../platform/keys/data-key.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import type { EmailIndex, EmailTaken } from './email-index.ts';
import type { Transaction } from './people.ts';
import { fieldContext, lockPerson } from './person-store.ts';

export interface Changed {
  field: string;
  /** Empty where the field was not held before. */
  before: string;
  /** Empty where the field was removed. */
  after: string;
  day: IsoDay;
  by: 'person' | 'staff';
  act: string;
}

export interface HowChanged {
  by: 'person' | 'staff';
  act: string;
  day: IsoDay;
}

/** Fields that also stand readable beside the person: the country for counting, the language for mails. */
function readableColumn(path: string, value: string): { country: string } | { language: string } | null {
  if (value === '') return null;
  if (path === 'language') return { language: value };
  return path === 'country' || path === 'address.country' ? { country: value } : null;
}

function changeContext(personId: string, path: string, number: number, side: 'before' | 'after'): string {
  return `person_changes/${personId}/${path}/${number}/${side}`;
}

export function createCorrections(keyring: Keyring, emails: EmailIndex) {
  async function change(
    tx: Transaction,
    personId: string,
    changes: Record<string, string>,
    how: HowChanged,
  ): Promise<string[]> {
    if ('email' in changes) throw new TypeError('an e-mail address is changed by changeEmail, which proves it is free');
    const { data_key_id } = await lockPerson(tx, personId);
    const key = await keyring.dataKey(data_key_id);
    const changed: string[] = [];
    for (const [path, value] of Object.entries(changes)) {
      if (!(await setField(tx, key, personId, path, value, how))) continue;
      changed.push(path);
      const readable = readableColumn(path, value);
      if (readable) await tx.updateTable('persons').set(readable).where('id', '=', personId).execute();
    }
    return changed;
  }

  async function changeEmail(
    tx: Transaction,
    personId: string,
    email: string,
    how: HowChanged,
  ): Promise<EmailTaken | null> {
    const { data_key_id } = await lockPerson(tx, personId);
    const taken = await emails.move(tx, email, personId);
    if (taken) return taken;
    await setField(tx, await keyring.dataKey(data_key_id), personId, 'email', email, how);
    return null;
  }

  async function history(tx: Transaction, personId: string): Promise<Changed[]> {
    const rows = await tx
      .selectFrom('person_changes')
      .innerJoin('persons', 'persons.id', 'person_changes.person_id')
      .select(['data_key_id', 'path', 'number', 'before', 'after', 'by', 'act', 'person_changes.day'])
      .where('person_id', '=', personId)
      .orderBy('person_changes.day')
      .orderBy('path')
      .orderBy('number')
      .execute();
    const [first] = rows;
    if (!first) return [];
    const key = await keyring.dataKey(first.data_key_id);
    return rows.map(({ path, number, before, after, by, act, day }) => ({
      field: path,
      before: key.decrypt(before, changeContext(personId, path, number, 'before')),
      after: key.decrypt(after, changeContext(personId, path, number, 'after')),
      day,
      by,
      act,
    }));
  }

  return { change, changeEmail, history };
}

/** Returns whether the value is a new one. The caller holds the lock on the person. */
async function setField(
  tx: Transaction,
  key: DataKey,
  personId: string,
  path: string,
  value: string,
  { by, act, day }: HowChanged,
): Promise<boolean> {
  const held = await tx
    .selectFrom('person_fields')
    .select('value')
    .where('person_id', '=', personId)
    .where('path', '=', path)
    .executeTakeFirst();
  const before = held ? key.decrypt(held.value, fieldContext(personId, path)) : '';
  if (before === value) return false;

  if (value === '') {
    await tx.deleteFrom('person_fields').where('person_id', '=', personId).where('path', '=', path).execute();
  } else {
    const row = { value: key.encrypt(value, fieldContext(personId, path)), act, day };
    await tx
      .insertInto('person_fields')
      .values({ person_id: personId, path, ...row })
      .onConflict((conflict) => conflict.columns(['person_id', 'path']).doUpdateSet(row))
      .execute();
  }

  const { last } = await tx
    .selectFrom('person_changes')
    .select((row) => row.fn.coalesce(row.fn.max('number'), row.lit(0)).as('last'))
    .where('person_id', '=', personId)
    .where('path', '=', path)
    .executeTakeFirstOrThrow();
  const number = Number(last) + 1;
  await tx
    .insertInto('person_changes')
    .values({
      person_id: personId,
      path,
      number,
      before: key.encrypt(before, changeContext(personId, path, number, 'before')),
      after: key.encrypt(value, changeContext(personId, path, number, 'after')),
      by,
      act,
      day,
    })
    .execute();
  return true;
}
