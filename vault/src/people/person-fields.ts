/** Every field that is held about a person, with its names, its purpose and the promises it rests on. */
import { ADDRESS_PARTS } from '@avow/protocol/address-formats';
import type { PostalAddress } from '@avow/protocol/forms/registration';
import type { Language } from '@avow/protocol/refusals';

interface PerLanguage {
  en: string;
  de: string;
}

export interface PersonField {
  path: string;
  /** For mails. */
  name: PerLanguage;
  promises: readonly string[];
  purpose: PerLanguage;
  /** Whether a new value counts only once it is proven: the e-mail address. */
  proven?: true;
}

const ADDRESSING: PerLanguage = {
  en: 'To know whose registration it is, and to address you.',
  de: 'Um zu wissen, wessen Registrierung es ist, und um Sie anzusprechen.',
};
const SHIPPING: PerLanguage = {
  en: 'To send you by post what belongs to your registration.',
  de: 'Um Ihnen per Post zu senden, was zu Ihrer Registrierung gehört.',
};

const ADDRESS_NAMES: Readonly<Record<keyof PostalAddress, PerLanguage>> = {
  country: { en: 'Country of the address', de: 'Land der Anschrift' },
  organization: { en: 'Organisation', de: 'Organisation' },
  streetAddress: { en: 'Street address', de: 'Straße und Hausnummer' },
  dependentLocality: { en: 'District', de: 'Ortsteil' },
  locality: { en: 'Town', de: 'Ort' },
  administrativeArea: { en: 'State or province', de: 'Bundesland oder Provinz' },
  postalCode: { en: 'Postal code', de: 'Postleitzahl' },
  sortingCode: { en: 'Sorting code', de: 'Sortiercode' },
};

export const ADDRESS_KEYS: readonly (keyof PostalAddress)[] = ['country', ...Object.values(ADDRESS_PARTS)];

export const PERSON_FIELDS: readonly PersonField[] = [
  {
    path: 'givenName',
    name: { en: 'First name', de: 'Vorname' },
    promises: ['W3', 'S1'],
    purpose: ADDRESSING,
  },
  {
    path: 'familyName',
    name: { en: 'Last name', de: 'Nachname' },
    promises: ['W3', 'S1'],
    purpose: ADDRESSING,
  },
  {
    path: 'email',
    name: { en: 'E-mail address', de: 'E-Mail-Adresse' },
    promises: ['W3', 'S1'],
    purpose: {
      en: 'To confirm your registration, to let you sign in, and to write to you about it.',
      de: 'Um Ihre Registrierung zu bestätigen, Sie anzumelden und Ihnen dazu zu schreiben.',
    },
    proven: true,
  },
  {
    path: 'telephone',
    name: { en: 'Telephone', de: 'Telefon' },
    promises: ['W1', 'U5'],
    purpose: {
      en: 'To reach you when something about your registration is unclear.',
      de: 'Um Sie zu erreichen, wenn an Ihrer Registrierung etwas unklar ist.',
    },
  },
  {
    path: 'country',
    name: { en: 'Home country', de: 'Heimatland' },
    promises: ['S1'],
    purpose: {
      en: 'To help you in your country, and to count registrations by country.',
      de: 'Um Ihnen in Ihrem Land zu helfen und Registrierungen nach Ländern zu zählen.',
    },
  },
  {
    path: 'language',
    name: { en: 'Language', de: 'Sprache' },
    promises: ['W1'],
    purpose: { en: 'To write to you in your language.', de: 'Um Ihnen in Ihrer Sprache zu schreiben.' },
  },
  ...ADDRESS_KEYS.map((key) => ({
    path: `address.${key}`,
    name: ADDRESS_NAMES[key],
    promises: ['W3'],
    purpose: SHIPPING,
  })),
];

const BY_PATH = new Map(PERSON_FIELDS.map((field) => [field.path, field]));

export function findPersonField(path: string): PersonField | null {
  return BY_PATH.get(path) ?? null;
}

/** Names of what is asked for as a whole or kept elsewhere (with the product), for mails. */
const OTHER_NAMES: Readonly<Record<string, PerLanguage>> = {
  address: { en: 'Address', de: 'Anschrift' },
  serial: { en: 'Serial number', de: 'Seriennummer' },
  transferCode: { en: 'Transfer code', de: 'Übertragungscode' },
  discVersion: { en: 'Version of the disc', de: 'Version des Datenträgers' },
  softwareVersion: { en: 'Version of the software', de: 'Version der Software' },
};

/** The field's name in a mail; the path itself where no name is known. */
export function fieldName(path: string, language: Language): string {
  return (BY_PATH.get(path)?.name ?? OTHER_NAMES[path])?.[language] ?? path;
}
