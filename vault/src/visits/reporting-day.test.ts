import { expect, test } from 'vitest';
import { daysFrom, nightlyHour, reportingDay } from './reporting-day.ts';

test.each([
  ['2026-10-24T22:30:00Z', 'Europe/Vienna', '2026-10-25'],
  ['2026-10-25T22:30:00Z', 'Europe/Vienna', '2026-10-25'],
  ['2026-10-25T23:00:00Z', 'Europe/Vienna', '2026-10-26'],
  ['2026-03-08T04:59:00Z', 'America/New_York', '2026-03-07'],
  ['2026-01-01T00:00:00Z', 'Pacific/Auckland', '2026-01-01'],
])('%s is in %s on %s', (moment, timeZone, day) => {
  expect(reportingDay(new Date(moment), timeZone)).toBe(day);
});

test('days are counted from the first to the last', () => {
  expect(daysFrom('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect(daysFrom('2026-03-02', '2026-03-01')).toEqual([]);
});

test('three at night is found in UTC', () => {
  const winter = new Date('2026-01-15T23:10:00Z');
  expect(nightlyHour(winter, 'UTC')).toBe(3);
  expect(nightlyHour(winter, 'Europe/Vienna')).toBe(2);
  expect(nightlyHour(winter, 'America/New_York')).toBe(8);
  expect(nightlyHour(winter, 'Pacific/Auckland')).toBe(14);
});
