interface Entry<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Group commit without a timer: what comes while one batch is written makes up the next one. Alone, an item waits for nobody;
 * under load the batches grow by themselves, up to `maxItems`. `commit` returns the results in the order of the items; its error
 * is every item's.
 */
export function createGroupCommit<Item, Result>(
  commit: (items: Item[]) => Promise<readonly Result[]>,
  maxItems: number,
): (item: Item) => Promise<Result> {
  let waiting: Entry<Item, Result>[] = [];
  let writing = false;

  async function write(): Promise<void> {
    // Those of the same moment go together.
    await null;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxItems);
      waiting = waiting.slice(maxItems);
      try {
        const results = await commit(batch.map(({ item }) => item));
        for (const [n, { resolve }] of batch.entries()) resolve(results[n] as Result);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writing = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (writing) return;
      writing = true;
      void write();
    });
}
