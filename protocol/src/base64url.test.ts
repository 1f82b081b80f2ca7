import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url } from './base64url.ts';

describe('base64url', () => {
  it('reads back what it wrote, which is what Node writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(encodeBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(decodeBase64url(encodeBase64url(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it.each(['A', 'AB==', 'AB', 'a+/b', 'AAA A', 'AAAAA', 'ä', 'AAA\n'])(
    'refuses %j, which it would not have written',
    (text) => {
      expect(decodeBase64url(text)).toBeNull();
    },
  );
});
