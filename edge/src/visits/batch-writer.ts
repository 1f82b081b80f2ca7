/** Puts what was counted on disk: group commit, one spool item for each batch. */
import type { ActiveVisits } from '@avow/protocol/visits';
import { arrivalsAreRead, createGroupCommit } from '../platform/group-commit.ts';
import { buildBatches, type CountedItem } from './build-batches.ts';
import type { DropCounts } from './drop-counts.ts';

export interface BatchWriter {
  /** Resolves when the item is on disk. Throws StorageFull. */
  write(item: CountedItem): Promise<void>;
  /** Sends what is counted beside the events, if there is any news and no event took it along. */
  flush(): Promise<void>;
  settled(): Promise<void>;
}

export interface BatchWriterOptions {
  /** Puts a body on disk. */
  keep(body: Uint8Array): Promise<void>;
  drops: DropCounts;
  active(now: number): ActiveVisits[];
  clock: () => number;
}

const ITEMS_PER_COMMIT = 1024;
/** So often the number of active visits is told. */
const ACTIVE_EVERY_MS = 2_000;

export function createBatchWriter({ keep, drops, active, clock }: BatchWriterOptions): BatchWriter {
  let activeToldAt = Number.NEGATIVE_INFINITY;
  let someActive = false;

  /** Null: told a moment ago. */
  function activeNews(): ActiveVisits[] | null {
    const now = clock();
    if (now - activeToldAt < ACTIVE_EVERY_MS) return null;
    activeToldAt = now;
    const news = active(now);
    someActive = news.some(({ visits }) => visits > 0);
    return news;
  }

  async function commit(items: readonly CountedItem[]): Promise<void> {
    const taken = drops.take();
    try {
      // They share the spool's own group commit, and so one transaction.
      await Promise.all(buildBatches(items, taken, activeNews() ?? []).map((body) => keep(body)));
    } catch (error) {
      drops.giveBack(taken);
      throw error;
    }
  }

  const commits = createGroupCommit<CountedItem | null>(
    (items) => commit(items.filter((item) => item !== null)),
    ITEMS_PER_COMMIT,
    // Larger batches: each costs as much as ten of its events, here, in PostgreSQL, and again on the vault's side.
    arrivalsAreRead,
  );

  return {
    write: (item) => commits.write(item),
    async flush() {
      // As long as some visit is active its end is news, and nobody else would tell it.
      if (drops.size > 0 || (someActive && clock() - activeToldAt >= ACTIVE_EVERY_MS)) await commits.write(null);
    },
    settled: () => commits.settled(),
  };
}
