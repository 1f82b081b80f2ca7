import type { Filter } from '@avow/protocol/staff/visits';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFilters, toggleFilter, writeFilters } from './filter-text.ts';

const filter: fc.Arbitrary<Filter> = fc.record(
  {
    dimension: fc.constantFrom('country', 'page', 'property:Plan. A'),
    operator: fc.constantFrom('is', 'is not', 'contains', 'starts with'),
    values: fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }),
    within: fc.constant('visit' as const),
  },
  { requiredKeys: ['dimension', 'operator', 'values'] },
) as fc.Arbitrary<Filter>;

test('filters come back from an address as they went in', () => {
  fc.assert(
    fc.property(fc.array(filter, { maxLength: 4 }), (filters) => {
      const plain = filters.map(({ within, ...rest }) => ({ ...rest, ...(within && { within }) }));
      expect(readFilters(writeFilters(filters))).toEqual(plain);
    }),
  );
});

test('can be read and written by hand', () => {
  const filters: Filter[] = [
    { dimension: 'country', operator: 'is', values: ['DE', 'AT'] },
    { dimension: 'page', operator: 'starts with', values: ['/docs'], within: 'visit' },
  ];
  expect(writeFilters(filters)).toBe('country*is*DE*AT**page*visit.starts*/docs');
  expect(readFilters('country*is*DE*AT**page*visit.starts*/docs')).toEqual(filters);
});

test.each(['', 'country', 'country*is', 'country*like*DE', 'a*is*', '****'])(
  'leaves out what cannot be read: %j',
  (text) => {
    expect(readFilters(text)).toEqual([]);
  },
);

test('a value clicked is added, clicked again is taken out', () => {
  const one = toggleFilter([], { dimension: 'country', operator: 'is', value: 'DE' });
  const two = toggleFilter(one, { dimension: 'country', operator: 'is', value: 'AT' });
  expect(two).toEqual([{ dimension: 'country', operator: 'is', values: ['DE', 'AT'] }]);
  expect(toggleFilter(two, { dimension: 'country', operator: 'is', value: 'DE' })).toEqual([
    { dimension: 'country', operator: 'is', values: ['AT'] },
  ]);
  expect(toggleFilter(one, { dimension: 'country', operator: 'is', value: 'DE' })).toEqual([]);
});
