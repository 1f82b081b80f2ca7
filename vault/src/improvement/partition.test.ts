import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitting, partition, shown } from './partition.ts';

const PUBLIC = { threshold: 50, roundedTo: 5 };
const rules = fc.constantFrom(PUBLIC, { threshold: 20, roundedTo: 1 }, { threshold: 10, roundedTo: 1 });
const cells = fc
  .dictionary(fc.string(), fc.oneof(fc.nat(200), fc.nat(20_000)))
  .map((given) => new Map(Object.entries(given)));

const sumOf = (rows: readonly { installations: number }[]) => rows.reduce((sum, row) => sum + row.installations, 0);

describe('counts that divide a total', () => {
  test('are shown from the threshold on, the rest as one sum', () => {
    const given = new Map([
      ['8.1', 812],
      ['8.0', 143],
      ['7.9', 49],
      ['7.8', 12],
    ]);
    expect(partition(shown(1_016, PUBLIC), given, PUBLIC)).toEqual({
      total: 1_015,
      rows: [
        { label: '8.1', installations: 810 },
        { label: '8.0', installations: 145 },
      ],
      other: 60,
    });
  });

  test('are hidden with a larger one when they would follow from the total', () => {
    const given = new Map([
      ['8.1', 812],
      ['8.0', 143],
      ['7.9', 40],
    ]);
    expect(partition(995, given, PUBLIC)).toEqual({
      total: 995,
      rows: [{ label: '8.1', installations: 810 }],
      other: 185,
    });
  });

  test('never show or leave over a number below the threshold, whatever the noise made of them', () => {
    fc.assert(
      fc.property(fc.nat(50_000), cells, rules, (count, given, rule) => {
        const total = shown(count, rule);
        const { rows, other } = partition(total, given, rule);
        expect(sumOf(rows) + other).toBe(total ?? 0);
        for (const number of [other, ...rows.map((row) => row.installations)]) {
          expect(number === 0 || number >= rule.threshold).toBe(true);
          expect(number % rule.roundedTo).toBe(0);
        }
        expect(rows.every(({ installations }) => installations >= rule.threshold)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a part of which some pieces are known', () => {
  test('tells nothing of the hidden ones that stands for fewer than the threshold', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(400), fc.nat(400), rules, (count, knownSteps, hiddenSteps, rule) => {
        const known = knownSteps * rule.roundedTo;
        const hidden = hiddenSteps * rule.roundedTo;
        fc.pre(hidden === 0 || hidden >= rule.threshold);
        const told = fitting(count, known, hidden, rule);
        if (count < rule.threshold) expect(told).toBeNull();
        if (told === null) return;
        expect(told).toBeGreaterThanOrEqual(rule.threshold);
        for (const difference of [told - known, known + hidden - told]) {
          expect(difference === 0 || difference >= rule.threshold).toBe(true);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
