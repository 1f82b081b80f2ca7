/** What a person chose about the mailing list (O1, S7): the exact words, their hash, language, statement version, day; no address. */
import { createHash } from 'node:crypto';
import type { Language } from '@avow/protocol/refusals';
import type { IsoDay } from '../platform/day.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import type { Transaction } from './people.ts';
import { lockPerson } from './person-store.ts';

export interface NewConsent {
  given: boolean;
  /** The words beside the box, exactly as shown. */
  words: string;
  language: Language;
  statementVersion: number;
  day: IsoDay;
}

export interface Consent extends NewConsent {
  /** SHA-256 of the words (UTF-8), hexadecimal. */
  wordsHash: string;
}

// The words come from outside, so they may be anything: encrypted like every other value.
function wordsContext(personId: string, number: number): string {
  return `person_consents/${personId}/${number}/words`;
}

export function createConsents(keyring: Keyring) {
  async function recordConsent(tx: Transaction, personId: string, consent: NewConsent): Promise<void> {
    const { data_key_id } = await lockPerson(tx, personId);
    const key = await keyring.dataKey(data_key_id);
    const { last } = await tx
      .selectFrom('person_consents')
      .select((row) => row.fn.coalesce(row.fn.max('number'), row.lit(0)).as('last'))
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    const number = Number(last) + 1;
    await tx
      .insertInto('person_consents')
      .values({
        person_id: personId,
        number,
        given: consent.given,
        words: key.encrypt(consent.words, wordsContext(personId, number)),
        words_hash: createHash('sha256').update(consent.words, 'utf8').digest(),
        language: consent.language,
        statement_version: consent.statementVersion,
        day: consent.day,
      })
      .execute();
  }

  async function consents(tx: Transaction, personId: string): Promise<Consent[]> {
    const rows = await tx
      .selectFrom('person_consents')
      .innerJoin('persons', 'persons.id', 'person_consents.person_id')
      .selectAll('person_consents')
      .select('data_key_id')
      .where('person_id', '=', personId)
      .orderBy('number', 'desc')
      .execute();
    const [first] = rows;
    if (!first) return [];
    const key = await keyring.dataKey(first.data_key_id);
    return rows.map((row) => ({
      given: row.given,
      words: key.decrypt(row.words, wordsContext(personId, row.number)),
      wordsHash: row.words_hash.toString('hex'),
      language: row.language as Language,
      statementVersion: row.statement_version,
      day: row.day,
    }));
  }

  return { recordConsent, consents };
}
