import { expect, test } from 'vitest';
import { createHeldRequests } from './held-requests.ts';

const body = Buffer.alloc(40);
const ids = (items: { id: string }[]) => items.map((item) => item.id);

test('requests are taken oldest first, each once', () => {
  const held = createHeldRequests();
  for (const id of ['a', 'b', 'c']) held.hold(id, body);
  expect(ids(held.take(2))).toEqual(['a', 'b']);
  expect(ids(held.take(2))).toEqual(['c']);
  expect(held.take(2)).toEqual([]);
});

test('what did not reach the vault is taken again, unless its sender has gone', () => {
  const held = createHeldRequests();
  for (const id of ['a', 'b', 'c']) held.hold(id, body);
  held.take(3);
  held.giveBack(['b', 'unknown']);
  expect(ids(held.take(3))).toEqual(['b']);
  held.drop('c');
  held.giveBackAll();
  expect(ids(held.take(3))).toEqual(['a', 'b']);
});

test('there is room for so many bytes and no more, and again when some have gone', () => {
  const held = createHeldRequests(100);
  expect([held.hold('a', body), held.hold('b', body), held.hold('c', body)]).toEqual([true, true, false]);
  expect(ids(held.take(9))).toEqual(['a', 'b']);
  held.drop('a');
  held.drop('a');
  expect([held.hold('c', body), held.hold('d', body)]).toEqual([true, false]);
});
