import { expect, test } from 'vitest';
import { readPreference } from './preference.ts';

test.each([
  [undefined, { respondAsync: false, wait: 10 }],
  ['respond-async', { respondAsync: true, wait: 10 }],
  ['respond-async, wait=3', { respondAsync: true, wait: 3 }],
  ['Respond-Async,WAIT="3"', { respondAsync: true, wait: 3 }],
  ['wait=0, respond-async; x=y', { respondAsync: true, wait: 0 }],
  ['respond-async, wait=3600', { respondAsync: true, wait: 20 }],
  ['respond-async, wait=1, wait=9', { respondAsync: true, wait: 1 }],
  ['respond-async, wait=-5', { respondAsync: true, wait: 10 }],
  ['respond-async, wait=soon', { respondAsync: true, wait: 10 }],
  ['respond-asynchronously, return=minimal', { respondAsync: false, wait: 10 }],
])('Prefer: %s', (header, preference) => {
  expect(readPreference(header)).toEqual(preference);
});
