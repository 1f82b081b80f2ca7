import type { Language } from '@avow/protocol/refusals';

const NAMES: Readonly<Record<string, Record<Language, string>>> = {
  givenName: { en: 'First name', de: 'Vorname' },
  familyName: { en: 'Last name', de: 'Nachname' },
  email: { en: 'E-mail address', de: 'E-Mail-Adresse' },
  telephone: { en: 'Telephone', de: 'Telefon' },
  country: { en: 'Home country', de: 'Heimatland' },
  language: { en: 'Language', de: 'Sprache' },
  address: { en: 'Address', de: 'Anschrift' },
  'address.country': { en: 'Country of the address', de: 'Land der Anschrift' },
  'address.organization': { en: 'Organisation', de: 'Organisation' },
  'address.streetAddress': { en: 'Street address', de: 'Straße und Hausnummer' },
  'address.dependentLocality': { en: 'District', de: 'Ortsteil' },
  'address.locality': { en: 'Town', de: 'Ort' },
  'address.administrativeArea': { en: 'State or province', de: 'Bundesland oder Provinz' },
  'address.postalCode': { en: 'Postal code', de: 'Postleitzahl' },
  'address.sortingCode': { en: 'Sorting code', de: 'Sortiercode' },
  serial: { en: 'Serial number', de: 'Seriennummer' },
  product: { en: 'Product', de: 'Produkt' },
  mailing: { en: 'Mailing list', de: 'Mailingliste' },
  other: { en: 'Something else', de: 'Etwas anderes' },
};

/** What people call a field; its path where no name is known. */
export function fieldName(path: string, language: Language): string {
  return NAMES[path]?.[language] ?? path;
}

export function countryName(code: string, language: Language): string {
  try {
    return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
