/** Random traffic for tests: visits around changes of the clocks and midnights, flagged as the edge flags them. */
import type { VisitEvent } from '@avow/protocol/visits';
import type { ClickHouseClient } from '@clickhouse/client';
import fc from 'fast-check';
import { localDay } from './zone.ts';

const HOUR = 3600;
export const PATHS = ['/', '/docs', '/docs/start', '/shop/ä', '/404'] as const;

/** Hours before which something happens in Berlin or UTC: the clocks go forward, go back, a year ends, an ordinary midnight. */
const TURNS = ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-10-25T00:00Z', '2025-12-31T23:00Z', '2026-03-10T23:00Z'];

const step = fc.record({
  kind: fc.constantFrom(
    'view',
    'view',
    'view',
    'engagement',
    'engagement',
    'event',
    'outbound',
    'download',
    'not-found',
    'form' as const,
  ),
  path: fc.constantFrom(...PATHS),
  hoursLater: fc.constantFrom(0, 0, 0, 1),
  engagedMs: fc.constantFrom(0, 3_000, 9_999, 10_000, 61_000),
  scrollPercent: fc.constantFrom(0, 25, 60, 100),
  name: fc.constantFrom('signup', 'play'),
  plan: fc.constantFrom('free', 'pro', null),
});

const visit = fc.record({
  site: fc.constantFrom('main', 'labs'),
  turn: fc.constantFrom(...TURNS),
  hours: fc.integer({ min: -30, max: 30 }),
  visitor: fc.integer({ min: 1, max: 6 }),
  source: fc.constantFrom('', 'Google', 'chatgpt.com'),
  country: fc.constantFrom('', 'DE', 'AT'),
  bot: fc.constantFrom('', '', '', 'word list'),
  steps: fc.array(step, { minLength: 1, maxLength: 7 }),
});

export const traffic = fc
  .array(visit, { minLength: 100, maxLength: 140 })
  .map((visits) => eventsOf(visits, 'Europe/Berlin'));

function eventsOf(
  visits: readonly (typeof visit extends fc.Arbitrary<infer V> ? V : never)[],
  zone: string,
): VisitEvent[] {
  const events: VisitEvent[] = [];
  visits.forEach(({ steps, ...made }, number) => {
    let hour = Date.parse(made.turn) / 1000 + made.hours * HOUR;
    // An id lives one UTC day; a visit that goes over midnight keeps its own.
    const visitor = `${Math.floor(hour / 86_400)}${made.visitor}`;
    const seen = new Set<string>();
    const entryPath = steps[0]?.path ?? '/';
    // No page is scrolled before it was loaded.
    const loaded = steps.flatMap((one) => {
      const first = !seen.has(one.path);
      seen.add(one.path);
      return first && one.kind !== 'view' ? [{ ...one, kind: 'view' as const, hoursLater: 0 }, one] : [one];
    });
    seen.clear();
    loaded.forEach((one, seq) => {
      hour += one.hoursLater * HOUR;
      const view = one.kind === 'view';
      const firstOfPath = view && !seen.has(one.path);
      if (view) seen.add(one.path);
      const named = one.kind === 'event' || one.kind === 'form';
      events.push({
        id: String(events.length + 1),
        retried: false,
        site: made.site,
        hour,
        day: localDay(hour, zone),
        visitor,
        visit: String(number + 1),
        seq,
        kind: one.kind as VisitEvent['kind'],
        name: named ? one.name : '',
        path: one.path,
        target: one.kind === 'outbound' ? 'example.org/a' : one.kind === 'download' ? '/setup.exe' : '',
        firstInVisit: seq === 0,
        firstOfPath,
        firstOfDay: false,
        engagedMs: one.kind === 'engagement' ? one.engagedMs : 0,
        scrollPercent: one.kind === 'engagement' ? one.scrollPercent : 0,
        source: made.source,
        referrer: made.source && `${made.source}/page`,
        channel: made.source === '' ? 'direct' : made.source === 'Google' ? 'search' : 'ai-assistant',
        utmSource: '',
        utmMedium: '',
        utmCampaign: made.source && 'spring',
        utmContent: '',
        utmTerm: '',
        entryPath,
        country: made.country,
        language: made.country === '' ? '' : 'de',
        device: made.visitor % 2 ? 'desktop' : 'mobile',
        browser: 'Firefox',
        browserVersion: String(140 + (made.visitor % 3)),
        os: 'Linux',
        osVersion: '',
        bot: made.bot,
        props: one.kind === 'event' && one.plan !== null ? { plan: one.plan } : {},
      });
    });
  });
  return events;
}

export async function insertEvents(client: ClickHouseClient, events: readonly VisitEvent[]): Promise<void> {
  const values = events.map((event) => {
    const row = Object.entries(event).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      typeof value === 'boolean' ? Number(value) : value,
    ]);
    return {
      ...Object.fromEntries(row),
      received: new Date().toISOString().slice(0, 10),
      batch: '00000000-0000-0000-0000-000000000001',
    };
  });
  await client.insert({ table: 'visit_events', values, format: 'JSONEachRow' });
}
