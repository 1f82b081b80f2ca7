import { COUNTRIES } from '@avow/protocol/address-formats';
import countries from 'i18n-iso-countries';
import { describe, expect, test } from 'vitest';
import { checkPersonValues, readTelephone, refuseEmail } from './check-person.ts';

describe('e-mail addresses (W3, S1)', () => {
  test.each([
    'name@example.org',
    'na.me+tag@sub.example.org',
    'ünïcode@bücher.example',
    'name@пример.рф',
    `${'a'.repeat(64)}@example.org`,
    `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`.slice(0, 254),
  ])('accepts %s', (email) => {
    expect(refuseEmail(email)).toBeNull();
  });

  test.each([
    ['a mailbox name over 64 octets', `${'ü'.repeat(33)}@example.org`],
    ['a domain that is none in the DNS', 'name@xn--.example'],
    ['a domain that is too long once it is written for the DNS', `name@${'ü'.repeat(60)}.${'ö'.repeat(60)}.example`],
    ['a line break', 'name@example.org\r\nBcc: other@example.org'],
    ['no mailbox name', '@example.org'],
    ['no domain', 'name@'],
    ['nothing but text', 'name'],
  ])('refuses %s', (_what, email) => {
    expect(refuseEmail(email)).toBe('email_malformed');
  });
});

describe('telephone numbers', () => {
  test.each([
    ['030 123456', 'DE', '+49 30 123456'],
    ['+49 (0)30 123456', 'FR', '+49 30 123456'],
    ['(202) 555-0100', 'US', '+1 202 555 0100'],
    ['01632 960983', 'GB', '+44 1632 960983'],
    ['+358 9 1234567', 'AQ', '+358 9 1234567'],
  ])('reads %s of %s', (text, country, number) => {
    expect(readTelephone(text, country)).toBe(number);
  });

  test.each([
    ['12', 'DE'],
    ['+999 123456', 'DE'],
    ['030 123456', 'AQ'],
    ['202 555 0100 0000 0000', 'US'],
    ['telephone', 'DE'],
  ])('refuses %s of %s', (text, country) => {
    expect(readTelephone(text, country)).toBeNull();
  });
});

test('what is absent is not refused, what is wrong is named by its field', () => {
  expect(checkPersonValues({ country: 'DE' })).toEqual({});
  expect(checkPersonValues({ email: '', telephone: '', country: 'DE' })).toEqual({});
  expect(checkPersonValues({ email: 'name@xn--.example', telephone: '12', country: 'DE' })).toEqual({
    email: 'email_malformed',
    telephone: 'telephone_malformed',
  });
});

test('the countries to choose from are those of ISO 3166-1', () => {
  expect([...COUNTRIES].sort()).toEqual(Object.keys(countries.getAlpha2Codes()).sort());
});
