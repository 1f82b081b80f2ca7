/** Memory stays bounded, whatever comes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arriving } from './event.ts';
import { createEventMemory } from './event-memory.ts';
import { createIdTable } from './id-table.ts';
import { createOpenVisits, isFirstOfPath, keepsPace } from './open-visits.ts';

const event = arriving({ now: 0, address: '', headers: {}, text: '' }).draft;

describe('ids in a table', () => {
  test('are what a set of ids would hold', () => {
    const id = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 2 ** 32 - 1 }));
    fc.assert(
      fc.property(fc.array(id, { maxLength: 300 }), (ids) => {
        const seen = createIdTable(1024);
        const model = new Set<string>();
        for (const [high, low] of ids) {
          const isNew = !model.has(`${high} ${low}`);
          expect(seen.has(high, low)).toBe(!isNew);
          expect(seen.add(high, low)).toBe(isNew);
          model.add(`${high} ${low}`);
        }
      }),
    );
  });

  test('grow, forget at once, and say so when they are full', () => {
    const seen = createIdTable(2 ** 15);
    let unknown = 0;
    for (let n = 1; n <= 2 ** 15; n += 1) if (seen.add(Math.imul(n, 0x9e3779b1) >>> 0, n) === null) unknown += 1;
    expect(unknown).toBeGreaterThan(2 ** 13);
    expect(seen.add(Math.imul(1, 0x9e3779b1) >>> 0, 1)).toBe(false);
    seen.clear();
    expect(seen.add(Math.imul(1, 0x9e3779b1) >>> 0, 1)).toBe(true);
  });
});

describe('open visits', () => {
  test('beyond the bound push out the one that was idle longest', () => {
    const visits = createOpenVisits(3);
    for (const visitor of ['a', 'b', 'c', 'd']) visits.begin(visitor, 0, { ...event, site: 'main' });
    expect(visits.size).toBe(3);
    expect(visits.find('a', 'main', 1)).toBeNull();
    expect(visits.find('d', 'main', 1)).not.toBeNull();
  });

  test('tell at most so many pages apart, and know when it is too fast for a person', () => {
    const visit = createOpenVisits(1).begin('a', 0, event);
    for (let n = 0; n < 1000; n += 1) isFirstOfPath(visit, `/${n}`);
    expect(visit.paths).toHaveLength(128);
    const paces = Array.from({ length: 61 }, () => keepsPace(visit, 60_000));
    expect([paces.filter((pace) => pace).length, keepsPace(visit, 120_000)]).toEqual([60, true]);
  });
});

test('stored events are remembered in two generations', () => {
  const memory = createEventMemory(100);
  for (let n = 0; n < 250; n += 1) memory.stored(String(n));
  expect([memory.isStored('0'), memory.isStored('150'), memory.isStored('249')]).toEqual([false, true, true]);
});
