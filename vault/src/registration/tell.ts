/** What registration holds of a person, for "show me everything". */
import type { EverythingHeld, HeldField } from '@avow/protocol/self-service';
import type { Kysely } from 'kysely';
import type { People, PersonRecord } from '../people/people.ts';
import { PERSON_FIELDS } from '../people/person-fields.ts';
import type { VaultTables } from '../platform/database.ts';

const KEPT_UNTIL = {
  en: 'Until you ask us to erase your registration.',
  de: 'Bis Sie die Löschung Ihrer Registrierung verlangen.',
};

/** Fields in the order of the forms, history and consents newest first. */
export async function tellRegistration(
  people: People,
  tx: Kysely<VaultTables>,
  personId: string,
): Promise<Partial<EverythingHeld>> {
  const record = await people.get(tx, personId);
  const changes = await people.history(tx, personId);
  const consents = await people.consents(tx, personId);
  return {
    fields: heldFields(record),
    changes: changes.toReversed().map(({ field, before, after, day, by }) => ({ field, before, after, day, by })),
    consents: consents.map(({ given, words, language, statementVersion, day }) => ({
      purpose: 'mailing list',
      given,
      words,
      language,
      statementVersion,
      day,
    })),
  };
}

function heldFields({ fields }: PersonRecord): HeldField[] {
  return PERSON_FIELDS.flatMap(({ path, promises, purpose }) => {
    const held = fields[path];
    if (!held) return [];
    const { value, act, day } = held;
    return [
      {
        field: path,
        value,
        source: { act, day },
        promises: [...promises],
        purpose,
        keptUntil: KEPT_UNTIL,
        correctable: true,
      },
    ];
  });
}
