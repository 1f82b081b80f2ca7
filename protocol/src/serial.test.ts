import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CROCKFORD_ALPHABET } from './crockford.ts';
import { dammCheckSymbol } from './damm.ts';
import {
  decodeSerial,
  encodeSerial,
  formatSerial,
  normaliseSerial,
  type SerialParts,
  serialIsWellFormed,
  serialTagInput,
} from './serial.ts';

const parts: fc.Arbitrary<SerialParts> = fc.record({
  version: fc.nat(15),
  keyId: fc.nat(15),
  product: fc.nat(255),
  edition: fc.nat(15),
  unit: fc.bigInt({ min: 0n, max: (1n << 40n) - 1n }),
  tag: fc.bigInt({ min: 0n, max: (1n << 60n) - 1n }),
});
const example = encodeSerial({
  version: 1,
  keyId: 2,
  product: 8,
  edition: 3,
  unit: 0x12_3456_789an,
  tag: 0xfed_cba9_8765_4321n,
});

describe('a serial', () => {
  it('gives back the parts it was made of', () => {
    fc.assert(
      fc.property(parts, (made) => {
        const serial = encodeSerial(made);
        expect(serial).toMatch(/^[0-9A-HJKMNP-TV-Z]{25}$/);
        expect(decodeSerial(serial)).toEqual(made);
        expect(serialIsWellFormed(formatSerial(serial))).toBe(true);
      }),
    );
  });

  it('stays the same for ever', () => {
    // Printed serials outlive this code: this one must always read as it does today.
    expect(formatSerial(example)).toBe('28432-8T5CY-4TZVE-BN63P-AGS1B');
  });

  it('refuses parts that are too large for their place', () => {
    const made = { version: 0, keyId: 0, product: 0, edition: 0, unit: 0n, tag: 0n };
    for (const change of [
      { version: 16 },
      { keyId: -1 },
      { product: 256 },
      { edition: 16 },
      { unit: 1n << 40n },
      { tag: 1n << 60n },
    ]) {
      expect(() => encodeSerial({ ...made, ...change })).toThrow(RangeError);
    }
  });

  it('is read as people type it', () => {
    const typed = ` ${formatSerial(example).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', ' – ')}\n`;
    expect(normaliseSerial(typed)).toBe(example);
    expect(serialIsWellFormed(typed)).toBe(true);
    expect(formatSerial(normaliseSerial(typed))).toBe(formatSerial(example));
  });

  it('of another kind is left as it is', () => {
    for (const legacy of ['ABC-123', 'nl7/0042', '', 'x'.repeat(1000)]) {
      expect(normaliseSerial(legacy)).toBe(legacy);
      expect(serialIsWellFormed(legacy)).toBe(false);
      expect(decodeSerial(legacy)).toBeNull();
    }
    for (const legacy of ['ABC-123', 'legacy serial of 25 signs', 'é'.repeat(25)])
      expect(formatSerial(legacy)).toBe(legacy);
  });

  it('of another length is not well formed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{0,40}$/), (symbols) => {
        const withCheck = symbols.length < 31 ? symbols + dammCheckSymbol(symbols) : symbols;
        expect(serialIsWellFormed(withCheck)).toBe(withCheck.length === 25 && dammCheckSymbol(withCheck) === '0');
      }),
    );
  });

  it('has a tag over everything before the tag', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const same = (['version', 'keyId', 'product', 'edition', 'unit'] as const).every((name) => a[name] === b[name]);
        expect(Buffer.from(serialTagInput(a)).equals(serialTagInput(b))).toBe(same);
        expect(serialTagInput({ ...a, tag: b.tag } as SerialParts)).toEqual(serialTagInput(a));
      }),
    );
    const made = { version: 1, keyId: 2, product: 8, edition: 3, unit: 1n };
    for (const change of [{ version: 2 }, { keyId: 3 }, { product: 9 }, { edition: 4 }, { unit: 2n }]) {
      expect(serialTagInput({ ...made, ...change })).not.toEqual(serialTagInput(made));
    }
  });
});

describe('the check symbol', () => {
  const symbols = [...CROCKFORD_ALPHABET];

  it('notices every single wrong symbol', () => {
    let tried = 0;
    for (let at = 0; at < 25; at++) {
      for (const symbol of symbols) {
        if (symbol === example[at]) continue;
        expect(serialIsWellFormed(example.slice(0, at) + symbol + example.slice(at + 1))).toBe(false);
        tried++;
      }
    }
    expect(tried).toBe(25 * 31);
  });

  it('notices every swap of two different symbols, whatever they are and wherever they stand', () => {
    // Whether a swap is noticed depends on the two places and symbols only: the rest adds the same on both sides.
    for (let first = 0; first < 25; first++) {
      for (let second = first + 1; second < 25; second++) {
        for (const a of symbols) {
          for (const b of symbols) {
            if (a >= b) continue;
            const word = Array.from({ length: 25 }, () => '0');
            word[first] = a;
            word[second] = b;
            const before = dammCheckSymbol(word.join(''));
            word[first] = b;
            word[second] = a;
            if (dammCheckSymbol(word.join('')) === before) expect.fail(`${a} at ${first}, ${b} at ${second}`);
          }
        }
      }
    }
  });

  it('is one of the 32 letters, and that of a whole serial is zero', () => {
    fc.assert(
      fc.property(parts, (made) => {
        const serial = encodeSerial(made);
        expect(dammCheckSymbol(serial)).toBe('0');
        expect(symbols).toContain(serial[24]);
      }),
    );
  });
});
