import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../platform/day.ts';
import { bucketsOf } from './buckets.ts';
import { comparedDays, daysOf, NAMED_PERIODS } from './period.ts';
import { hoursOfDay, isTimeZone, localDay, localHour, startOfDay } from './zone.ts';

const BERLIN = 'Europe/Berlin';
const seconds = (moment: string) => Date.parse(moment) / 1000;

describe('a day', () => {
  test.each([
    ['2026-11-23', BERLIN, '2026-11-22T23:00Z', 24],
    ['2026-03-29', BERLIN, '2026-03-28T23:00Z', 23],
    ['2026-10-25', BERLIN, '2026-10-24T22:00Z', 25],
    ['2026-11-23', 'UTC', '2026-11-23T00:00Z', 24],
    ['2026-11-23', 'Asia/Kolkata', '2026-11-22T18:30Z', 24],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00Z', 23],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00Z', 0],
    ['2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00Z', 25],
  ])('%s in %s starts at %s and has so many hours: %i', (day, zone, start, hours) => {
    expect(new Date(startOfDay(day, zone) * 1000).toISOString().slice(0, 16)).toBe(start.slice(0, 16));
    expect(hoursOfDay(day, zone, zone)).toHaveLength(hours);
  });

  test('begins with the first instant that belongs to it', () => {
    const moments = fc.date({ min: new Date('1995-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    const zones = fc.constantFrom(
      BERLIN,
      'UTC',
      'America/St_Johns',
      'Pacific/Auckland',
      'America/Havana',
      'Asia/Beirut',
    );
    fc.assert(
      fc.property(moments, zones, (moment, zone) => {
        const day = localDay(moment.getTime() / 1000, zone);
        const start = startOfDay(day, zone);
        expect(localDay(start, zone)).toBe(day);
        expect(localDay(start - 1, zone) < day).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('has two hours of the same name in autumn, told apart by their offset', () => {
    expect(localHour(seconds('2026-10-25T00:00Z'), BERLIN)).toBe('2026-10-25T02:00+02:00');
    expect(localHour(seconds('2026-10-25T01:00Z'), BERLIN)).toBe('2026-10-25T02:00+01:00');
    expect(bucketsOf({ from: '2026-10-25', to: '2026-10-25' }, 'hour', BERLIN, BERLIN)).toHaveLength(25);
  });
});

test.each([
  ['Europe/Berlin', true],
  ['Asia/Kolkata', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Antarctica/DumontDUrville', true],
  ['UTC', true],
  ['europe/berlin', false],
  ['+02:00', false],
  ["UTC'", false],
  ['Nowhere/Land', false],
  ['', false],
])('%j is a time zone: %s', (name, known) => expect(isTimeZone(name)).toBe(known));

describe('a period', () => {
  const today = '2028-02-29';

  test.each([
    ['today', today, today],
    ['yesterday', '2028-02-28', '2028-02-28'],
    ['last 7 days', '2028-02-23', today],
    ['last 30 days', '2028-01-31', today],
    ['last 90 days', '2027-12-02', today],
    ['last 12 months', '2027-03-01', today],
    ['this week', '2028-02-28', today],
    ['this month', '2028-02-01', today],
    ['last month', '2028-01-01', '2028-01-31'],
    ['this year', '2028-01-01', today],
  ] as const)('%s is from %s to %s', (name, from, to) => {
    expect(daysOf(name, today)).toEqual({ from, to });
    expect(NAMED_PERIODS).toContain(name);
  });

  test('is compared with as many days before, or with the same dates a year before', () => {
    expect(comparedDays({ from: '2028-02-29', to: '2028-03-06' }, 'previous period')).toEqual({
      from: '2028-02-22',
      to: '2028-02-28',
    });
    expect(comparedDays({ from: '2028-02-29', to: '2028-03-06' }, 'previous year')).toEqual({
      from: '2027-02-28',
      to: '2027-03-06',
    });
    const own = { from: '2020-01-01', to: '2020-01-02' };
    expect(comparedDays({ from: today, to: today }, own)).toBe(own);
  });

  test('has every bucket once, in order', () => {
    const days = { from: '2026-10-20', to: '2026-11-03' };
    expect(bucketsOf(days, 'day', BERLIN, BERLIN)).toEqual(Array.from({ length: 15 }, (_, n) => addDays(days.from, n)));
    expect(bucketsOf(days, 'week', BERLIN, BERLIN)).toEqual(['2026-10-19', '2026-10-26', '2026-11-02']);
    expect(bucketsOf(days, 'month', BERLIN, BERLIN)).toEqual(['2026-10-01', '2026-11-01']);
  });
});
