/** W6: what is kept of an address names a page, never a person. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { webAddress } from './parse-event.ts';
import { plainAddress, plainPath, plainText } from './strip-addresses.ts';

const path = (url: string) => plainPath(new URL(url));

describe('the path of a page', () => {
  test.each([
    ['https://a.example', '/'],
    ['https://a.example/?q=secret#part', '/'],
    ['https://a.example/a/b.html;jsessionid=ABC?x', '/a/b.html'],
    ['https://a.example/a;v=1/b;w=2/', '/a/b/'],
    ['https://user:pw@a.example/x', '/x'],
    ['https://a.example/unsubscribe/me@example.org/now', '/unsubscribe/:mail/now'],
    ['https://a.example/u/me%40example.org', '/u/:mail'],
    ['https://a.example/Größe/日本', '/Gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC'],
    ['https://a.example/%c3%bcber', '/%C3%BCber'],
    ['https://a.example/a/../b/./c', '/b/c'],
    ['https://a.example\\a\\b', '/a/b'],
  ])('of %s is %s', (url, expected) => {
    expect(path(url)).toBe(expected);
  });

  test('is cut after a whole character', () => {
    const cut = path(`https://a.example/${'x'.repeat(497)}ö`);
    expect(cut).toHaveLength(498);
    expect(path(`https://a.example/${'y'.repeat(2000)}`)).toHaveLength(500);
  });

  test('never holds a query, a fragment, an @ or more than 500 characters', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true, withFragments: true, size: 'large' }),
        fc.string(),
        (url, more) => {
          const address = webAddress(`${url}/${more}`);
          if (address === null) return;
          for (const kept of [plainPath(address), plainAddress(address)]) {
            expect(kept).not.toMatch(/[?#@;]|%40/i);
            expect(kept.length).toBeLessThanOrEqual(500);
            expect(kept.isWellFormed()).toBe(true);
          }
        },
      ),
    );
  });
});

test('a text is one line of at most 200 characters that can be written as UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', size: 'large' }), (text) => {
      const kept = plainText(text);
      expect(kept.length).toBeLessThanOrEqual(200);
      expect(kept.isWellFormed()).toBe(true);
      expect(kept).not.toMatch(/\p{Cc}/u);
    }),
  );
  expect(plainText(`${'x'.repeat(199)}😀`)).toHaveLength(199);
});
