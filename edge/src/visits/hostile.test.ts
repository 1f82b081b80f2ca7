/** Nothing that anybody sends makes the collector fail: it is counted, refused, and never a 5xx. */
import { createTestDatabase, type TestDatabase } from '@avow/engines/testing';
import { EVENT_KINDS } from '@avow/protocol/visits';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyTables } from '../testing.ts';
import { BROWSER, eventId, startTestCollector, type TestCollector } from './testing.ts';

let database: TestDatabase;
let edge: TestCollector;

beforeAll(async () => {
  database = await createTestDatabase();
  await emptyTables(database.url);
  edge = await startTestCollector(database.url, {
    config(config) {
      const [main] = config.sites;
      if (main) main.collect.events = { buy: { props: ['edition', 'constructor'] } };
    },
  });
});

afterAll(async () => {
  await edge.close();
  await database.drop();
});

const KEYS = [
  'i',
  'k',
  'u',
  'r',
  'n',
  'p',
  'e',
  's',
  't',
  '__proto__',
  'constructor',
  'address',
  'ip',
  'ua',
  'time',
  'at',
  'now',
];
const strangeText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '__proto__',
    'toString',
    '\u0000',
    '\ud800',
    "'; DROP TABLE spool_items; --",
    '9'.repeat(400),
    '2999-01-01T00:00:00Z',
  ),
);
const strangeUrl = fc.oneof(
  strangeText,
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  strangeText.map((text) => `https://nordlicht.example/${text}`),
  strangeText.map((text) => `https://nordlicht.example/?utm_source=${text}&utm_medium=${text}`),
  fc.constantFrom(
    'file:///etc/passwd',
    'data:text/html,x',
    'https://nordlicht.example.:443/',
    'HTTPS://NORDLICHT.EXAMPLE//',
    'blob:https://nordlicht.example/x',
  ),
);
const strange = fc.oneof(
  strangeText,
  fc.jsonValue({ maxDepth: 6 }),
  fc.double(),
  fc.array(fc.integer(), { maxLength: 500 }),
);
/** Mostly right: what passes the first checks and fails late finds more. */
const mostly = <T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<unknown> = strange): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: wrong });
const nearlyRight = fc.record(
  {
    i: mostly(fc.constant('').map(eventId)),
    u: mostly(
      strangeText.map((text) => `https://nordlicht.example/${text}`),
      fc.oneof(strangeUrl, strange),
    ),
    k: mostly(fc.constantFrom(...EVENT_KINDS)),
    r: mostly(strangeUrl),
    n: mostly(fc.oneof(strangeUrl, fc.constant('buy'))),
    p: mostly(fc.dictionary(strangeText, fc.oneof(strangeText, fc.boolean(), fc.integer()), { maxKeys: 40 })),
    e: mostly(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
    s: mostly(fc.nat()),
    t: mostly(fc.constant(1)),
  },
  { requiredKeys: ['i', 'u'] },
);
const body = fc.oneof(
  { weight: 4, arbitrary: nearlyRight.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...KEYS), strange).map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 9000 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.constantFrom('[['.repeat(2000), '{"__proto__":{"i":1}}', 'null', '"x"', '1e999', '') },
);
const headerText = fc.string({ maxLength: 200 }).map((text) => text.replace(/[^\x20-\x7e]/g, ' '));
const headers = fc.record(
  {
    'user-agent': headerText,
    'accept-language': headerText,
    'x-forwarded-for': fc.oneof(
      headerText,
      fc.array(fc.oneof(fc.ipV4(), fc.ipV6()), { maxLength: 30 }).map((ips) => ips.join(', ')),
    ),
    origin: mostly(
      fc.constant('https://nordlicht.example'),
      fc.oneof(headerText, fc.constantFrom('null', 'https://')),
    ).map(String),
    referer: headerText,
    'sec-ch-ua-platform': fc.constantFrom('"Windows"', '__proto__', 'constructor'),
    'sec-purpose': headerText,
    dnt: headerText,
  },
  { requiredKeys: [] },
);

test('W6: hostile beacons are never a 5xx, and what is stored of them is in shape', { timeout: 60_000 }, async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(body, headers, async (sent, more) => {
      const { status } = await edge.call('POST', '/collect', sent, { ...BROWSER, ...more });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect([202, 204, 400, 403, 413]).toContain(status);
      expect(
        (
          await edge.call(
            'GET',
            `/collect.gif?u=${encodeURIComponent(String(sent).toWellFormed())}`.slice(0, 4000),
            '',
            more,
          )
        ).status,
      ).toBe(200);
    }),
    { numRuns: 250 },
  );
  // Else nothing came far enough to do harm.
  expect(statuses.get(202)).toBeGreaterThan(10);
  for (const event of await edge.events()) {
    expect(event).toMatchObject({ site: 'main', day: '2026-11-23', hour: 1_795_431_600 });
    expect(event.path).toMatch(/^\//);
    expect(Object.keys(event.props).every((name) => name === 'edition' || name === 'constructor')).toBe(true);
    expect(JSON.stringify(event).isWellFormed()).toBe(true);
  }
});
