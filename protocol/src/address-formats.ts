/**
 * Postal addresses per country: which parts there are, in which order they are written, which are required, and how a postal
 * code looks. Source: Google's address data (libaddressinput, CC BY 4.0), reduced and corrected by
 * `scripts/reduce-address-data.ts`.
 */
import source from './address-formats.json' with { type: 'json' };
import type { FieldRefusals } from './forms/fields.ts';
import { checkText } from './forms/text.ts';

export const ADDRESS_PARTS = {
  O: 'organization',
  A: 'streetAddress',
  D: 'dependentLocality',
  C: 'locality',
  S: 'administrativeArea',
  Z: 'postalCode',
  X: 'sortingCode',
} as const;

export type AddressPart = (typeof ADDRESS_PARTS)[keyof typeof ADDRESS_PARTS];

/** What a part is called in that country; the pages hold the words. */
export type AddressPartName = AddressPart | 'zip' | 'pin' | 'eircode' | 'townland' | 'district' | AreaName;
type AreaName = 'area' | 'county' | 'department' | 'do_si' | 'island' | 'parish' | 'prefecture' | 'state';

export interface AddressFormat {
  country: string;
  /** Lines from top to bottom, parts from left to right, without name and country. */
  order: AddressPart[][];
  required: AddressPart[];
  names: Record<AddressPart, AddressPartName>;
  /** Matches the whole code; upper and lower case count the same. */
  postalCode?: RegExp;
  postalCodeExample?: string;
  /** Known states or provinces: suggestions only, for the list grows old. */
  areas: string[];
}

interface Reduced {
  lines: string;
  required?: string;
  zip?: string;
  example?: string;
  zipName?: string;
  areaName?: string;
  districtName?: string;
  areas?: string;
}

const SOURCE: Readonly<Record<string, Reduced>> = source;

/** ISO 3166-1 alpha-2 codes (and XK), sorted by code. */
export const COUNTRIES: readonly string[] = Object.keys(SOURCE);

export function isCountry(code: unknown): code is string {
  return typeof code === 'string' && Object.hasOwn(SOURCE, code);
}

function partsOf(letters: string): AddressPart[] {
  return [...letters].map((letter) => ADDRESS_PARTS[letter as keyof typeof ADDRESS_PARTS]);
}

/** The format of a country; throws for a code that `isCountry` refuses. */
export function addressFormat(country: string): AddressFormat {
  const entry = isCountry(country) ? SOURCE[country] : undefined;
  if (!entry) throw new Error(`no address format for ${JSON.stringify(country)}`);
  const order = entry.lines.split('|').map(partsOf);
  const used = new Set(order.flat());
  const names: AddressFormat['names'] = {
    organization: 'organization',
    streetAddress: 'streetAddress',
    dependentLocality: (entry.districtName as AddressPartName | undefined) ?? 'dependentLocality',
    locality: 'locality',
    administrativeArea: (entry.areaName as AddressPartName | undefined) ?? 'administrativeArea',
    postalCode: (entry.zipName as AddressPartName | undefined) ?? 'postalCode',
    sortingCode: 'sortingCode',
  };
  return {
    country,
    order,
    required: partsOf(entry.required ?? '').filter((part) => used.has(part)),
    names,
    ...(entry.zip && { postalCode: new RegExp(`^(?:${entry.zip})$`, 'i') }),
    ...(entry.example && { postalCodeExample: entry.example }),
    areas: entry.areas?.split('~') ?? [],
  };
}

const MAX_PART_LENGTH = 200;
const MAX_STREET_LINES = 3;

/**
 * Refusals of an address by path (`address.postalCode`). A part the country does not use is `field_unknown`, unless empty.
 * The country alone decides; whether the place exists is not asked.
 */
export function checkAddress(address: object, prefix = 'address'): FieldRefusals {
  const values: Readonly<Record<string, unknown>> = { ...address };
  if (!isCountry(values.country)) {
    return { [`${prefix}.country`]: values.country ? 'country_unknown' : 'field_required' };
  }
  const format = addressFormat(values.country);
  const used = new Set(format.order.flat());
  const refusals: FieldRefusals = {};
  for (const part of Object.values(ADDRESS_PARTS)) {
    const refused = checkPart(format, part, values[part], used.has(part));
    if (refused) refusals[`${prefix}.${part}`] = refused;
  }
  const known = new Set<string>(['country', ...Object.values(ADDRESS_PARTS)]);
  for (const name of Object.keys(values)) if (!known.has(name)) refusals[`${prefix}.${name}`] = 'field_unknown';
  return refusals;
}

function checkPart(
  format: AddressFormat,
  part: AddressPart,
  value: unknown,
  used: boolean,
): FieldRefusals[string] | null {
  const lines = part === 'streetAddress' ? MAX_STREET_LINES : 1;
  const required = format.required.includes(part);
  const checked = checkText(value, { required, maxLength: MAX_PART_LENGTH, lines });
  if (!checked.ok) return checked.code;
  if (checked.text === '') return null;
  if (!used) return 'field_unknown';
  return part === 'postalCode' && format.postalCode && !format.postalCode.test(checked.text)
    ? 'postal_code_malformed'
    : null;
}
