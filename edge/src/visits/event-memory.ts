/** What became of the newest events, so that one that is sent again is neither counted twice nor changed by the retry. */
import { LRUCache } from 'lru-cache';
import type { StorableEvent } from './forget-address.ts';

export interface EventMemory {
  /** On disk already. */
  isStored(id: string): boolean;
  stored(id: string): void;
  /** Could not be stored. Its retry is this very event, with its place in the visit. */
  failed(event: StorableEvent): void;
  takeFailed(id: string): StorableEvent | null;
}

const MAX_FAILED = 10_000;

/** Knows the newest `max` to `2 * max` stored events. */
export function createEventMemory(max = 50_000): EventMemory {
  let newer = new Set<string>();
  let older = new Set<string>();
  const unstored = new LRUCache<string, StorableEvent>({ max: MAX_FAILED });
  return {
    isStored: (id) => newer.has(id) || older.has(id),
    stored(id) {
      newer.add(id);
      if (newer.size < max) return;
      older = newer;
      newer = new Set();
    },
    failed: (event) => void unstored.set(event.id, event),
    takeFailed(id) {
      const event = unstored.get(id) ?? null;
      unstored.delete(id);
      return event;
    },
  };
}
