import { expect, test } from 'vitest';
import { arrivalsAreRead, createGroupCommit } from './group-commit.ts';

/** A commit that ends when the test says so. */
function manual() {
  const batches: number[][] = [];
  const ends: { resolve(): void; reject(error: Error): void }[] = [];
  const commit = (items: number[]) =>
    new Promise<void>((resolve, reject) => {
      batches.push(items);
      ends.push({ resolve, reject });
    });
  const turn = () => new Promise((done) => setImmediate(done));
  return { batches, ends, commit, turn };
}

test('the first item leaves at once, and what comes meanwhile leaves together', async () => {
  const { batches, ends, commit, turn } = manual();
  const group = createGroupCommit(commit, 3);
  const done: number[] = [];
  for (const n of [1, 2, 3, 4, 5]) void group.write(n).then(() => done.push(n));
  expect(batches).toEqual([[1]]);
  ends[0]?.resolve();
  await turn();
  expect(done).toEqual([1]);
  expect(batches).toEqual([[1], [2, 3, 4]]);
  ends[1]?.resolve();
  await turn();
  ends[2]?.resolve();
  await group.settled();
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  expect(done).toEqual([1, 2, 3, 4, 5]);
});

test('a batch that fails fails its own items only', async () => {
  const { ends, commit, turn } = manual();
  const group = createGroupCommit(commit, 10);
  const first = group.write(1);
  const others = Promise.allSettled([group.write(2), group.write(3)]);
  ends[0]?.resolve();
  await first;
  await turn();
  ends[1]?.reject(new Error('disk'));
  expect((await others).map((result) => result.status)).toEqual(['rejected', 'rejected']);
  const again = group.write(4);
  await turn();
  ends[2]?.resolve();
  await expect(again).resolves.toBeUndefined();
});

test('settled waits for nothing when nothing is under way', async () => {
  await createGroupCommit(async () => {}, 1).settled();
});

test('what comes while a batch gathers leaves with it', async () => {
  const { batches, ends, commit, turn } = manual();
  const group = createGroupCommit(commit, 10, arrivalsAreRead);
  const first = group.write(1);
  await turn();
  const second = group.write(2);
  await expect.poll(() => batches).toEqual([[1, 2]]);
  ends[0]?.resolve();
  await Promise.all([first, second]);
});
