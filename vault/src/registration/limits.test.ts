import { createTestDatabase } from '@avow/engines/testing';
import type { Field } from '@avow/protocol/forms/fields';
import { PERSON_REGISTRATION_FIELDS, PRODUCT_REGISTRATION_FIELDS } from '@avow/protocol/forms/registration';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestFeatures, type TestFeatures } from '../test-features.ts';
import { personForm, productForm } from '../test-forms.ts';

let house: TestFeatures;
let serial: string;
let count = 0;

beforeAll(async () => {
  house = await openTestFeatures(createTestDatabase);
  serial = await house.serial();
});

afterAll(() => house.close());

const freshEmail = () => `limit${count++}@example.org`;
const forms = {
  'POST /registrations': () => ({ ...personForm(freshEmail()) }),
  'POST /product-registrations': () => ({ ...productForm(freshEmail(), serial) }),
};
type Route = keyof typeof forms;

const fieldsOf = {
  'POST /registrations': PERSON_REGISTRATION_FIELDS,
  'POST /product-registrations': PRODUCT_REGISTRATION_FIELDS,
};
const routes = Object.keys(forms) as Route[];
const textFields = routes.flatMap((route) =>
  fieldsOf[route].filter(({ kind }) => kind === 'text').map((field): [Route, Field] => [route, field]),
);

const refusedAt = (field: string, code: string) => ({ refused: 'invalid_fields', fields: { [field]: code } });

/** Letters of several bytes, one of them beyond the first plane. */
const letters = (length: number) =>
  '名🦊é'
    .normalize('NFC')
    .repeat(Math.ceil(length / 3))
    .match(/./gu)
    ?.slice(0, length)
    .join('') ?? '';

describe.each(textFields)('%s, %s', (route, { name, maxLength, required }) => {
  test('takes its length in letters, not bytes, and refuses one letter more', async () => {
    // A code that is short enough is still not the owner's.
    const enough = name === 'transferCode' ? refusedAt(name, 'transfer_code_wrong') : { accepted: true };
    expect(await house.call(route, { ...forms[route](), [name]: letters(maxLength) })).toEqual(enough);
    expect(await house.call(route, { ...forms[route](), [name]: letters(maxLength + 1) })).toEqual(
      refusedAt(name, 'field_too_long'),
    );
    expect(await house.call(route, { ...forms[route](), [name]: 'x'.repeat(100_000) })).toEqual(
      refusedAt(name, 'field_too_long'),
    );
  });

  test('absent or blank is refused only where it is required', async () => {
    for (const value of [undefined, '', ' \u3000\t']) {
      const answer = await house.call(route, { ...forms[route](), [name]: value });
      expect(answer).toEqual(required ? refusedAt(name, 'field_required') : { accepted: true });
    }
  });

  test.each([null, 12, true, ['x'], { x: 1 }])('refuses %j', async (value) => {
    expect(await house.call(route, { ...forms[route](), [name]: value })).toEqual(refusedAt(name, 'field_malformed'));
  });
});

describe.each(routes)('%s', (route) => {
  test.each([
    ['a field nobody asks for', { birthday: '1970-01-01' }, 'birthday', 'field_unknown'],
    ['an inherited name as a field', JSON.parse('{"__proto__":"x"}'), '__proto__', 'field_unknown'],
    ['a language we do not write', { language: 'fr' }, 'language', 'field_malformed'],
    ['a statement version that is none', { statementVersion: 0 }, 'statementVersion', 'field_malformed'],
    ['a broken statement version', { statementVersion: 1.5 }, 'statementVersion', 'field_malformed'],
    [
      'a mailing choice that is none',
      { mailing: { subscribed: 'yes', words: 'x' } },
      'mailing.subscribed',
      'field_malformed',
    ],
    ['a mailing choice without its words', { mailing: { subscribed: true } }, 'mailing.words', 'field_required'],
    ['words of a page', { mailing: { subscribed: true, words: 'x'.repeat(1001) } }, 'mailing.words', 'field_too_long'],
    ['half a surrogate pair', { familyName: 'a\ud800' }, 'familyName', 'field_malformed'],
    ['a NUL character', { familyName: 'a\0b' }, 'familyName', 'field_malformed'],
    ['two lines where one is asked', { familyName: 'a\nb' }, 'familyName', 'field_malformed'],
    ['a mail header behind the address', { email: 'a@example.org\r\nBcc: b@example.org' }, 'email', 'field_malformed'],
    ['two addresses', { email: 'a@example.org,b@example.org' }, 'email', 'email_malformed'],
    ['an address with a name', { email: 'Ida <a@example.org>' }, 'email', 'email_malformed'],
    ['an address of one label', { email: 'a@localhost' }, 'email', 'email_malformed'],
    ['an address literal', { email: 'a@[127.0.0.1]' }, 'email', 'email_malformed'],
    ['an address by number', { email: 'a@127.0.0.1' }, 'email', 'email_malformed'],
    [
      'an address that is too long',
      { email: `${'a'.repeat(64)}@${`${'b'.repeat(62)}.`.repeat(3)}example` },
      'email',
      'field_too_long',
    ],
    ['a domain label of 64', { email: `a@${'b'.repeat(64)}.example` }, 'email', 'email_malformed'],
  ])('refuses %s', async (_what, part, field, code) => {
    const form = { ...forms[route]() };
    // Not by spreading alone: an own property called __proto__ has to arrive as one.
    for (const [key, value] of Object.entries(part)) Object.defineProperty(form, key, { value, enumerable: true });
    expect(await house.call(route, form)).toEqual(refusedAt(field, code));
  });

  test.each([null, [], 'text', 1])('refuses %j as a form', async (body) => {
    expect(await house.call(route, body)).toEqual({ refused: 'malformed' });
  });

  test('takes an internationalised address', async () => {
    expect(await house.call(route, { ...forms[route](), email: 'jürgen@bücher.example' })).toEqual({ accepted: true });
  });
});

describe('a shipping address (W3)', () => {
  const send = (address: unknown) => house.call('POST /registrations', { ...forms['POST /registrations'](), address });
  const germany = { country: 'DE', streetAddress: 'Weg 1', postalCode: '20457', locality: 'Hamburg' };

  test.each([
    ['no address at all', undefined, 'address', 'field_required'],
    ['text instead of an address', 'Weg 1, Hamburg', 'address', 'field_malformed'],
    ['a country that is none', { ...germany, country: 'XX' }, 'address.country', 'country_unknown'],
    ['no country', { ...germany, country: '' }, 'address.country', 'field_required'],
    [
      'a postal code of another country',
      { ...germany, postalCode: 'SW1A 1AA' },
      'address.postalCode',
      'postal_code_malformed',
    ],
    ['a part the country does not have', { ...germany, sortingCode: 'CEDEX' }, 'address.sortingCode', 'field_unknown'],
    ['a part no country has', { ...germany, planet: 'Earth' }, 'address.planet', 'field_unknown'],
    ['four lines', { ...germany, streetAddress: 'a\nb\nc\nd' }, 'address.streetAddress', 'field_malformed'],
    [
      'a street of 201 letters',
      { ...germany, streetAddress: 'x'.repeat(201) },
      'address.streetAddress',
      'field_too_long',
    ],
  ])('refuses %s', async (_what, address, field, code) => {
    expect(await send(address)).toEqual(refusedAt(field, code));
  });

  test('takes three lines of 200 letters together', async () => {
    expect(
      await send({ ...germany, streetAddress: `${'x'.repeat(98)}\n${'y'.repeat(50)}\n${'z'.repeat(50)}` }),
    ).toEqual({
      accepted: true,
    });
  });
});

test('a telephone number is read by the country of the address', async () => {
  const send = (telephone: string) =>
    house.call('POST /registrations', { ...forms['POST /registrations'](), telephone });
  expect(await send('040 1234567')).toEqual({ accepted: true });
  expect(await send('+1 202 555 0100')).toEqual({ accepted: true });
  expect(await send('12345')).toEqual({ accepted: true });
  expect(await send('+1 202 555 010')).toEqual(refusedAt('telephone', 'telephone_malformed'));
  expect(await send('ask at the door')).toEqual(refusedAt('telephone', 'telephone_malformed'));
  expect(await send('1'.repeat(41))).toEqual(refusedAt('telephone', 'field_too_long'));
});
