/** For tests: visits as an edge would send them, at random from a seed. */
import { randomUUID } from 'node:crypto';
import type { DropCount, MinuteCount, QuietView, VisitBatch, VisitEvent } from '@avow/protocol/visits';
import { reportingDay } from './reporting-day.ts';

const EMPTY: VisitEvent = {
  id: '0',
  retried: false,
  site: 'main',
  hour: 0,
  day: '',
  visitor: '0',
  visit: '0',
  seq: 0,
  kind: 'view',
  name: '',
  path: '/',
  target: '',
  firstInVisit: false,
  firstOfPath: false,
  firstOfDay: false,
  engagedMs: 0,
  scrollPercent: 0,
  source: '',
  referrer: '',
  channel: 'direct',
  utmSource: '',
  utmMedium: '',
  utmCampaign: '',
  utmContent: '',
  utmTerm: '',
  entryPath: '/',
  country: '',
  language: '',
  device: 'desktop',
  browser: '',
  browserVersion: '',
  os: '',
  osVersion: '',
  bot: '',
  props: {},
};

export function eventOf(changes: Partial<VisitEvent> & { at: string; timeZone?: string }): VisitEvent {
  const { at, timeZone = 'UTC', ...rest } = changes;
  const moment = new Date(at);
  const hour = Math.floor(moment.getTime() / 3_600_000) * 3600;
  return { ...EMPTY, id: random64(), hour, day: reportingDay(moment, timeZone), ...rest };
}

export function batchOf(
  events: VisitEvent[],
  more: { drops?: DropCount[]; quiet?: QuietView[]; minutes?: MinuteCount[] } = {},
): { id: string; body: Buffer } {
  const batch: VisitBatch = { version: 1, events, minutes: [], active: [], drops: [], quiet: [], ...more };
  return { id: randomUUID(), body: Buffer.from(JSON.stringify(batch)) };
}

function random64(): string {
  return BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 16)}`).toString();
}

/** Numbers from 0 to `below`, always the same ones for a seed (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const pick = <T>(random: (below: number) => number, values: readonly T[]): T => values[random(values.length)] as T;

/** Visits of up to six pages that begin somewhere from `from` to `to` and may go on beyond. */
export function randomVisits(options: {
  seed: number;
  visits: number;
  from: string;
  to: string;
  timeZone: string;
}): VisitEvent[] {
  const random = seeded(options.seed);
  const begin = Date.parse(options.from);
  const length = Date.parse(options.to) - begin;
  const events: VisitEvent[] = [];
  for (let count = 0; count < options.visits; count++) {
    let moment = begin + random(length);
    const visit = random64();
    const paths = new Set<string>();
    const path = () => `/${pick(random, ['', 'a', 'b', 'c'])}`;
    const entryPath = path();
    const ofVisit = {
      site: pick(random, ['main', 'labs']),
      visitor: String(random(options.visits) + 1),
      visit,
      entryPath,
      source: pick(random, ['', 'Google', 'example.org']),
      channel: pick(random, ['direct', 'search', 'referral'] as const),
      country: pick(random, ['DE', 'AT', '']),
      device: pick(random, ['desktop', 'mobile'] as const),
      browser: pick(random, ['Firefox', 'Chrome']),
      browserVersion: pick(random, ['', '140', '141']),
      os: 'Linux',
      bot: random(12) === 0 ? 'declared' : '',
    };
    let seq = 0;
    const add = (changes: Partial<VisitEvent>) => {
      const at = new Date(moment).toISOString();
      const firstInVisit = seq === 0;
      events.push(eventOf({ at, timeZone: options.timeZone, ...ofVisit, firstInVisit, seq: seq++, ...changes }));
    };
    for (let page = 0; page <= random(6); page++) {
      const here = page === 0 ? entryPath : path();
      add({ path: here, firstOfPath: !paths.has(here) });
      paths.add(here);
      moment += random(25 * 60_000);
      if (random(4) > 0) add({ kind: 'engagement', path: here, engagedMs: random(20_000), scrollPercent: random(101) });
      if (random(5) === 0) add({ kind: 'event', name: pick(random, ['sign-up', 'play']), path: here });
      if (random(8) === 0) add({ kind: 'outbound', target: 'example.com/x', path: here });
      moment += random(25 * 60_000);
    }
  }
  return events;
}
