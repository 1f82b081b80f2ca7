import { expect, test } from 'vitest';
import { addressFormat, COUNTRIES, checkAddress, isCountry } from './address-formats.ts';

test('there is a format for every country of ISO 3166-1 that people can live in', () => {
  expect(COUNTRIES.length).toBeGreaterThanOrEqual(249);
  for (const code of ['DE', 'US', 'CU', 'KP', 'SD', 'SY', 'XK', 'AQ']) expect(isCountry(code)).toBe(true);
  for (const code of ['', 'ZZ', 'AC', 'de', 'constructor', '__proto__', null, 7]) expect(isCountry(code)).toBe(false);
});

test('every format asks for a street, and requires only parts it shows', () => {
  for (const country of COUNTRIES) {
    const { order, required, postalCode, postalCodeExample } = addressFormat(country);
    const used = order.flat();
    expect(used, country).toContain('streetAddress');
    expect(new Set(used).size, country).toBe(used.length);
    for (const part of required) expect(used, country).toContain(part);
    if (postalCode && postalCodeExample) expect(postalCodeExample, country).toMatch(postalCode);
  }
});

test.each([
  ['DE', [['organization'], ['streetAddress'], ['postalCode', 'locality']]],
  ['GB', [['organization'], ['streetAddress'], ['locality'], ['administrativeArea'], ['postalCode']]],
  ['US', [['organization'], ['streetAddress'], ['locality', 'administrativeArea', 'postalCode']]],
  ['HK', [['organization'], ['streetAddress'], ['administrativeArea']]],
  ['FR', [['organization'], ['streetAddress'], ['postalCode', 'locality', 'sortingCode']]],
])('%s writes its addresses in its own order', (country, order) => {
  expect(addressFormat(country).order).toEqual(order);
});

test('parts are called what the country calls them', () => {
  expect(addressFormat('US').names).toMatchObject({ postalCode: 'zip', administrativeArea: 'state' });
  expect(addressFormat('JP').names.administrativeArea).toBe('prefecture');
  expect(addressFormat('IE').names).toMatchObject({ postalCode: 'eircode', administrativeArea: 'county' });
  expect(addressFormat('DE').names.postalCode).toBe('postalCode');
  expect(addressFormat('JP').areas).toContain('Hokkaido');
});

const HAMBURG = { country: 'DE', streetAddress: 'Lindenweg 4', postalCode: '20095', locality: 'Hamburg' };

test.each([
  [HAMBURG],
  [{ country: 'GB', streetAddress: '10 Downing Street', locality: 'London', postalCode: 'sw1a 2aa' }],
  [
    {
      country: 'US',
      streetAddress: '1 Main St',
      locality: 'Springfield',
      administrativeArea: 'IL',
      postalCode: '62701',
    },
  ],
  [{ country: 'IE', streetAddress: 'Main Street', locality: 'Cobh' }],
  [
    {
      country: 'KR',
      streetAddress: '1 Sejong-daero',
      locality: 'Jung-gu',
      administrativeArea: 'Seoul',
      postalCode: '03051',
    },
  ],
  [{ country: 'HK', streetAddress: '1 Nathan Road', administrativeArea: 'Kowloon' }],
  [{ country: 'PA', streetAddress: 'Calle 50', locality: 'Panamá' }],
])('accepts %o (W3)', (address) => {
  expect(checkAddress(address)).toEqual({});
});

test.each([
  [{ ...HAMBURG, postalCode: '2009' }, { 'address.postalCode': 'postal_code_malformed' }],
  [{ ...HAMBURG, postalCode: '20095 ' }, {}],
  [{ ...HAMBURG, locality: '' }, { 'address.locality': 'field_required' }],
  [{ ...HAMBURG, administrativeArea: 'Hamburg' }, { 'address.administrativeArea': 'field_unknown' }],
  [{ ...HAMBURG, county: 'x' }, { 'address.county': 'field_unknown' }],
  [{ ...HAMBURG, country: 'XX' }, { 'address.country': 'country_unknown' }],
  [{}, { 'address.country': 'field_required' }],
  [{ ...HAMBURG, streetAddress: 'a\nb\nc' }, {}],
  [{ ...HAMBURG, streetAddress: 'a\nb\nc\nd' }, { 'address.streetAddress': 'field_malformed' }],
  [{ ...HAMBURG, locality: 'a\nb' }, { 'address.locality': 'field_malformed' }],
  [{ ...HAMBURG, locality: 5 }, { 'address.locality': 'field_malformed' }],
  [{ ...HAMBURG, locality: 'x'.repeat(201) }, { 'address.locality': 'field_too_long' }],
])('says what is wrong with %o', (address, refusals) => {
  expect(checkAddress(address)).toEqual(refusals);
});
