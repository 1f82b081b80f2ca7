import { expect, test } from 'vitest';
import { preferredLanguage } from './language.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['fr', 'en'],
  ['de', 'de'],
  ['de-CH, en;q=0.9', 'de'],
  ['en;q=0.8, de;q=0.9', 'de'],
  ['fr, en;q=0.3, de;q=0.2', 'en'],
  ['de;q=0', 'en'],
  ['de;q=nonsense', 'de'],
  ['*', 'en'],
])('Accept-Language: %s is answered in %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});
