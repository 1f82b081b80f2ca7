/** Acceptable forms, for tests to bend. */
import type { PersonRegistration, ProductRegistration } from '@avow/protocol/forms/registration';

const WORDS = 'Put me on the mailing list of Nordlicht Software.';

export function personForm(email: string, more: Partial<PersonRegistration> = {}): PersonRegistration {
  return {
    givenName: 'Ida',
    familyName: 'Sonnemann',
    email,
    address: { country: 'DE', streetAddress: 'Speicherstraße 12', postalCode: '20457', locality: 'Hamburg' },
    language: 'en',
    statementVersion: 8,
    mailing: { subscribed: false, words: WORDS },
    ...more,
  };
}

export function productForm(
  email: string,
  serial: string,
  more: Partial<ProductRegistration> = {},
): ProductRegistration {
  return {
    givenName: 'Ida',
    familyName: 'Sonnemann',
    email,
    country: 'DE',
    serial,
    discVersion: '8.0.1-disc',
    softwareVersion: '8.0.1',
    language: 'en',
    statementVersion: 8,
    mailing: { subscribed: false, words: WORDS },
    ...more,
  };
}
