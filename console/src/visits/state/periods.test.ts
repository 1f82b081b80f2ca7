import { describe, expect, test } from 'vitest';
import { todayIn } from './days.ts';
import { daysOf, daysOfBucket, granularitiesOf, PERIOD_NAMES, shiftDays } from './periods.ts';

describe('periods', () => {
  test.each([
    ['today', '2026-11-24', '2026-11-24'],
    ['yesterday', '2026-11-23', '2026-11-23'],
    ['7d', '2026-11-18', '2026-11-24'],
    ['30d', '2026-10-26', '2026-11-24'],
    ['12mo', '2025-11-25', '2026-11-24'],
    ['week', '2026-11-23', '2026-11-24'],
    ['month', '2026-11-01', '2026-11-24'],
    ['last-month', '2026-10-01', '2026-10-31'],
    ['year', '2026-01-01', '2026-11-24'],
  ] as const)('%s goes from %s to %s', (name, from, to) => {
    expect(daysOf(name, '2026-11-24')).toEqual({ from, to });
  });

  test('begin with no more than 100 points, and never with hours that the vault refuses', () => {
    for (const name of PERIOD_NAMES) {
      const days = daysOf(name, '2026-11-24');
      const [first, ...others] = granularitiesOf(days);
      expect(others).not.toContain(first);
      if (name === '12mo' || name === 'year') expect([first, ...others]).not.toContain('hour');
    }
  });

  test('go back and forth, months by whole months, never into the future', () => {
    expect(shiftDays({ from: '2026-11-18', to: '2026-11-24' }, -1, '2026-11-24')).toEqual({
      from: '2026-11-11',
      to: '2026-11-17',
    });
    expect(shiftDays({ from: '2026-11-01', to: '2026-11-24' }, -1, '2026-11-24')).toEqual({
      from: '2026-10-01',
      to: '2026-10-31',
    });
    expect(shiftDays({ from: '2026-10-01', to: '2026-10-31' }, 1, '2026-11-24')).toEqual({
      from: '2026-11-01',
      to: '2026-11-24',
    });
    expect(shiftDays({ from: '2026-11-18', to: '2026-11-24' }, 1, '2026-11-24')).toBeNull();
  });

  test('a point of the graph stands for days of the period', () => {
    const period = { from: '2026-11-04', to: '2026-11-24' };
    expect(daysOfBucket('2026-11-02', 'week', period)).toEqual({ from: '2026-11-04', to: '2026-11-08' });
    expect(daysOfBucket('2026-11-01', 'month', period)).toEqual(period);
    expect(daysOfBucket('2026-11-10T14:00+01:00', 'hour', period)).toEqual({ from: '2026-11-10', to: '2026-11-10' });
  });
});

test('today is a matter of the zone', () => {
  const moment = new Date('2026-11-24T23:30:00Z');
  expect(todayIn('Europe/Berlin', moment)).toBe('2026-11-25');
  expect(todayIn('America/New_York', moment)).toBe('2026-11-24');
});
