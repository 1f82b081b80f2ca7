import type { Answer } from '@avow/protocol/staff/visits';
import { expect, test } from 'vitest';
import { pointsOf } from './points.ts';

const NOW = new Date('2026-11-24T13:20:00Z');

function answer(times: string[], period: Answer['period']): Answer {
  return {
    period,
    timeZone: 'Europe/Berlin',
    sites: [],
    suppressedBelow: 10,
    totals: {},
    rows: times.map((time) => ({ time, dimensions: {}, figures: { visits: { value: 1 } } })),
    more: false,
    eventsKeptSince: '2026-08-26',
  };
}

test('today goes on; the days before are over', () => {
  const points = pointsOf(
    answer(['2026-11-22', '2026-11-23', '2026-11-24'], { from: '2026-11-22', to: '2026-11-24' }),
    'day',
    NOW,
  );
  expect(points.map(({ incomplete }) => incomplete)).toEqual([false, false, true]);
});

test('hours that have not begun are not drawn, by the clock of the zone', () => {
  const times = ['2026-11-24T13:00+01:00', '2026-11-24T14:00+01:00', '2026-11-24T15:00+01:00'];
  const points = pointsOf(answer(times, { from: '2026-11-24', to: '2026-11-24' }), 'hour', NOW);
  expect(points.map(({ time, incomplete }) => [time.slice(11, 13), incomplete])).toEqual([
    ['13', false],
    ['14', true],
  ]);
});

test('a month is incomplete while it goes on, or where the period cuts it off', () => {
  const going = pointsOf(answer(['2026-10-01', '2026-11-01'], { from: '2026-10-01', to: '2026-11-24' }), 'month', NOW);
  expect(going.map(({ incomplete }) => incomplete)).toEqual([false, true]);
  const cut = pointsOf(answer(['2026-08-01', '2026-09-01'], { from: '2026-08-01', to: '2026-09-15' }), 'month', NOW);
  expect(cut.map(({ incomplete }) => incomplete)).toEqual([false, true]);
});
