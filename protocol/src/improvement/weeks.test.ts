import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWeeks, findWeekStart, weekOf, weekStart, weeksBetween } from './weeks.ts';

const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });

describe('an ISO week', () => {
  it.each([
    ['2026-11-23T00:00:00Z', '2026-W48'],
    ['2026-11-22T23:59:59.999Z', '2026-W47'],
    ['2026-12-31T12:00:00Z', '2026-W53'],
    ['2027-01-03T23:59:59Z', '2026-W53'],
    ['2027-01-04T00:00:00Z', '2027-W01'],
    ['2018-12-31T00:00:00Z', '2019-W01'],
  ])('of %s is %s', (time, week) => {
    expect(weekOf(new Date(time))).toBe(week);
  });

  it('starts on the Monday before, at 00:00 UTC', () => {
    fc.assert(
      fc.property(moment, (time) => {
        const start = weekStart(weekOf(time));
        expect(start.getUTCDay()).toBe(1);
        const since = time.getTime() - start.getTime();
        expect(since).toBeGreaterThanOrEqual(0);
        expect(since).toBeLessThan(7 * 86_400_000);
      }),
    );
  });

  it('can be counted on and back', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -300, max: 300 }), (time, weeks) => {
        const week = weekOf(time);
        expect(weeksBetween(week, addWeeks(week, weeks))).toBe(weeks);
      }),
    );
  });

  it.each(['2026-W00', '2025-W53', '2026-W54', '2026-W1', '2026W47', '', '2026-W47 '])('%j is none', (text) => {
    expect(findWeekStart(text)).toBeNull();
    expect(() => weekStart(text)).toThrow(RangeError);
  });
});
