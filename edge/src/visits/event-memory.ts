/** What became of the newest events, so that one that is sent again is neither counted twice nor changed by the retry. */

import { randomInt } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { StorableEvent } from './forget-address.ts';
import { createIdTable } from './id-table.ts';

export interface EventMemory {
  /** On disk already. */
  isStored(id: string): boolean;
  stored(id: string): void;
  /** Could not be stored. Its retry is this very event, with its place in the visit. */
  failed(event: StorableEvent): void;
  takeFailed(id: string): StorableEvent | null;
}

const MAX_FAILED = 10_000;

/** Odd, and different for each half, so that what is the same in one is not in the other. */
const MULTIPLIERS = [0x01000193, 0x5bd1e995] as const;

/** 32 bits of an id. `seed`: random, as whoever sends events chooses their ids. */
function hashOf(id: string, seed: number, multiplier: number): number {
  let hash = seed;
  for (let n = 0; n < id.length; n += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(n), multiplier);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

/** Knows the newest `max` to `2 * max` stored events. */
export function createEventMemory(max = 50_000): EventMemory {
  // Sets of texts took four times the memory, and a twentieth of an event's whole time.
  const slots = 2 ** Math.ceil(Math.log2(2 * max));
  let newer = createIdTable(slots);
  let older = createIdTable(slots);
  let added = 0;
  const seeds = [randomInt(2 ** 32), randomInt(2 ** 32)] as const;
  const high = (id: string) => hashOf(id, seeds[0], MULTIPLIERS[0]);
  const low = (id: string) => hashOf(id, seeds[1], MULTIPLIERS[1]);
  const unstored = new LRUCache<string, StorableEvent>({ max: MAX_FAILED });
  return {
    isStored(id) {
      const [h, l] = [high(id), low(id)];
      return newer.has(h, l) || older.has(h, l);
    },
    stored(id) {
      newer.add(high(id), low(id));
      added += 1;
      if (added < max) return;
      [newer, older] = [older, newer];
      newer.clear();
      added = 0;
    },
    failed: (event) => void unstored.set(event.id, event),
    takeFailed(id) {
      const event = unstored.get(id) ?? null;
      unstored.delete(id);
      return event;
    },
  };
}
