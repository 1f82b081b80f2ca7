import { expect, test } from 'vitest';
import { createGroupCommit } from './group-commit.ts';

/** A commit that ends when the test says so. */
function slowCommit() {
  const batches: number[][] = [];
  const ends: PromiseWithResolvers<void>[] = [];
  const write = createGroupCommit<number, string>(async (items) => {
    batches.push(items);
    const end = Promise.withResolvers<void>();
    ends.push(end);
    await end.promise;
    return items.map((item) => `wrote ${item}`);
  }, 3);
  return { batches, ends, write };
}

test('what comes during a commit goes into the next one, up to its limit, and each gets its own result', async () => {
  const { batches, ends, write } = slowCommit();
  const all = Promise.all([1, 2, 3, 4, 5].map(write));
  expect(batches).toEqual([[1]]);
  ends[0]?.resolve();
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.resolve();
  await expect.poll(() => ends.length).toBe(3);
  ends[2]?.resolve();
  expect(await all).toEqual(['wrote 1', 'wrote 2', 'wrote 3', 'wrote 4', 'wrote 5']);
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
});

test('a failed commit fails its own items, and those after it are written', async () => {
  const { ends, write } = slowCommit();
  const first = write(1);
  const second = write(2);
  ends[0]?.reject(new Error('no disk'));
  await expect(first).rejects.toThrow('no disk');
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.resolve();
  expect(await second).toBe('wrote 2');
});
