import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type JsonValue } from '../canonical-json.ts';
import { checkReport } from './check-report.ts';
import type { SignedConfiguration } from './configuration.ts';
import { roundInstalled } from './installed.ts';
import { roundCountry, SUB_REGIONS } from './regions.ts';
import { bucketOf, OS_FAMILIES, OTHER, type Report, type ReportContent, reportBytes, START_BUCKETS } from './report.ts';
import { UNSIGNED } from './test-configuration.ts';
import { addWeeks, weekStart } from './weeks.ts';

const configuration: SignedConfiguration = { ...UNSIGNED, signature: '' };
const now = '2026-W48';
const bytesOf = (value: JsonValue) => canonicalJson(value);
const check = (bytes: Uint8Array, log = [configuration]) => checkReport(bytes, log, now);

const week = fc.integer({ min: -5, max: -1 }).map((weeks) => addWeeks(now, weeks));
const nonce = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('base64url'));
const [suite, large] = UNSIGNED.products;
const applicationsOf = (product = suite) => product?.applications.map(({ id }) => id) ?? [];

const base = fc.record({
  facet: fc.constant('base' as const),
  product: fc.constant('suite'),
  version: fc.constantFrom('8.0', '8.1', OTHER),
  system: fc.constantFrom(
    ...OS_FAMILIES.flatMap((os) =>
      (os === 'other' ? [OTHER] : [...UNSIGNED.osVersions[os], OTHER]).map((osVersion) => ({ os, osVersion })),
    ),
  ),
  country: fc.constantFrom('DE', 'FR', 'US', OTHER, ...Object.keys(SUB_REGIONS)),
});
const contents: fc.Arbitrary<ReportContent> = fc.oneof(
  base.map(({ system, ...rest }) => ({ ...rest, ...system })),
  fc.subarray(applicationsOf()).map((chosen) => ({
    facet: 'apps' as const,
    product: 'suite',
    applications: [...chosen].sort(),
  })),
  fc.constantFrom(...applicationsOf(large)).map((application) => ({
    facet: 'apps' as const,
    product: 'large',
    application,
  })),
  fc.record({
    facet: fc.constant('starts' as const),
    product: fc.constant('suite'),
    application: fc.constantFrom(...applicationsOf()),
    starts: fc.constantFrom(...START_BUCKETS),
  }),
  fc.constant({ facet: 'none' as const }),
);
const report: fc.Arbitrary<Report> = fc.oneof(
  fc
    .record({ fieldList: fc.constant(1), week, nonce })
    .chain((head) => contents.map((content) => ({ ...head, ...content }))),
  fc.record({ week, nonce, daysBefore: fc.integer({ min: 0, max: 6000 }) }).map(({ daysBefore, ...head }): Report => {
    const moment = new Date(weekStart(head.week).getTime() - daysBefore * 86_400_000);
    return {
      ...head,
      fieldList: 1,
      facet: 'age',
      product: 'suite',
      installed: roundInstalled(moment, head.week) ?? '',
    };
  }),
);

/** Everything a report can say, by facet and field: whatever a changed report says outside of it has to be refused. */
function isOnTheList(value: Record<string, JsonValue>): boolean {
  const fields: Record<string, string[]> = {
    base: ['country', 'os', 'osVersion', 'product', 'version'],
    age: ['installed', 'product'],
    starts: ['application', 'product', 'starts'],
    none: [],
  };
  const names = Object.keys(value)
    .filter((name) => !['facet', 'fieldList', 'nonce', 'week'].includes(name))
    .sort();
  if (value.facet !== 'apps') return names.join() === fields[String(value.facet)]?.join();
  return ['application,product', 'applications,product'].includes(names.join());
}

const KNOWN = new Set<JsonValue>([
  ...UNSIGNED.products.flatMap(({ id, versions, applications }) => [id, ...versions, ...applications.map((a) => a.id)]),
  ...Object.values(UNSIGNED.osVersions).flat(),
  ...OS_FAMILIES,
  ...START_BUCKETS,
  ...Object.keys(SUB_REGIONS),
  ...UNSIGNED.countries,
  'base',
  'age',
  'apps',
  'starts',
  'none',
  OTHER,
  1,
]);

/** A report changed in one place: a field gone, more, renamed, of another type or value. */
const mutated = fc
  .record({
    original: report,
    name: fc.oneof(fc.string(), fc.constantFrom('product', 'application', 'applications', 'country', 'week', 'extra')),
    value: fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.constantFrom('suite', '8.0', '', null, [], {}, '2026-11-18', '>100'),
    ),
    kind: fc.constantFrom('set', 'drop', 'rename'),
    at: fc.nat(8),
  })
  .map(({ original, name, value, kind, at }) => {
    const fields: Record<string, JsonValue> = JSON.parse(new TextDecoder().decode(reportBytes(original)));
    const names = Object.keys(fields);
    const field = names[at % names.length] ?? '';
    const before = fields[field] ?? null;
    if (kind !== 'set') delete fields[field];
    if (kind === 'rename') Object.defineProperty(fields, name, { value: before, enumerable: true, configurable: true });
    if (kind === 'set') fields[at % 2 ? field : name === '__proto__' ? 'proto' : name] = value as JsonValue;
    return fields;
  });

describe('a report', () => {
  it('is taken when all of it is on the signed list', () => {
    fc.assert(
      fc.property(report, (given) => {
        expect(check(reportBytes(given))).toEqual(given);
      }),
      { numRuns: 3_000 },
    );
  });

  it('with anything outside the closed list is refused, whatever is changed in it (S3)', () => {
    let refused = 0;
    fc.assert(
      fc.property(mutated, (fields) => {
        const result = check(bytesOf(fields));
        if ('refused' in result) {
          refused += 1;
          return;
        }
        expect(isOnTheList(fields)).toBe(true);
        for (const [name, value] of Object.entries(fields)) {
          if (name === 'nonce') expect(value).toMatch(/^[\w-]{22}$/);
          else if (name === 'week') expect(weekStart(String(value)) < weekStart(now)).toBe(true);
          else if (name === 'installed') expect(value).toMatch(/^(older|20\d\d(-\d\d|-W\d\d)?)$/);
          else for (const one of Array.isArray(value) ? value : [value]) expect(KNOWN.has(one)).toBe(true);
        }
      }),
      { numRuns: 20_000 },
    );
    expect(refused).toBeGreaterThan(10_000);
  });

  it('is refused when the same JSON is written in another way: there is no room for a message in it', () => {
    fc.assert(
      fc.property(report, fc.constantFrom('space', 'order', 'twice', 'escape'), (given, way) => {
        const text = new TextDecoder().decode(reportBytes(given));
        const first = /^\{("\w+":)/.exec(text)?.[1] ?? '';
        const written = {
          space: ` ${text}`,
          order: JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse())),
          twice: text.replace('{', `{${first}"x",`),
          escape: text.replace('nonce', '\\u006eonce'),
        }[way];
        expect(check(new TextEncoder().encode(written))).toEqual({ refused: 'malformed' });
      }),
    );
  });

  it('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(check(bytes)).toHaveProperty('refused');
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(check(bytesOf(value as JsonValue))).toHaveProperty('refused');
      }),
    );
  });

  const head = { fieldList: 1, week: '2026-W47', nonce: 'AAAAAAAAAAAAAAAAAAAAAA' };

  it.each([
    ['2026-W48', 'the running week'],
    ['2026-W49', 'a week to come'],
    ['2026-W42', 'the sixth week before'],
    ['2026-11-16', 'a day'],
  ])('about %s (%s) is refused', (about) => {
    const bytes = bytesOf({ ...head, week: about, facet: 'none' });
    expect(check(bytes)).toEqual({ refused: 'report_week_closed' });
  });

  it('is checked against the field list it names, and refused where there is none', () => {
    const later = { ...configuration, version: 2, fieldList: 2, countries: ['AT', 'DE', 'FR', 'US'] };
    const from = (country: string, fieldList: number) =>
      bytesOf({
        ...head,
        fieldList,
        facet: 'base',
        product: 'suite',
        version: '8.0',
        os: 'linux',
        osVersion: '6',
        country,
      });
    const log = [configuration, later];
    expect(check(from('AT', 2), log)).toHaveProperty('country', 'AT');
    expect(check(from('AT', 1), log)).toEqual({ refused: 'report_not_listed' });
    expect(check(from('DE', 1), log)).toHaveProperty('country', 'DE');
    expect(check(from('DE', 3), log)).toEqual({ refused: 'field_list_unknown' });
  });

  it('of a facet that no chart needs is refused', () => {
    const without = { ...configuration, charts: configuration.charts.filter(({ facet }) => facet !== 'age') };
    const bytes = bytesOf({ ...head, facet: 'age', product: 'suite', installed: '2026-W47' });
    expect(check(bytes)).toHaveProperty('installed');
    expect(check(bytes, [without])).toEqual({ refused: 'report_not_listed' });
  });

  it('of a product with few applications cannot tell one of them alone: it would be told apart by that', () => {
    const bytes = bytesOf({ ...head, facet: 'apps', product: 'suite', application: 'disc' });
    expect(check(bytes)).toEqual({ refused: 'report_not_listed' });
  });
});

describe('what a machine knows', () => {
  it('is rounded to what may leave it', () => {
    expect([0, 1, 2, 3, 5, 6, 10, 11, 20, 21, 50, 51, 100, 101].map(bucketOf)).toEqual([
      '0',
      '1',
      '2',
      '3-5',
      '3-5',
      '6-10',
      '6-10',
      '11-20',
      '11-20',
      '21-50',
      '21-50',
      '51-100',
      '51-100',
      '>100',
    ]);
    expect(['DE', 'AT', 'YE', 'ZZ', '', 'de', 'US'].map((country) => roundCountry(country, ['DE', 'US']))).toEqual([
      'DE',
      'western-europe',
      'western-asia',
      'other',
      'other',
      'other',
      'US',
    ]);
  });
});
