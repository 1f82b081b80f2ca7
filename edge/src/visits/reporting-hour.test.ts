import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReportingHours } from './reporting-hour.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
];

test('hour and day are those that a clock on the wall shows, in every zone, through every change of the clocks', () => {
  const moments = fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2028, 0) });
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), fc.array(moments, { minLength: 1, maxLength: 20 }), (timeZone, times) => {
      const reportingHour = createReportingHours(timeZone);
      for (const now of times) {
        const { hour, day } = reportingHour(now);
        const wall = (at: number) => new Date(at).toLocaleString('sv-SE', { timeZone });
        expect(day).toBe(wall(now).slice(0, 10));
        expect(wall(hour * 1000).slice(0, 13)).toBe(wall(now).slice(0, 13));
        expect(wall(hour * 1000).slice(14, 16)).toBe('00');
        expect(now / 1000 - hour).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('the hour that comes twice in autumn is two hours', () => {
  const berlin = createReportingHours('Europe/Berlin');
  const first = berlin(Date.parse('2026-10-25T00:30:00Z'));
  const second = berlin(Date.parse('2026-10-25T01:30:00Z'));
  expect([first.day, second.day]).toEqual(['2026-10-25', '2026-10-25']);
  expect(second.hour - first.hour).toBe(3600);
});

test('a zone that does not exist is refused at the start', () => {
  expect(() => createReportingHours('Europe/Atlantis')).toThrow(RangeError);
});
