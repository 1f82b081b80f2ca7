import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInstalled, roundInstalled } from './installed.ts';
import { weekOf } from './weeks.ts';

const week = '2026-W47';

describe('the time of installation', () => {
  it.each([
    ['2026-11-18T13:45:12Z', '2026-W47'],
    ['2026-10-26T00:00:00Z', '2026-W44'],
    ['2026-10-25T23:59:59Z', '2026-10'],
    ['2025-12-01T00:00:00Z', '2025-12'],
    ['2025-11-30T00:00:00Z', '2025'],
    ['2017-01-01T00:00:00Z', '2017'],
    ['2016-12-31T00:00:00Z', 'older'],
    ['2026-11-23T00:00:00Z', null],
  ])('%s is told as %s in the week 2026-W47', (time, told) => {
    expect(roundInstalled(new Date(time), week)).toBe(told);
  });

  it('is accepted exactly as it is rounded, never finer (S3)', () => {
    const moment = fc.date({ min: new Date('2005-01-01'), max: new Date('2029-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, moment, (installed, now) => {
        const about = weekOf(now);
        const told = roundInstalled(installed, about);
        if (told !== null) expect(isInstalled(told, about)).toBe(true);
        const finer = [installed.toISOString().slice(0, 7), weekOf(installed), installed.toISOString().slice(0, 10)];
        for (const value of finer) {
          // A month is also right for the installations of its older days, where the four weeks end inside it.
          const days = Array.from({ length: 31 }, (_, day) => new Date(`${value}-${String(day + 1).padStart(2, '0')}`));
          const sometimes = days.some((day) => !Number.isNaN(day.getTime()) && roundInstalled(day, about) === value);
          expect(isInstalled(value, about)).toBe(value === told || sometimes);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['2026-11-18', '2026-W43', '2026-W48', '2026-12', '2025-11', '2015', '2027', '', '2026-13', 'never'])(
    '%j is refused in the week 2026-W47',
    (value) => {
      expect(isInstalled(value, week)).toBe(false);
    },
  );
});
