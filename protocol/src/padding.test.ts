import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRequestClass, MAX_ENCAPSULATED_REQUEST, padRequest, padResponse, TooLarge } from './padding.ts';

describe('padding', () => {
  it('fills up to the next size class with zero bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9000 }), (message) => {
        const padded = padRequest(message);
        expect([2048, 8192, 32_768]).toContain(padded.length);
        expect(padded.subarray(0, message.length)).toEqual(new Uint8Array(message));
        expect(padded.subarray(message.length).every((byte) => byte === 0)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves a message alone that fills a class, and goes one up with one byte more', () => {
    for (const [size, next] of [
      [2048, 8192],
      [8192, 32_768],
      [32_768, 131_072],
    ] as const) {
      expect(padRequest(new Uint8Array(size))).toHaveLength(size);
      expect(padRequest(new Uint8Array(size + 1))).toHaveLength(next);
      expect(padResponse(new Uint8Array(size + 1))).toHaveLength(next);
    }
    expect(padResponse(new Uint8Array(131_073))).toHaveLength(524_288);
  });

  it('refuses what is larger than the largest class', () => {
    expect(() => padRequest(new Uint8Array(131_073))).toThrow(TooLarge);
    expect(() => padResponse(new Uint8Array(524_289))).toThrow(TooLarge);
  });

  it('tells the lengths of encapsulated requests', () => {
    for (const size of [2048, 8192, 32_768, 131_072]) {
      expect(isRequestClass(size + 55)).toBe(true);
      expect([isRequestClass(size), isRequestClass(size + 54), isRequestClass(size + 56)]).toEqual([
        false,
        false,
        false,
      ]);
    }
    expect(isRequestClass(MAX_ENCAPSULATED_REQUEST)).toBe(true);
    expect(isRequestClass(0)).toBe(false);
  });
});
