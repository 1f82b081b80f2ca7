import { describe, expect, test } from 'vitest';
import { encodeSerial, formatSerial } from '../serial.ts';
import { checkField, checkForm, isEmailAddress } from './check.ts';
import type { Field } from './fields.ts';
import { formBody } from './form-body.ts';
import { PERSON_REGISTRATION_FIELDS, PRODUCT_REGISTRATION_FIELDS } from './registration.ts';
import { checkText, tidyText } from './text.ts';

const serial = formatSerial(encodeSerial({ version: 1, keyId: 2, product: 8, edition: 3, unit: 77n, tag: 99n }));
const PERSON = {
  givenName: 'Ada',
  familyName: 'Brandt',
  email: 'ada@example.org',
  address: { country: 'DE', streetAddress: 'Lindenweg 4', postalCode: '20095', locality: 'Hamburg' },
};
const PRODUCT = { givenName: 'Ada', familyName: 'Brandt', email: 'ada@example.org', country: 'DE', serial };

describe('the registration forms (W3, S1)', () => {
  test('are acceptable when filled in', () => {
    expect(checkForm(PERSON_REGISTRATION_FIELDS, PERSON)).toEqual({});
    expect(checkForm(PRODUCT_REGISTRATION_FIELDS, PRODUCT)).toEqual({});
  });

  test('name every missing field at once', () => {
    expect(checkForm(PERSON_REGISTRATION_FIELDS, {})).toEqual({
      givenName: 'field_required',
      familyName: 'field_required',
      email: 'field_required',
      'address.country': 'field_required',
    });
    expect(Object.keys(checkForm(PRODUCT_REGISTRATION_FIELDS, { address: 5 }))).toEqual([
      'givenName',
      'familyName',
      'email',
      'country',
      'serial',
    ]);
  });

  test('refuse wrong types without a crash', () => {
    expect(checkForm(PERSON_REGISTRATION_FIELDS, { ...PERSON, email: ['a@b.c'], address: [] })).toEqual({
      email: 'field_malformed',
      address: 'field_malformed',
    });
  });

  test('notice one mistyped symbol of a serial', () => {
    for (let at = 0; at < serial.length; at++) {
      if (serial[at] === '-') continue;
      const mistyped = `${serial.slice(0, at)}${serial[at] === 'Z' ? 'Y' : 'Z'}${serial.slice(at + 1)}`;
      expect(checkForm(PRODUCT_REGISTRATION_FIELDS, { ...PRODUCT, serial: mistyped })).toEqual({
        serial: 'serial_mistyped',
      });
    }
    expect(
      checkForm(PRODUCT_REGISTRATION_FIELDS, { ...PRODUCT, serial: serial.toLowerCase().replaceAll('-', ' ') }),
    ).toEqual({});
  });

  test('let serials of an older make pass where the vendor names their pattern', () => {
    const old = { ...PRODUCT, serial: '1A23-BCDE' };
    expect(checkForm(PRODUCT_REGISTRATION_FIELDS, old)).toEqual({ serial: 'serial_mistyped' });
    expect(checkForm(PRODUCT_REGISTRATION_FIELDS, old, { legacySerials: [/^\d[A-Z]\d\d-[A-Z]{4}$/] })).toEqual({});
  });
});

test.each([
  'a@b.example',
  'ada+list@sub.example.org',
  'jörg@müller.example',
  "o'neil@example.ie",
  'x@xn--mller-kva.example',
])('%s is an e-mail address', (address) => expect(isEmailAddress(address)).toBe(true));

test.each([
  'ada',
  'ada@',
  '@example.org',
  'ada@example',
  'ada@@example.org',
  'ada@example..org',
  'ada@-example.org',
  'ada@example.org.',
  'ada@127.0.0.1',
  'ada brandt@example.org',
  '"ada"@example.org',
  'ada@[127.0.0.1]',
  'ada@example.org,eve@example.org',
  'ada@example.org>',
  '.ada@example.org',
  `${'a'.repeat(65)}@example.org`,
])('%s is no e-mail address', (address) => {
  expect(isEmailAddress(address)).toBe(false);
});

test.each([
  ['+49 40 123456', null],
  ['(040) 12 34-56', null],
  ['555 1234 ext. 12', null],
  ['12', 'telephone_malformed'],
  ['call me', 'telephone_malformed'],
  ['+49<script>40 123456', 'telephone_malformed'],
])('telephone %s', (text, refusal) => {
  const telephone = PERSON_REGISTRATION_FIELDS.find(({ name }) => name === 'telephone') as Field;
  expect(checkField(telephone, text)).toBe(refusal);
});

test('lengths count code points of the tidied text', () => {
  const rule = { required: true, maxLength: 5, lines: 1 };
  expect(checkText('  🦭🦭🦭🦭🦭  ', rule)).toEqual({ ok: true, text: '🦭🦭🦭🦭🦭' });
  expect(checkText('🦭🦭🦭🦭🦭🦭', rule)).toEqual({ ok: false, code: 'field_too_long' });
  expect(checkText('e\u0301e\u0301e\u0301e\u0301e\u0301', rule)).toEqual({ ok: true, text: 'ééééé' });
  expect(checkText('   ', rule)).toEqual({ ok: false, code: 'field_required' });
});

test('control characters and broken text are malformed', () => {
  const rule = { required: false, maxLength: 50, lines: 3 };
  for (const text of ['a\0b', 'a\u0007b', 'a\tb', '\u0085', 'a\ud800b']) {
    expect(checkText(text, rule), JSON.stringify(text)).toEqual({ ok: false, code: 'field_malformed' });
  }
  expect(tidyText(' a \r\n\r\n b ')).toBe('a\nb');
});

test('a body has the form’s own fields only, and nothing empty', () => {
  const typed = {
    givenName: 'Ada',
    familyName: '',
    evil: 'x',
    'address.country': 'DE',
    'address.locality': 'Hamburg',
    'address.administrativeArea': 'left over from another country',
  };
  expect(formBody(PERSON_REGISTRATION_FIELDS, typed)).toEqual({
    givenName: 'Ada',
    address: { country: 'DE', locality: 'Hamburg' },
  });
});
