/**
 * Remembers what was made for the newest keys, in two generations: the older one goes as a whole. For what is asked at every
 * request, where putting a list of the least recently used in order costs more than what is looked up.
 */

/** Makes the function that gives `make(key)`, remembered for the newest `max` to `2 * max` keys. */
export function createMemo<Value extends object>(max: number, make: (key: string) => Value): (key: string) => Value {
  let newer = new Map<string, Value>();
  let older = new Map<string, Value>();
  return (key) => {
    const known = newer.get(key);
    if (known !== undefined) return known;
    const value = older.get(key) ?? make(key);
    if (newer.size >= max) {
      older = newer;
      newer = new Map();
    }
    newer.set(key, value);
    return value;
  };
}
