/** Which ids were seen, in 8 bytes each and without garbage: an open-addressed table of 64 bits. */
export interface IdTable {
  /** Remembers the id; true if new. Null: full, nobody knows. */
  add(high: number, low: number): boolean | null;
  has(high: number, low: number): boolean;
  clear(): void;
}

const FIRST_SLOTS = 2 ** 14;
const MAX_LOAD = 0.6;

/**
 * At most `maxSlots` (a power of two) times 8 bytes. Two numbers of 32 bits are one id; 0, 0 counts as seen. The ids are output of
 * a keyed hash: what a stranger chooses himself would fill one end of the table.
 */
export function createIdTable(maxSlots = 2 ** 22): IdTable {
  let slots = new Uint32Array(2 * Math.min(FIRST_SLOTS, maxSlots));
  let used = 0;

  /** Where the id is, or would be. */
  function find(table: Uint32Array, high: number, low: number): number {
    const mask = table.length / 2 - 1;
    let slot = low & mask;
    while (true) {
      const h = table[2 * slot];
      const l = table[2 * slot + 1];
      if ((h === high && l === low) || (h === 0 && l === 0)) return 2 * slot;
      slot = (slot + 1) & mask;
    }
  }

  function put(table: Uint32Array, high: number, low: number): boolean {
    const at = find(table, high, low);
    if (table[at] === high && table[at + 1] === low) return false;
    table[at] = high;
    table[at + 1] = low;
    return true;
  }

  function grow(): void {
    const larger = new Uint32Array(slots.length * 2);
    for (let at = 0; at < slots.length; at += 2) put(larger, slots[at] ?? 0, slots[at + 1] ?? 0);
    slots = larger;
  }

  function has(high: number, low: number): boolean {
    const at = find(slots, high, low);
    return slots[at] === high && slots[at + 1] === low;
  }

  return {
    has,
    add(high, low) {
      if (used >= (slots.length / 2) * MAX_LOAD) {
        if (slots.length / 2 >= maxSlots) {
          return has(high, low) ? false : null;
        }
        grow();
      }
      const isNew = put(slots, high, low);
      if (isNew) used += 1;
      return isNew;
    },
    clear() {
      slots = new Uint32Array(2 * Math.min(FIRST_SLOTS, maxSlots));
      used = 0;
    },
  };
}
