import type { WeekTables } from '@avow/protocol/improvement/tables';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retentionOf, shareTableOf, shareTrendOf, trendOf, wilson } from './figures.ts';
import { CONFIGURATION } from './test-reports.ts';

function week(name: string, actives: number | null, versions: Record<string, number> = {}): WeekTables {
  const rows = Object.entries(versions).map(([label, installations]) => ({ label, installations }));
  const table = { product: 'suite', week: name, within: null, total: actives, rows, other: 0 };
  return {
    product: 'suite',
    week: name,
    actives,
    tables: [
      { ...table, kind: 'versions' },
      { ...table, kind: 'cohorts' },
    ],
  };
}

describe('an interval', () => {
  test('is the one of Wilson, and never leaves 0 to 1', () => {
    const { value, low, high } = wilson(50, 100);
    expect([value, low.toFixed(4), high.toFixed(4)]).toEqual([0.5, '0.4038', '0.5962']);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.float({ min: 0, max: 1, noNaN: true }), (whole, part) => {
        const told = wilson(Math.round(whole * part), whole);
        expect(told.low).toBeGreaterThanOrEqual(0);
        expect(told.low).toBeLessThanOrEqual(told.value + 1e-9);
        expect(told.high).toBeGreaterThanOrEqual(told.value - 1e-9);
        expect(told.high).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('installations over four weeks', () => {
  test('are bounded by the largest week and the sum, and the noise is allowed for', () => {
    const weeks = [week('2026-W37', 100), week('2026-W38', 120), week('2026-W39', 110), week('2026-W40', 90)];
    const points = trendOf(weeks, 1);
    expect(points.slice(0, 3).map((point) => point.distinctInFourWeeks)).toEqual([null, null, null]);
    const { atLeast, atMost } = points[3]?.distinctInFourWeeks ?? { atLeast: Number.NaN, atMost: Number.NaN };
    expect(atLeast).toBeLessThan(120);
    expect(atLeast).toBeGreaterThan(100);
    expect(atMost).toBeGreaterThan(420);
    expect(atMost).toBeLessThan(480);
  });

  test('are not told over a week that is hidden, or that is not there', () => {
    const hidden = [week('2026-W37', 100), week('2026-W38', null), week('2026-W39', 110), week('2026-W40', 90)];
    const gap = [week('2026-W36', 100), week('2026-W38', 100), week('2026-W39', 110), week('2026-W40', 90)];
    for (const weeks of [hidden, gap]) expect(trendOf(weeks, 1)[3]?.distinctInFourWeeks).toBeNull();
  });
});

describe('a table for the staff', () => {
  const [table] = week('2026-W40', 300, { '8.1': 300 }).tables;

  test('names suppressed values as such: none of them is missing, and none is zero', () => {
    const told = table && shareTableOf(table, CONFIGURATION);
    expect(told?.rows.map(({ label, installations }) => [label, installations])).toEqual([
      ['8.1', 300],
      ['8.0', null],
      ['other', null],
    ]);
  });

  test('is vague below 384 installations', () => {
    expect(table && shareTableOf(table, CONFIGURATION).vague).toBe(true);
    expect(table && shareTableOf({ ...table, total: 384 }, CONFIGURATION).vague).toBe(false);
  });

  test('over the weeks has a gap where a value was hidden', () => {
    const weeks = [week('2026-W39', 100, { '8.1': 100 }), week('2026-W40', 200, { '8.1': 150, '8.2': 50 })];
    expect(shareTrendOf(weeks, 'versions', null)).toEqual({
      weeks: ['2026-W39', '2026-W40'],
      series: [
        { label: '8.1', installations: [100, 150], shares: [1, 0.75] },
        { label: '8.2', installations: [null, 50], shares: [null, 0.25] },
      ],
    });
  });

  test('of retention compares each cohort with the largest number it had', () => {
    const weeks = [week('2026-W39', 100, { '2026-05': 80 }), week('2026-W40', 100, { '2026-05': 60 })];
    expect(retentionOf(weeks).cohorts).toEqual([{ installed: '2026-05', installations: [80, 60], kept: [1, 0.75] }]);
  });
});
