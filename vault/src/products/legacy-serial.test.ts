import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldLegacySerial, printLegacySerial } from './legacy-serial.ts';

test('a serial is the same however carelessly it is typed', () => {
  for (const typed of [
    'NS7-100452-AB',
    'ns7 loo452 ab',
    ' ns7—1OO452–ab ',
    'ＮＳ７－１００４５２－ＡＢ',
    'NS7\u2011100452\u00a0AB\u200b',
  ]) {
    expect(foldLegacySerial(typed), typed).toBe('NS7100452AB');
  }
});

test('a text with anything but visible ASCII left is no serial', () => {
  for (const text of ['', ' - ', 'NS7-100\u0000', 'NS7é', '日本', '🦊', 'ß\u0301'])
    expect(foldLegacySerial(text), text).toBeNull();
});

test('folding twice changes nothing, and separators anywhere change nothing', () => {
  const separators = fc.constantFrom('', ' ', '-', '–', '\u00a0', '\u2011', '\u200d', '\t');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...'0123456789abcxyzOIL#/'), separators), { minLength: 1 }),
      (parts) => {
        const plain = parts.map(([symbol]) => symbol).join('');
        const folded = foldLegacySerial(parts.map((part) => part.join('')).join(''));
        expect(folded).toBe(foldLegacySerial(plain.toLowerCase()));
        expect(foldLegacySerial(folded ?? '')).toBe(folded);
      },
    ),
  );
});

test('any text whatever is folded or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const folded = foldLegacySerial(text);
      expect(folded === null || /^[!-~]+$/.test(folded)).toBe(true);
    }),
  );
});

test('the shown form keeps the printed dashes', () => {
  expect(printLegacySerial(' ns7–100452‑ab')).toBe('NS7-100452-AB');
});
