import { expect, test } from 'vitest';
import { createMemo } from './memo.ts';

test('a value is made once while its key is in use, and at most twice the maximum is kept', () => {
  const made: string[] = [];
  const memo = createMemo(10, (key) => {
    made.push(key);
    return { key };
  });
  const first = memo('used');
  for (let n = 0; n < 100; n += 1) {
    memo(`${n}`);
    if (n % 5 === 0) expect(memo('used')).toBe(first);
  }
  expect(made.filter((key) => key === 'used')).toHaveLength(1);
  memo('0');
  expect(made.filter((key) => key === '0')).toHaveLength(2);
});
