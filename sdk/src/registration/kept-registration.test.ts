import { sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { receiptBytes } from '@avow/protocol/receipt';
import type { RegistrationReceipt } from '@avow/protocol/sealed-routes';
import { encodeSerial, formatSerial } from '@avow/protocol/serial';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestSuite, createVendor, type TestSuite } from '../test-suite.ts';
import { hashOfSerial } from './kept-registration.ts';

const vendor = createVendor();
let machine: TestSuite;
beforeEach(() => {
  machine = createTestSuite(vendor);
});
afterEach(() => machine.remove());

const serial = formatSerial(encodeSerial({ version: 1, keyId: 2, product: 8, edition: 3, unit: 77n, tag: 99n }));

function receiptFor(changes: Partial<RegistrationReceipt['claims']> = {}): RegistrationReceipt {
  const claims = {
    serialHash: hashOfSerial(serial) ?? '',
    product: 'suite',
    edition: 'standard',
    day: '2026-11-03',
    statementVersion: 8,
    keyId: 'k',
    ...changes,
  };
  return { claims, signature: sign(null, receiptBytes(claims), vendor.receiptKey).toString('base64url') };
}

const dialog = {
  givenName: 'Annegret',
  familyName: 'Brandt',
  email: 'ada@example.org',
  country: 'DE',
  serial,
  mailing: { subscribed: false, words: 'Yes, send me offers.' },
  language: 'en',
} as const;

describe('a receipt (S1)', () => {
  test('is verified offline, kept, and verified again', async () => {
    expect(await machine.suite.addReceipt(receiptFor())).toBe('genuine');
    expect(await machine.suite.checkReceipt()).toBe('genuine');
    expect(machine.suite.registration()?.receipt).toEqual(receiptFor());
    const file = machine.home.registration;
    writeFileSync(file, readFileSync(file, 'utf8').replace('standard', 'studio'));
    expect(await machine.suite.checkReceipt()).toBe('not-genuine');
  });

  test.each([null, 'receipt', {}, { claims: {}, signature: '' }, { claims: null, signature: 5 }])(
    '%j is none',
    async (value) => expect(await machine.suite.addReceipt(value)).toBe('not-genuine'),
  );

  test('of another product or another serial is not kept', async () => {
    expect(await machine.suite.addReceipt(receiptFor({ product: 'other' }))).toBe('other-product');
    // Nothing listens there: the attempt is noted, and with it the serial.
    expect(await machine.suite.register(dialog)).toMatchObject({
      kind: 'refused',
      error: { code: 'relay_unreachable' },
    });
    expect(await machine.suite.addReceipt(receiptFor({ serialHash: 'another' }))).toBe('other-product');
    expect(await machine.suite.addReceipt(receiptFor())).toBe('genuine');
    expect(machine.suite.registration()).toMatchObject({ state: 'sending', subscribed: false });
  });
});

describe('the registration dialog (S1, S7)', () => {
  test('names what is missing before anything is sent or written', async () => {
    const result = await machine.suite.register({ ...dialog, email: 'ada@', country: '', language: 'de' });
    expect(result).toMatchObject({
      kind: 'refused',
      error: {
        code: 'invalid_fields',
        fields: { email: { code: 'email_malformed' }, country: { code: 'field_required' } },
      },
    });
    expect(machine.suite.registration()).toBeNull();
  });

  test('keeps no name, no address and no serial on the machine', async () => {
    await machine.suite.register(dialog);
    const kept = readFileSync(machine.home.registration, 'utf8');
    for (const word of ['Annegret', 'Brandt', 'example.org', serial, serial.replaceAll('-', '')])
      expect(kept).not.toContain(word);
  });

  test('has the same idempotency key for the same words, and another for others', async () => {
    const keyAfter = async (changes: object) => {
      await machine.suite.register({ ...dialog, ...changes });
      return machine.suite.registration()?.attempt.idempotencyKey;
    };
    const first = await keyAfter({});
    expect(first).toMatch(/^[0-9A-Z]{26}$/);
    expect(await keyAfter({})).toBe(first);
    expect(await keyAfter({ familyName: 'Brand' })).not.toBe(first);
  });
});
