import { expect, test } from 'vitest';
import { dueWeek, lastWeek } from './week.ts';

test('a report is due from six on Monday, by the clocks of the reporting zone', () => {
  const due = (now: string, zone = 'Europe/Berlin') => dueWeek(new Date(now), zone);
  expect(due('2026-11-23T04:59:59Z')).toBeNull();
  expect(due('2026-11-23T05:00:00Z')).toBe('2026-11-16');
  expect(due('2026-11-29T22:59:00Z')).toBe('2026-11-16');
  expect(due('2026-11-29T23:00:00Z')).toBeNull();
  // Summer time has begun the day before.
  expect(due('2026-03-30T03:59:00Z')).toBeNull();
  expect(due('2026-03-30T04:00:00Z')).toBe('2026-03-23');
  expect(due('2026-11-23T00:29:00Z', 'Asia/Kolkata')).toBeNull();
  expect(due('2026-11-23T00:30:00Z', 'Asia/Kolkata')).toBe('2026-11-16');
});

test('the last week is the one before the Monday that was', () => {
  expect(lastWeek(new Date('2026-11-22T12:00:00Z'), 'UTC')).toBe('2026-11-09');
  expect(lastWeek(new Date('2026-11-22T23:30:00Z'), 'Europe/Berlin')).toBe('2026-11-16');
});
