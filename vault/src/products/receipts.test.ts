import { createHash } from 'node:crypto';
import { createTestDatabase } from '@avow/engines/testing';
import { verifyReceipt } from '@avow/protocol/receipt';
import type { RegistrationReceipt } from '@avow/protocol/sealed-routes';
import { normaliseSerial } from '@avow/protocol/serial';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receiptKey } from '../platform/keys/receipt-key.ts';
import { openTestProducts, type TestProducts } from './test-products.ts';

let house: TestProducts;
let receipt: RegistrationReceipt;
let serial: string;
let publicKey: Buffer;
beforeAll(async () => {
  house = await openTestProducts(createTestDatabase);
  serial = await house.serial();
  const claim = await house.claim(await house.person('receipt'), serial);
  if (!claim.receipt) throw new Error('no receipt');
  receipt = claim.receipt;
  publicKey = Buffer.from((await receiptKey(house.keyring)).rawPublicKey, 'base64url');
});
afterAll(() => house.close());

test('a receipt is verified with the public key alone', async () => {
  expect(await verifyReceipt(JSON.parse(JSON.stringify(receipt)), publicKey)).toBe(true);
  expect(receipt.claims.serialHash).toBe(createHash('sha256').update(normaliseSerial(serial)).digest('base64url'));
});

test('it holds nothing of the person and not the serial', () => {
  expect(Object.keys(receipt.claims).sort()).toEqual([
    'day',
    'edition',
    'keyId',
    'product',
    'serialHash',
    'statementVersion',
  ]);
  expect(JSON.stringify(receipt)).not.toContain(normaliseSerial(serial));
});

test.each(['serialHash', 'product', 'edition', 'day', 'keyId', 'statementVersion'] as const)(
  'a changed %s is noticed',
  async (claim) => {
    const value = receipt.claims[claim];
    const changed = typeof value === 'number' ? value + 1 : `${value}x`;
    const forged = { ...receipt, claims: { ...receipt.claims, [claim]: changed } };
    expect(await verifyReceipt(forged, publicKey)).toBe(false);
  },
);

test("another vault's key does not verify it", async () => {
  const other = await openTestProducts(createTestDatabase);
  try {
    const key = Buffer.from((await receiptKey(other.keyring)).rawPublicKey, 'base64url');
    expect(await verifyReceipt(receipt, key)).toBe(false);
  } finally {
    await other.close();
  }
});
