import { createTestDatabase } from '@avow/engines/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestFeatures, type TestFeatures, tokenIn } from '../test-features.ts';
import { productForm } from '../test-forms.ts';
import { type SignedIn, signedInPerson, signInAs } from '../test-people.ts';

let house: TestFeatures;
let ida: SignedIn;
let count = 0;

beforeAll(async () => {
  house = await openTestFeatures(createTestDatabase);
});

afterAll(() => house.close());

beforeEach(async () => {
  ida = await signedInPerson(house, `ida${count++}@example.org`, { telephone: '040 1234567' });
  await house.newMails();
});

const correct = (changes: unknown, awaited = true) =>
  house.call('PATCH /me', { changes }, { bearer: ida.bearer, awaited });

async function values(): Promise<Record<string, string>> {
  const { fields } = await house.answer('GET /me', null, { bearer: ida.bearer });
  return Object.fromEntries(fields.map(({ field, value }) => [field, value]));
}

describe('a correction (W8)', () => {
  test('takes effect at once, tidied, and leaves a history that the person sees', async () => {
    expect(await correct({ familyName: '  Abendroth ', givenName: 'Ida' })).toEqual({ changed: ['familyName'] });
    const { fields, changes } = await house.answer('GET /me', null, { bearer: ida.bearer });
    expect(fields.find(({ field }) => field === 'familyName')).toMatchObject({
      value: 'Abendroth',
      source: { act: 'correction', day: house.today() },
      correctable: true,
    });
    expect(changes).toEqual([
      { field: 'familyName', before: 'Sonnemann', after: 'Abendroth', day: house.today(), by: 'person' },
    ]);
  });

  test('is told newest first', async () => {
    await correct({ familyName: 'Abend' });
    house.passDays(1);
    ida = { ...ida, bearer: await signInAs(house, ida.email) };
    await correct({ familyName: 'Brand' });
    const { changes } = await house.answer('GET /me', null, { bearer: ida.bearer });
    expect(changes.map(({ after }) => after)).toEqual(['Brand', 'Abend']);
  });

  test('clears an optional field, and refuses to clear a required one', async () => {
    expect(await correct({ telephone: '' })).toEqual({ changed: ['telephone'] });
    expect(await values()).not.toHaveProperty('telephone');
    expect(await correct({ givenName: ' ', language: '' })).toEqual({
      refused: 'invalid_fields',
      fields: { givenName: 'field_required', language: 'field_required' },
    });
  });

  test('adds a field that was not given before', async () => {
    await correct({ telephone: '' });
    expect(await correct({ telephone: '(040) 765 43 21' })).toEqual({ changed: ['telephone'] });
    expect(await values()).toMatchObject({ telephone: '+49 40 7654321' });
  });

  test('changes the language of later mails', async () => {
    expect(await correct({ language: 'de' })).toEqual({ changed: ['language'] });
    await house.answer('POST /sign-in-links', { email: ida.email, language: 'en' });
    expect((await house.newMails())[0]?.content.subject).toBe('Ihr Anmeldelink für Nordlicht Software');
  });

  test('is all or nothing', async () => {
    const before = await values();
    expect(await correct({ givenName: 'Eva', telephone: '12' })).toEqual({
      refused: 'invalid_fields',
      fields: { telephone: 'telephone_malformed' },
    });
    expect(await values()).toEqual(before);
  });

  test.each([
    ['a field nobody asks for', { birthday: '1970-01-01' }, 'birthday', 'field_unknown'],
    ['an inherited name', { constructor: 'x' }, 'constructor', 'field_unknown'],
    ['a serial', { serial: 'x' }, 'serial', 'field_unknown'],
    ['a name that is too long', { givenName: 'x'.repeat(101) }, 'givenName', 'field_too_long'],
    ['a huge name', { givenName: 'x'.repeat(90_000) }, 'givenName', 'field_too_long'],
    ['a name of two lines', { givenName: 'a\nb' }, 'givenName', 'field_malformed'],
    ['a name of control characters', { givenName: 'a\u0007' }, 'givenName', 'field_malformed'],
    ['a number as a name', { givenName: 12 }, 'changes.givenName', 'field_malformed'],
    ['null as a name', { givenName: null }, 'changes.givenName', 'field_malformed'],
    ['a country that is none', { country: 'XX' }, 'country', 'country_unknown'],
    ['a language we do not write', { language: 'fr' }, 'language', 'field_malformed'],
    [
      'a postal code of another country',
      { 'address.postalCode': 'SW1A 1AA' },
      'address.postalCode',
      'postal_code_malformed',
    ],
    ['an address without its street', { 'address.streetAddress': '' }, 'address.streetAddress', 'field_required'],
    ['an address without its country', { 'address.country': '' }, 'address.country', 'field_required'],
    ['a part the country does not have', { 'address.sortingCode': 'CEDEX' }, 'address.sortingCode', 'field_unknown'],
  ])('refuses %s', async (_what, changes, field, code) => {
    const before = await values();
    expect(await correct(changes)).toEqual({ refused: 'invalid_fields', fields: { [field]: code } });
    expect(await values()).toEqual(before);
  });

  test('of the e-mail address is refused here: it has to be proven', async () => {
    expect(await correct({ email: 'eve@example.org' })).toEqual({
      refused: 'change_refused',
      fields: { email: 'change_refused' },
    });
  });

  test.each([null, 'text', [['x']], 12, undefined])('refuses %j as changes', async (changes) => {
    expect(await correct(changes)).toMatchObject({ refused: 'invalid_fields' });
  });

  test('refuses more changes than there are fields', async () => {
    const many = Object.fromEntries(Array.from({ length: 41 }, (_, number) => [`field${number}`, 'x']));
    expect(await correct(many)).toEqual({ refused: 'invalid_fields', fields: { changes: 'field_too_long' } });
  });

  test('of nothing changes nothing', async () => {
    expect(await correct({})).toEqual({ changed: [] });
    expect(await correct({ givenName: 'Ida' })).toEqual({ changed: [] });
  });

  test('sent twice at the same moment is one change', async () => {
    const answers = await Promise.all([correct({ familyName: 'Abend' }), correct({ familyName: 'Abend' })]);
    expect(answers).toContainEqual({ changed: ['familyName'] });
    expect(answers).toContainEqual({ changed: [] });
  });

  test('that is refused when nobody waits is mailed with its reasons and without the values', async () => {
    await correct({ givenName: 'Zweifelhaft'.repeat(20), telephone: '12' }, false);
    const [mail, ...others] = await house.newMails();
    expect(others).toEqual([]);
    expect(mail?.to).toBe(ida.email);
    expect(mail?.content.paragraphs.join('\n')).toContain('First name: This is too long.');
    expect(mail?.content.paragraphs.join('\n')).toContain('write to us: privacy@nordlicht.example');
    expect(JSON.stringify(mail)).not.toContain('Zweifelhaft');
  });
});

describe('an address', () => {
  test('moves to a country that lacks a part, which is given up with it', async () => {
    await correct({
      'address.country': 'US',
      'address.administrativeArea': 'OR',
      'address.locality': 'Portland',
      'address.postalCode': '97201',
    });
    expect(await values()).toMatchObject({ 'address.administrativeArea': 'OR' });
    const changed = await correct({
      'address.country': 'DE',
      'address.locality': 'Kiel',
      'address.postalCode': '24103',
    });
    expect(changed).toMatchObject({
      changed: expect.arrayContaining(['address.country', 'address.administrativeArea']),
    });
    expect(await values()).not.toHaveProperty('address.administrativeArea');
    expect((await house.people.get(house.db, ida.personId)).country).toBe('DE');
  });

  test('can be given up where a home country stays, and only there (S1)', async () => {
    const clear = Object.fromEntries(
      Object.keys(await values())
        .filter((path) => path.startsWith('address.'))
        .map((path) => [path, '']),
    );
    expect(await correct(clear)).toEqual({
      refused: 'invalid_fields',
      fields: { 'address.country': 'field_required' },
    });
    expect(await correct({ ...clear, country: 'AT' })).toMatchObject({ changed: expect.arrayContaining(['country']) });
    expect(Object.keys(await values()).filter((path) => path.startsWith('address.'))).toEqual([]);
    expect(await correct({ country: '' })).toEqual({
      refused: 'invalid_fields',
      fields: { country: 'field_required' },
    });
  });

  test('can be added by somebody who registered a product only (S1)', async () => {
    const email = `product${count}@example.org`;
    await house.answer('POST /product-registrations', productForm(email, await house.serial()));
    await house.answer('POST /confirmations', { token: tokenIn((await house.newMails())[0]) });
    ida = { ...ida, email, bearer: await signInAs(house, email) };
    expect(await correct({ 'address.locality': 'Wien' })).toMatchObject({ refused: 'invalid_fields' });
    const address = { country: 'AT', streetAddress: 'Ring 1', postalCode: '1010', locality: 'Wien' };
    const changes = Object.fromEntries(Object.entries(address).map(([part, value]) => [`address.${part}`, value]));
    expect(await correct(changes)).toMatchObject({ changed: expect.arrayContaining(['address.postalCode']) });
  });
});
