import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstSending, isOver, nextAttempt, shuffled } from './schedule.ts';

const HOUR = 3_600_000;
const W46_ENDS = Date.parse('2026-11-16T00:00:00Z');
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the time of a report', () => {
  test('is within the 96 hours, and never within ten minutes, for whoever wakes in them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 83 }), random, (hour, share) => {
        const now = new Date(W46_ENDS + hour * HOUR);
        const at = firstSending('2026-W46', now, 96, () => share).getTime();
        expect(at).toBeGreaterThanOrEqual(now.getTime() + HOUR / 6);
        expect(at).toBeLessThanOrEqual(W46_ENDS + 96 * HOUR);
      }),
    );
  });

  test('has twelve hours of room for whoever wakes later', () => {
    const now = new Date(W46_ENDS + 200 * HOUR);
    expect(firstSending('2026-W46', now, 96, () => 0.999_999).getTime() - now.getTime()).toBeGreaterThan(12 * HOUR);
  });

  test('after a failure comes later each time, by half to one and a half, up to a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), random, (attempts, share) => {
        const wait = nextAttempt(attempts, new Date(0), () => share).getTime() / HOUR;
        const base = 2 ** (attempts - 1);
        expect(wait).toBeGreaterThanOrEqual(Math.min(base * 0.5, 24) - 1e-6);
        expect(wait).toBeLessThanOrEqual(Math.min(base * 1.5, 24));
      }),
    );
  });

  test('begins an hour after the week', () => {
    expect(isOver('2026-W46', new Date(W46_ENDS + HOUR - 1))).toBe(false);
    expect(isOver('2026-W46', new Date(W46_ENDS + HOUR))).toBe(true);
  });
});

test('shuffling keeps everything and changes nothing in place', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (items) => {
      const before = [...items];
      expect(shuffled(items, Math.random).sort()).toEqual(items.toSorted());
      expect(items).toEqual(before);
    }),
  );
});
