/** People who do not exist. Their addresses end in `.example`, which nobody can own (RFC 2606): no mail reaches anybody. */
import type { Random } from './random.ts';

const GIVEN = [
  'Ada',
  'Ben',
  'Carla',
  'Deniz',
  'Emil',
  'Frieda',
  'Goran',
  'Hana',
  'Ida',
  'Jon',
  'Kaya',
  'Leo',
  'Mira',
  'Noah',
  'Ola',
  'Paul',
  'Rosa',
  'Sven',
  'Tara',
  'Uwe',
  'Vera',
  'Wim',
  'Yuki',
  'Zoe',
] as const;
const FAMILY = [
  'Ahlers',
  'Brandt',
  'Castro',
  'Demir',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Hansen',
  'Ivanov',
  'Jansen',
  'Kowalski',
  'Lindgren',
  'Meyer',
  'Nakamura',
  'Okafor',
  'Petersen',
  'Rossi',
  'Sommer',
  'Tanaka',
  'Ullrich',
  'Vogel',
  'Weber',
  'Young',
  'Zimmer',
] as const;
const STREETS = [
  'Lindenweg',
  'Hafenstraße',
  'Mill Lane',
  'Station Road',
  'Rue du Port',
  'Parkweg',
  'Via Roma',
  'Kirchgasse',
] as const;
const TOWNS = ['Hamburg', 'Bremen', 'Leeds', 'Lyon', 'Utrecht', 'Graz', 'Basel', 'Malmö', 'Torino', 'Kraków'] as const;

export interface InventedPerson {
  fields: Record<string, string>;
  language: 'en' | 'de';
  country: string;
}

/** `number` makes the address; two plays with different seeds share nobody. */
export function inventPerson(random: Random, number: number, seed: number, country: string): InventedPerson {
  const [givenName, familyName] = [random.one(GIVEN), random.one(FAMILY)];
  const language = ['DE', 'AT', 'CH'].includes(country) ? 'de' : 'en';
  const address = {
    'address.country': country,
    'address.streetAddress': `${random.one(STREETS)} ${1 + random.whole(180)}`,
    'address.postalCode': String(10_000 + random.whole(89_000)),
    'address.locality': random.one(TOWNS),
  };
  return {
    country,
    language,
    fields: {
      givenName,
      familyName,
      email: `${givenName}.${familyName}.${number}@people-${seed}.example`.toLowerCase(),
      language,
      country,
      ...(random.chance(0.7) ? address : {}),
      ...(random.chance(0.2) ? { telephone: `+49 30 ${100_000 + random.whole(899_999)}` } : {}),
    },
  };
}
