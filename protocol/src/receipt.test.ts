import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeBase64url } from './base64url.ts';
import { canonicalJson, signedBytes } from './canonical-json.ts';
import { receiptBytes, verifyReceipt } from './receipt.ts';
import type { RegistrationReceipt } from './sealed-routes.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const raw = decodeBase64url(publicKey.export({ format: 'jwk' }).x ?? '') ?? new Uint8Array();
const claims: RegistrationReceipt['claims'] = {
  serialHash: createHash('sha256').update('28438').digest('base64url'),
  product: 'suite',
  edition: 'standard',
  day: '2026-11-23',
  statementVersion: 8,
  keyId: 'r1',
};
const receipt = { claims, signature: sign(null, receiptBytes(claims), privateKey).toString('base64url') };

describe('a registration receipt', () => {
  it('is proven by the receipt key alone, in whatever order its claims come', async () => {
    expect(await verifyReceipt(receipt, raw)).toBe(true);
    const reversed = Object.fromEntries(Object.entries(claims).reverse()) as unknown as typeof claims;
    expect(await verifyReceipt({ ...receipt, claims: reversed }, raw)).toBe(true);
  });

  it('proves nothing when a claim, the signature or the key is another one', async () => {
    for (const [name, value] of Object.entries(claims)) {
      const changed = { ...claims, [name]: typeof value === 'number' ? value + 1 : `${value}x` };
      expect(await verifyReceipt({ ...receipt, claims: changed }, raw)).toBe(false);
    }
    for (const signature of [
      '',
      'AA',
      `${receipt.signature}=`,
      receipt.signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
    ]) {
      expect(await verifyReceipt({ claims, signature }, raw)).toBe(false);
    }
    expect(await verifyReceipt({ claims: { ...claims, more: 1 } as never, signature: receipt.signature }, raw)).toBe(
      false,
    );
    expect(await verifyReceipt(receipt, new Uint8Array(31))).toBe(false);
    expect(await verifyReceipt(receipt, new Uint8Array(32).fill(255))).toBe(false);
  });

  it('is signed for its purpose only', async () => {
    const elsewhere = sign(null, signedBytes('avow/key-set/1', { ...claims }), privateKey).toString('base64url');
    expect(await verifyReceipt({ claims, signature: elsewhere }, raw)).toBe(false);
  });
});

describe('canonical JSON', () => {
  it('sorts by code units and writes numbers as RFC 8785 shows', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    const sorted = '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}';
    expect(Buffer.from(canonicalJson(value)).toString()).toBe(sorted);
    const numbers = [1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0];
    expect(Buffer.from(canonicalJson(numbers)).toString()).toBe('[1e+30,4.5,0.002,1e-27,0]');
  });

  it('refuses what JSON cannot say', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { a: ['\udead'] }]) {
      expect(() => canonicalJson(value)).toThrow();
    }
  });
});
