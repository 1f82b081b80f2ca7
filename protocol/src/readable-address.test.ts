import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptAddress, readableAddress } from './readable-address.ts';

test.each([
  ['/%C3%BCber-uns', '/über-uns'],
  ['/%e6%97%a5%E6%9C%AC/x', '/日本/x'],
  ['example.org/Gr%C3%B6%C3%9Fe', 'example.org/Größe'],
  ['/a%20b%2Fc%25', '/a%20b%2Fc%25'],
  ['/%FF%C3', '/%FF%C3'],
  ['/%E2%80%AEexe', '/%E2%80%AEexe'],
  ['/%C2%A0', '/%C2%A0'],
  ['/', '/'],
])('%s is read as %s', (kept, read) => {
  expect(readableAddress(kept)).toBe(read);
  expect(keptAddress(read).toUpperCase()).toBe(kept.toUpperCase());
});

test('what a browser makes of a path is found by what was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('ä', 'ß', '日', '😀', 'x', '-'), maxLength: 20 }), (text) => {
      const { pathname } = new URL(`https://a.example/${text}`);
      expect(keptAddress(`/${text}`)).toBe(pathname);
      expect(readableAddress(pathname)).toBe(`/${text}`);
    }),
  );
  expect(keptAddress('\ud800')).toBe('%EF%BF%BD');
});
