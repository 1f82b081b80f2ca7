/** A registration as it waits: tidied, and told apart by the form it came from. */
import type { PersonRegistration, PostalAddress, ProductRegistration } from '@avow/protocol/forms/registration';
import { tidyText } from '@avow/protocol/forms/text';
import { readTelephone } from '../people/check-person.ts';
import { ADDRESS_KEYS } from '../people/person-fields.ts';

export type Submission = { kind: 'person'; form: PersonRegistration } | { kind: 'product'; form: ProductRegistration };

export function countryOf(submission: Submission): string {
  return submission.kind === 'person' ? submission.form.address.country : submission.form.country;
}

/** Every typed text composed and trimmed. The words beside the mailing-list box stay exactly as they were shown. */
export function tidySubmission<S extends Submission>(submission: S): S {
  const { mailing, ...typed } = submission.form;
  return { ...submission, form: { ...tidyTexts(typed), mailing } };
}

function tidyTexts<T extends object>(values: T): T {
  const tidied = Object.entries(values).map(([name, value]) => [name, tidyValue(value)]);
  return Object.fromEntries(tidied) as T;
}

function tidyValue(value: unknown): unknown {
  if (typeof value === 'string') return tidyText(value);
  return typeof value === 'object' && value !== null ? tidyTexts(value) : value;
}

/**
 * What is kept of the person, by path. An address is one thing: parts the new one lacks are empty, so that they replace those of
 * an earlier address. A telephone number that was left out replaces nothing.
 */
export function personFieldsOf(submission: Submission): Record<string, string> {
  const { givenName, familyName, email, language } = submission.form;
  const fields: Record<string, string> = { givenName, familyName, email, language };
  if (submission.kind === 'product') return { ...fields, country: submission.form.country };
  const { telephone, address } = submission.form;
  if (telephone) fields.telephone = readTelephone(telephone, address.country) ?? telephone;
  return { ...fields, ...addressFieldsOf(address) };
}

function addressFieldsOf(address: PostalAddress): Record<string, string> {
  return Object.fromEntries(ADDRESS_KEYS.map((key) => [`address.${key}`, address[key] ?? '']));
}
