import type { AvowConfig } from '@avow/config/config';
import { expect, test } from 'vitest';
import { underContract } from './contract.ts';
import type { SumRow } from './sum-row.ts';

type Collect = AvowConfig['sites'][number]['collect'];

const COLLECT: Collect = {
  fields: ['referrer', 'campaign', 'language', 'device', 'engagement', 'scroll'],
  geography: 'country',
  events: {},
  actions: ['outbound'],
  excludePaths: ['/intern/*', '/draft'],
};

const row = (dimension: SumRow['dimension'], value = 'x'): SumRow => ({
  dimension,
  day: '2026-01-01',
  value,
  measures: { visits: 5, engaged_ms: 1_000, visit_engaged_ms: 900, scrolled: 3, scroll_percent: 150 },
});
const kept = (rows: SumRow[], collect: Partial<Collect>) =>
  underContract(rows, { ...COLLECT, ...collect }).map(({ dimension, value }) => `${dimension} ${value}`);

test('pages that the site leaves out stay out of what is imported, too', () => {
  const rows = ['/', '/intern/plan', '/draft', '/drafts'].flatMap((path) => [row('page', path), row('entry', path)]);
  expect(kept(rows, {})).toEqual(['page /', 'entry /', 'page /drafts', 'entry /drafts']);
});

test('engaged time and scroll depth are kept only where the site collects them', () => {
  const measures = (fields: Collect['fields']) => underContract([row('total')], { ...COLLECT, fields })[0]?.measures;
  expect(measures(['engagement'])).toMatchObject({ visits: 5, engaged_ms: 1_000, visit_engaged_ms: 900, scrolled: 0 });
  expect(measures(['scroll'])).toMatchObject({ engaged_ms: 0, visit_engaged_ms: 0, scrolled: 3, scroll_percent: 150 });
});

test('a dimension stays out with the field that it belongs to', () => {
  const rows = [
    row('source'),
    row('utm_term'),
    row('language'),
    row('os'),
    row('country'),
    row('outbound'),
    row('form'),
  ];
  expect(kept(rows, {})).toEqual(['source x', 'utm_term x', 'language x', 'os x', 'country x', 'outbound x']);
  expect(kept(rows, { fields: [], geography: 'none', actions: [] })).toEqual([]);
});
