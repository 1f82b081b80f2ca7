import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readVisitBatch } from './read-batch.ts';
import { eventOf } from './test-traffic.ts';

const rules = { sites: new Set(['main']), today: '2026-11-23' };
const event = eventOf({ at: '2026-11-23T09:10:00Z', props: { plan: 'a' } });
const read = (changes: object) => {
  const batch = { version: 1, events: [], minutes: [], active: [], drops: [], quiet: [], ...changes };
  return readVisitBatch(Buffer.from(JSON.stringify(batch)), rules);
};

describe('whatever an edge sends', () => {
  test('as bytes is refused, not thrown at', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => readVisitBatch(bytes, rules) === null));
  });

  test('as JSON is refused or read', () => {
    const lists = fc.record(
      { version: fc.constant(1), ...Object.fromEntries(LISTS.map((name) => [name, fc.array(fc.jsonValue())])) },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), lists), (value) => {
        const found = readVisitBatch(Buffer.from(JSON.stringify(value)), rules);
        expect(found?.events ?? []).toEqual([]);
      }),
    );
  });

  test('in place of a field loses the event, or is of the same kind', () => {
    const keys = Object.keys(event) as (keyof typeof event)[];
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        const [kept] = read({ events: [{ ...event, [key]: value }] })?.events ?? [];
        if (kept) expect(typeof kept[key]).toBe(typeof event[key]);
      }),
    );
  });
});

const LISTS = ['events', 'minutes', 'active', 'drops', 'quiet'];

test('counts are read, and those that are none are left out', () => {
  const hour = event.hour;
  const drop = { hour, day: event.day, site: '', reason: 'unknown site', count: 2 };
  const found = read({
    drops: [drop, { ...drop, reason: 'nothing we know' }, { ...drop, count: -1 }],
    quiet: [
      { day: event.day, site: 'main', path: '/', views: 1 },
      { day: event.day, site: '', path: '/', views: 1 },
    ],
    minutes: [{ minute: hour + 60, site: 'main', path: '/', views: 1.5 }],
  });
  expect(found).toMatchObject({ drops: [drop], quiet: [{ site: 'main' }], minutes: [], leftOut: 4 });
});

test('years ago is taken, for imports; the day after tomorrow is not', () => {
  const at = (moment: string) => eventOf({ at: moment });
  const events = [at('2018-01-31T23:30:00Z'), at('2026-11-24T01:00:00Z'), at('2026-11-25T01:00:00Z')];
  expect(read({ events })?.events.map(({ day }) => day)).toEqual(['2018-01-31', '2026-11-24']);
});
