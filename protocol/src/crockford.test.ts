import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CROCKFORD_ALPHABET,
  decodeCrockford,
  encodeCrockford,
  normaliseCrockford,
  randomToken,
  readToken,
} from './crockford.ts';

describe('Crockford base32', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(decodeCrockford(encodeCrockford(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('writes known values', () => {
    expect(encodeCrockford(Buffer.from('foobar'))).toBe('CSQPYRK1E8');
    expect(encodeCrockford(Uint8Array.of(255))).toBe('ZW');
    expect(encodeCrockford(new Uint8Array())).toBe('');
  });

  it('refuses other characters and bits that belong to no byte', () => {
    for (const text of ['U', 'ZZ', '0U', 'Z', '0000001', '*', 'ä', '\ud800']) expect(decodeCrockford(text)).toBeNull();
  });

  it.each([
    ['abc-def', 'ABCDEF'],
    ['o0 iIlL1', '0011111'],
    ['ＡＢＣ１２３', 'ABC123'],
    ['AB–CD—EF−GH‐JK', 'ABCDEFGHJK'],
    ['\u200bA\u00adB\ufeffC\u00a0D\tE\n', 'ABCDE'],
  ])('takes %j for %s', (typed, symbols) => {
    expect(normaliseCrockford(typed)).toBe(symbols);
  });

  it.each(['U', 'A_B', 'A.B', 'ß', 'ı', '😀', `A${'-'.repeat(300)}`])('takes %j for nothing', (typed) => {
    expect(normaliseCrockford(typed)).toBeNull();
  });
});

describe('a token', () => {
  it('has 26 random symbols and is read back as typed', () => {
    const tokens = Array.from({ length: 500 }, randomToken);
    expect(new Set(tokens).size).toBe(500);
    expect([...new Set(tokens.join(''))].sort().join('')).toBe(CROCKFORD_ALPHABET);
    for (const token of tokens.slice(0, 20)) {
      expect(token).toHaveLength(26);
      expect(readToken(` ${token.toLowerCase().replace(/(.{5})/g, '$1-')} `)).toBe(token);
      expect(readToken(token.slice(1))).toBeNull();
      expect(readToken(`${token}0`)).toBeNull();
    }
  });
});
