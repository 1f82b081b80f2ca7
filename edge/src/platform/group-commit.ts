import { setImmediate } from 'node:timers/promises';

/** What a writer of single items sees: a promise that holds when its item is on disk. */
export interface GroupCommit<Item> {
  /** Resolves when the batch with the item is committed; rejects with the error of its batch. */
  write(item: Item): Promise<void>;
  /** Resolves when everything written so far has ended, well or badly. */
  settled(): Promise<void>;
}

interface Entry<Item> {
  item: Item;
  resolve(): void;
  reject(error: unknown): void;
}

/** More together would save hardly anything, and leave less to do while the disk writes. */
const ENOUGH = 48;
const MOST_TURNS = 8;

/** Resolves when the requests that have come are read: as long as each turn of the event loop brings more and they are few. */
export async function arrivalsAreRead(waiting: () => number): Promise<void> {
  for (let turns = 0; turns < MOST_TURNS && waiting() < ENOUGH; turns += 1) {
    const before = waiting();
    await setImmediate();
    // The first turn is but the rest of one.
    if (turns > 0 && waiting() === before) return;
  }
}

/**
 * Group commit without a timer: a batch leaves as soon as the one before it is on disk and `gathered` says so (at once, if nothing
 * else is given). Alone, an item waits for nobody; under load the batches grow by themselves, up to `maxItems`.
 */
export function createGroupCommit<Item>(
  commit: (items: Item[]) => Promise<void>,
  maxItems: number,
  gathered?: (waiting: () => number) => Promise<void>,
): GroupCommit<Item> {
  let queue: Entry<Item>[] = [];
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    while (queue.length > 0) {
      if (gathered) await gathered(() => queue.length);
      const batch = queue.slice(0, maxItems);
      queue = queue.slice(maxItems);
      try {
        await commit(batch.map((entry) => entry.item));
        for (const entry of batch) entry.resolve();
      } catch (error) {
        for (const entry of batch) entry.reject(error);
      }
    }
    running = null;
  }

  return {
    write(item) {
      return new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject });
        running ??= run();
      });
    },
    async settled() {
      await running;
    },
  };
}
