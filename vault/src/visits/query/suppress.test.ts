import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SummedRow, tellRows, tellTotals } from './suppress.ts';

const row = (keys: string[], visits: number, visitors = visits): SummedRow => ({ keys, sums: { visits, visitors } });
const told = (rows: SummedRow[], k = 10) => tellRows(rows, ['visits'], k).map(({ figures }) => figures.visits?.value);

describe('a small group', () => {
  test('is suppressed, nothing at all is a zero', () => {
    expect(tellTotals({ visits: 9, visitors: 9 }, ['visits'], 10).visits).toEqual({ value: null, suppressed: true });
    expect(tellTotals({ visits: 10, visitors: 10 }, ['visits'], 10).visits).toEqual({ value: 10 });
    expect(tellTotals({}, ['visits', 'bounceRate'], 10)).toEqual({ visits: { value: 0 }, bounceRate: { value: null } });
  });

  test('is one of few visitors, however often they came', () => {
    expect(tellTotals({ visits: 50, visitors: 9 }, ['visits'], 10).visits?.suppressed).toBe(true);
  });

  test('has no ratio either: what is divided by is as small', () => {
    const sums = { visitors: 30, visits: 30, visit_starts: 3, bounces: 1 };
    expect(tellTotals(sums, ['visits', 'bounceRate'], 10)).toEqual({
      visits: { value: 30 },
      bounceRate: { value: null, suppressed: true },
    });
  });

  test('is not told by the others and the total', () => {
    expect(told([row(['a'], 40), row(['b'], 20), row(['c'], 3)])).toEqual([40, null, null]);
    expect(told([row(['a'], 40), row(['b'], 20), row(['c'], 3), row(['d'], 8)])).toEqual([40, 20, null, null]);
    expect(told([row(['a'], 40), row(['b'], 20), row(['c'], 3), row(['d'], 0)])).toEqual([40, null, null, 0]);
  });

  test('goes together with another when they are a small group together', () => {
    expect(told([row(['a'], 40), row(['b'], 20), row(['c'], 3), row(['d'], 4)])).toEqual([40, null, null, null]);
  });

  test('without suppression everything is told', () => {
    expect(told([row(['a'], 1), row(['b'], 20)], 0)).toEqual([1, 20]);
  });
});

test('no suppressed cell of a table follows from its line, its column and their sums', () => {
  const cell = fc.integer({ min: 0, max: 40 });
  const table = fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, (lines) => {
      const rows = lines.flatMap((line, y) => line.map((visits, x) => row([`line ${y}`, `column ${x}`], visits)));
      const answer = tellRows(rows, ['visits'], 10);
      for (const at of [0, 1]) {
        for (const cells of Map.groupBy(answer, ({ keys }) => keys[at]).values()) {
          const hidden = cells.filter(({ figures }) => figures.visits?.suppressed);
          const sum = hidden.reduce((total, { sums }) => total + (sums.visits ?? 0), 0);
          const others = cells.filter((one) => !hidden.includes(one) && (one.sums.visits ?? 0) > 0);
          // One alone, or a small group together, only where nothing is left to hide them behind: then the sum is no more than theirs.
          if (hidden.length > 0 && (hidden.length === 1 || sum < 10)) expect(others).toEqual([]);
        }
      }
      for (const { figures, sums } of answer) {
        if ((sums.visits ?? 0) > 0 && (sums.visits ?? 0) < 10) expect(figures.visits?.value).toBeNull();
      }
    }),
  );
});
