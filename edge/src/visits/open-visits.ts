/** The visits that go on: in memory only, bounded, forgotten 30 minutes after their last event. */
import { randomFillSync } from 'node:crypto';
import type { ActiveVisits, VisitEvent } from '@avow/protocol/visits';
import { LRUCache } from 'lru-cache';
import { createMemo } from '../platform/memo.ts';

/** What the first event of a visit knows, and all others repeat. */
export type VisitOrigin = Pick<
  VisitEvent,
  'source' | 'referrer' | 'channel' | 'utmSource' | 'utmMedium' | 'utmCampaign' | 'utmContent' | 'utmTerm' | 'entryPath'
>;

export interface OpenVisit {
  visitor: string;
  site: string;
  visit: string;
  /** Unix milliseconds of the last event. */
  lastSeen: number;
  /** Events so far. */
  events: number;
  origin: VisitOrigin;
  /** Once a robot, always a robot. */
  bot: string;
  /** Hashes of the pages seen: few, so that a list takes less than a set. */
  paths: number[];
  minute: number;
  viewsInMinute: number;
}

export const IDLE_MS = 30 * 60_000;
const ACTIVE_MS = 5 * 60_000;
export const MAX_OPEN_VISITS = 100_000;
/** More pages than this are not told apart within one visit. */
const MAX_PATHS = 128;
/** No person opens more than one page a second for a whole minute. */
const MAX_VIEWS_A_MINUTE = 60;

const MAX_KNOWN_ORIGINS = 8_192;
/** No part of an origin holds one: control characters do not get this far. */
const SEPARATOR = '\0';

/**
 * Visits that came from the same place to the same page share one origin. Its texts are cut from the key that it is remembered
 * by: what an event holds may be cut from a whole address, and would keep all of that in memory.
 */
function createOrigins(): (event: VisitEvent) => VisitOrigin {
  const remembered = createMemo(MAX_KNOWN_ORIGINS, (key): VisitOrigin => {
    const [source = '', referrer = '', channel = '', utmSource = '', ...rest] = key.split(SEPARATOR);
    const [utmMedium = '', utmCampaign = '', utmContent = '', utmTerm = '', entryPath = ''] = rest;
    const utm = { utmSource, utmMedium, utmCampaign, utmContent, utmTerm };
    return { source, referrer, channel: channel as VisitOrigin['channel'], ...utm, entryPath };
  });
  return ({ source, referrer, channel, utmSource, utmMedium, utmCampaign, utmContent, utmTerm, path }) =>
    remembered(
      [source, referrer, channel, utmSource, utmMedium, utmCampaign, utmContent, utmTerm, path].join(SEPARATOR),
    );
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  return hash;
}

/** Asking for random bytes costs a system call, whether few or many. */
const randomness = Buffer.alloc(8 * 512);
let spent = randomness.length;

/** Random 64 bits as a decimal string. */
function randomId(): string {
  if (spent === randomness.length) {
    randomFillSync(randomness);
    spent = 0;
  }
  spent += 8;
  return randomness.readBigUInt64BE(spent - 8).toString();
}

export interface OpenVisits {
  /** The visit of this visitor on this site if it goes on at `now`. */
  find(visitor: string, site: string, now: number): OpenVisit | null;
  /** The visit even if it has been idle for too long, as far as it is remembered. */
  findIdle(visitor: string, site: string): OpenVisit | null;
  begin(visitor: string, now: number, event: VisitEvent): OpenVisit;
  /** Visits with an event in the last five minutes; sites without one are told too. */
  active(now: number, sites: readonly string[]): ActiveVisits[];
  readonly size: number;
}

export function createOpenVisits(max = MAX_OPEN_VISITS): OpenVisits {
  const visits = new LRUCache<string, OpenVisit>({ max });
  const originOf = createOrigins();
  const key = (visitor: string, site: string) => `${visitor} ${site}`;

  return {
    find(visitor, site, now) {
      const visit = visits.get(key(visitor, site));
      return visit !== undefined && now - visit.lastSeen < IDLE_MS ? visit : null;
    },
    findIdle: (visitor, site) => visits.peek(key(visitor, site)) ?? null,
    begin(visitor, now, event) {
      const visit: OpenVisit = {
        visitor,
        site: event.site,
        visit: randomId(),
        lastSeen: now,
        events: 0,
        origin: originOf(event),
        bot: event.bot,
        paths: [],
        minute: 0,
        viewsInMinute: 0,
      };
      visits.set(key(visitor, event.site), visit);
      return visit;
    },
    active(now, sites) {
      const counts = new Map(sites.map((site) => [site, 0]));
      // Newest first, so the first old one ends it.
      for (const visit of visits.values()) {
        if (now - visit.lastSeen >= ACTIVE_MS) break;
        if (visit.bot === '') counts.set(visit.site, (counts.get(visit.site) ?? 0) + 1);
      }
      return [...counts].map(([site, count]) => ({ site, visits: count }));
    },
    get size() {
      return visits.size;
    },
  };
}

/** Whether this is the visit's first view of the path. */
export function isFirstOfPath(visit: OpenVisit, path: string): boolean {
  const hash = hashOf(path);
  if (visit.paths.includes(hash) || visit.paths.length >= MAX_PATHS) return false;
  visit.paths.push(hash);
  return true;
}

/** Counts a view; false if this is more than a person does. */
export function keepsPace(visit: OpenVisit, now: number): boolean {
  const minute = Math.floor(now / 60_000);
  if (visit.minute !== minute) {
    visit.minute = minute;
    visit.viewsInMinute = 0;
  }
  visit.viewsInMinute += 1;
  return visit.viewsInMinute <= MAX_VIEWS_A_MINUTE;
}
