/** What is refused or cut, by the pipeline alone: what a page may say of itself, and what nobody is believed. */
import { randomBytes } from 'node:crypto';
import type { CollectBody } from '@avow/protocol/visits';
import { describe, expect, test } from 'vitest';
import { createRateLimits } from '../platform/rate-limits.ts';
import { exampleConfig } from '../testing.ts';
import { createEventMemory } from './event-memory.ts';
import { createPipeline, type PipelineOutcome } from './pipeline.ts';
import { createSiteContracts } from './site-contracts.ts';
import { BROWSER, eventId, MONDAY, view } from './testing.ts';

const config = structuredClone(await exampleConfig());
for (const site of config.sites) site.collect.events = { buy: { props: ['edition'] } };
const salts = { today: randomBytes(32), previous: null };
const pipeline = createPipeline({
  config,
  limits: createRateLimits(null),
  memory: createEventMemory(),
  countryOf: () => 'DE',
  salts: () => salts,
});

function send(body: object, headers: Record<string, string> = {}): PipelineOutcome {
  const arrival = {
    now: MONDAY,
    address: '203.0.113.7',
    headers: { ...BROWSER, ...headers },
    text: JSON.stringify(body),
  };
  return pipeline.pass(arrival);
}
const reasonOf = (outcome: PipelineOutcome) => ('dropped' in outcome ? outcome.dropped : 'none');
const eventOf = (outcome: PipelineOutcome) => ('event' in outcome ? outcome.event : null);

describe('a page says where it is', () => {
  test('also with the dot at the end of a complete host name', () => {
    const outcome = send({ ...view(), u: 'https://nordlicht.example./a' }, { origin: 'https://nordlicht.example.' });
    expect(eventOf(outcome)).toMatchObject({ site: 'main', path: '/a' });
    expect(eventOf(send(view('/b'), { origin: 'https://nordlicht.example.' }))).toMatchObject({ path: '/b' });
  });

  test.each([
    'https://other.example',
    'null',
    'https://nordlicht.example.evil.example',
    'https://nordlicht-labs.example',
  ])('and its browser says that it is there: not %s', (origin) =>
    expect(reasonOf(send(view(), { origin }))).toBe('wrong origin'),
  );

  test.each([
    'https://nordlicht.example.evil.example/',
    'https://example/',
    'https://[::1]/',
    'https://sub.nordlicht.example/',
  ])('%s is no site of ours', (u) => expect(reasonOf(send({ ...view(), u }, { origin: '' }))).toBe('unknown site'));

  test.each(['/my', '/my/products', '/confirm', '/sign-in/code', '/members/x', '/email-change/1', '/hold'])(
    '%s is a page of a person, which is in no visit (W6)',
    (path) => expect(reasonOf(send(view(path)))).toBe('excluded path'),
  );
});

test.each([
  ['sec-purpose', 'prefetch'],
  ['sec-purpose', 'prefetch;prerender'],
  ['purpose', 'prefetch'],
  ['x-moz', 'prefetch'],
])('what nobody has seen yet is no view (%s: %s)', (name, value) => {
  expect(reasonOf(send(view(), { [name]: value }))).toBe('prefetched');
});

describe('an event', () => {
  const props = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, at]));
  const buy = (p: unknown) => ({ ...view(), k: 'event', n: 'buy', p });

  test('has no more than thirty properties, of plain values', () => {
    expect(eventOf(send(buy({ ...props(29), edition: 'pro' })))?.props).toEqual({ edition: 'pro' });
    for (const p of [
      props(31),
      ['pro'],
      [],
      { edition: { name: 'pro' } },
      { edition: ['pro'] },
      { edition: null },
      'pro',
      7,
    ]) {
      expect(reasonOf(send(buy(p)))).toBe('malformed');
    }
  });

  test('tells no more time than a page can be looked at, and no depth beyond the end', () => {
    const engaged = (more: Partial<CollectBody>) => eventOf(send({ ...view(), k: 'engagement', ...more }));
    expect(engaged({ e: 1e15, s: 4000 })).toMatchObject({ engagedMs: 4 * 3_600_000, scrollPercent: 100 });
    expect(engaged({ e: 1500.4, s: 12.6 })).toMatchObject({ engagedMs: 1500, scrollPercent: 13 });
    for (const e of [-1, '5', null, [1]]) expect(reasonOf(send({ ...view(), k: 'engagement', e }))).toBe('malformed');
  });

  test('is of the time and the sender that the edge saw, whatever it says of them', () => {
    const forged = {
      day: '2999-01-01',
      hour: 1,
      time: '2999-01-01T00:00:00Z',
      site: 'labs',
      address: '192.0.2.1',
      visitor: '1',
      visit: '2',
      bot: '',
      country: 'US',
    };
    expect(eventOf(send({ ...view('/f'), ...forged }))).toMatchObject({
      site: 'main',
      day: '2026-11-23',
      country: 'DE',
      path: '/f',
    });
    const plain = eventOf(send(view('/g')));
    const again = eventOf(send({ ...view('/h'), ...forged }, { 'x-forwarded-for': '192.0.2.1' }));
    expect(again).toMatchObject({ visitor: plain?.visitor, visit: plain?.visit });
  });

  test.each([
    '{"__proto__":{"i":"aaaaaaaaaaa","u":"https://nordlicht.example/"}}',
    `{"i":"${eventId()}","u":"https://nordlicht.example/","k":"__proto__"}`,
    `{"i":"${eventId()}","u":"https://nordlicht.example/","k":"constructor"}`,
    `{"i":"${eventId()}","u":["https://nordlicht.example/"]}`,
    `{"i":"short","u":"https://nordlicht.example/"}`,
    `[${'[1],'.repeat(1500)}1]`,
    'null',
  ])('that is none is counted as malformed: %s', (text) => {
    const outcome = pipeline.pass({ now: MONDAY, address: '203.0.113.7', headers: BROWSER, text });
    expect(reasonOf(outcome)).toBe('malformed');
    expect(Object.prototype).not.toHaveProperty('i');
  });
});

test.each([
  ['www.shop.example.co.uk', 'example.co.uk'],
  ['nordlicht.github.io', 'nordlicht.github.io'],
  ['a.b.nordlicht.example', 'nordlicht.example'],
  ['bücher.example.de', 'example.de'],
  ['localhost', 'localhost'],
  ['192.0.2.10', '192.0.2.10'],
  ['co.uk', 'co.uk'],
])('the host %s belongs to whoever registered %s', (host, registered) => {
  const [site] = config.sites;
  if (!site) throw new Error('no site');
  const sites = createSiteContracts([{ ...site, hosts: [host] }]);
  expect(sites.registrableHost(host)).toBe(registered);
  expect(sites.ofHost(host)?.id).toBe(site.id);
  expect(sites.ofHost(`x${host}`)).toBeNull();
});
