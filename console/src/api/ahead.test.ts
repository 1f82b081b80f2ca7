import { expect, test } from 'vitest';
import { createAhead } from './ahead.ts';

test('what was asked ahead is handed out once', () => {
  const ahead = createAhead<string>(() => 0);
  ahead.keep('figures', 'told');
  expect(ahead.take('others')).toBeNull();
  expect(ahead.take('figures')).toBe('told');
  expect(ahead.take('figures')).toBeNull();
});

test('what nobody took within ten seconds is not handed out any more', () => {
  let now = 0;
  const ahead = createAhead<string>(() => now);
  ahead.keep('early', 'told');
  ahead.keep('late', 'told');
  now = 9_999;
  expect(ahead.take('early')).toBe('told');
  now = 10_000;
  expect(ahead.take('late')).toBeNull();
});
