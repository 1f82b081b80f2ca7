/** Checks corrections as the forms would: each field by itself, an address as a whole, and that what must be held stays. */
import { addressFormat, checkAddress, isCountry } from '@avow/protocol/address-formats';
import { checkForm } from '@avow/protocol/forms/check';
import type { Field, FieldRefusals } from '@avow/protocol/forms/fields';
import { PERSON_REGISTRATION_FIELDS, PRODUCT_REGISTRATION_FIELDS } from '@avow/protocol/forms/registration';
import { tidyText } from '@avow/protocol/forms/text';
import type { Refusal } from '@avow/protocol/refusals';
import { readTelephone } from './check-person.ts';
import type { PersonRecord } from './people.ts';
import { ADDRESS_KEYS, findPersonField } from './person-fields.ts';

/** Those of both forms that stand alone. A home country is asked for on one form only, so it can be given up where an address stays. */
const LONE_FIELDS: readonly Field[] = [
  ...PERSON_REGISTRATION_FIELDS.filter(({ name }) => ['givenName', 'familyName', 'telephone'].includes(name)),
  ...PRODUCT_REGISTRATION_FIELDS.filter(({ name }) => name === 'country').map((field) => ({
    ...field,
    required: false,
  })),
];

const ADDRESS = 'address.';

type Values = Readonly<Record<string, string>>;

/** Returns the changes as they are to be stored, or why not. */
export function checkCorrection(person: PersonRecord, sent: Values): { changes: Record<string, string> } | Refusal {
  const foreign = refuseForeign(Object.keys(sent));
  if (foreign) return foreign;

  const refusals: FieldRefusals = checkForm(
    LONE_FIELDS.filter(({ name }) => Object.hasOwn(sent, name)),
    sent,
  );
  if (Object.hasOwn(sent, 'language') && sent.language !== 'en' && sent.language !== 'de') {
    refusals.language = sent.language ? 'field_malformed' : 'field_required';
  }
  const changes = { ...tidied(sent), ...partsGivenUp(person, sent) };
  const held = { ...valuesOf(person), ...changes };
  if (Object.keys(changes).some((path) => path.startsWith(ADDRESS))) Object.assign(refusals, checkHeldAddress(held));
  if (Object.keys(refusals).length > 0) return { refused: 'invalid_fields', fields: refusals };

  const country = held['address.country'] || held.country;
  if (!country) return { refused: 'invalid_fields', fields: { [lastCountryIn(sent)]: 'field_required' } };
  if (changes.telephone) {
    const number = readTelephone(changes.telephone, country);
    if (!number) return { refused: 'invalid_fields', fields: { telephone: 'telephone_malformed' } };
    changes.telephone = number;
  }
  return { changes };
}

/** Fields nobody asks for, and fields that are held but are not changed here: an e-mail address has to be proven. */
function refuseForeign(paths: string[]): Refusal | null {
  const unknown = paths.filter((path) => findPersonField(path) === null);
  if (unknown.length > 0) {
    return { refused: 'invalid_fields', fields: Object.fromEntries(unknown.map((path) => [path, 'field_unknown'])) };
  }
  const fixed = paths.filter((path) => findPersonField(path)?.proven);
  if (fixed.length === 0) return null;
  return { refused: 'change_refused', fields: Object.fromEntries(fixed.map((path) => [path, 'change_refused'])) };
}

/** Who moves to a country whose addresses lack a part gives that part up, without having to clear it first. */
function partsGivenUp(person: PersonRecord, sent: Values): Record<string, string> {
  const country = sent['address.country'];
  if (!isCountry(country)) return {};
  const used = new Set<string>(addressFormat(country).order.flat());
  const unused = ADDRESS_KEYS.filter((key) => key !== 'country' && !used.has(key)).map((key) => ADDRESS + key);
  return Object.fromEntries(
    unused.filter((path) => person.fields[path] && !Object.hasOwn(sent, path)).map((path) => [path, '']),
  );
}

/** An address is held whole or not at all. */
function checkHeldAddress(held: Values): FieldRefusals {
  const parts = ADDRESS_KEYS.map((key) => [key, held[ADDRESS + key] ?? ''] as const).filter(
    ([, value]) => value !== '',
  );
  return parts.length === 0 ? {} : checkAddress(Object.fromEntries(parts));
}

function valuesOf(person: PersonRecord): Record<string, string> {
  return Object.fromEntries(Object.entries(person.fields).map(([path, { value }]) => [path, value]));
}

function tidied(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([path, value]) => [path, tidyText(value)]));
}

function lastCountryIn(sent: Values): string {
  return Object.hasOwn(sent, 'country') ? 'country' : 'address.country';
}
