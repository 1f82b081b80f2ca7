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
  const begun = (count: number) => expect.poll(() => ends.length, { interval: 1 }).toBe(count);
  return { batches, ends, begun, write };
}

test('what comes at the same moment, or during a commit, goes together, up to the limit; each gets its own result', async () => {
  const { batches, ends, begun, write } = slowCommit();
  const first = Promise.all([1, 2].map(write));
  await begun(1);
  const later = Promise.all([3, 4, 5, 6].map(write));
  ends[0]?.resolve();
  await begun(2);
  ends[1]?.resolve();
  await begun(3);
  ends[2]?.resolve();
  expect(await first).toEqual(['wrote 1', 'wrote 2']);
  expect(await later).toEqual(['wrote 3', 'wrote 4', 'wrote 5', 'wrote 6']);
  expect(batches).toEqual([[1, 2], [3, 4, 5], [6]]);
});

test('a failed commit fails its own items, and those after it are written', async () => {
  const { ends, begun, write } = slowCommit();
  const first = write(1);
  await begun(1);
  const second = write(2);
  ends[0]?.reject(new Error('no disk'));
  await expect(first).rejects.toThrow('no disk');
  await begun(2);
  ends[1]?.resolve();
  expect(await second).toBe('wrote 2');
});
