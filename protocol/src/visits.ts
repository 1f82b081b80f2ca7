/**
 * What the edge hands to the vault about visits: batches of events, each a row of the vault's `visit_events`. There is no
 * address in them, no time finer than the hour, and no identity: a visitor id lives one day, under a salt that nobody keeps.
 */

/** `view`: a page was loaded. `engagement`: how long it was looked at. `act`: never in a visit (see ActCount). */
export type EventKind = 'view' | 'engagement' | 'event' | 'outbound' | 'download' | 'not-found' | 'form';

export const EVENT_KINDS = [
  'view',
  'engagement',
  'event',
  'outbound',
  'download',
  'not-found',
  'form',
] as const satisfies EventKind[];

export type Channel =
  | 'direct'
  | 'search'
  | 'social'
  | 'ai-assistant'
  | 'referral'
  | 'mail'
  | 'campaign'
  | 'paid'
  | 'internal';

export type DeviceClass = 'desktop' | 'mobile' | 'tablet' | 'other';

/** Empty strings stand for "not known" or "not collected under the site's contract". */
export interface VisitEvent {
  /** Random 64 bits as a decimal string, made by the client; the same again for a retry. */
  id: string;
  /** The client sent this event before and got no answer. */
  retried: boolean;
  site: string;
  /** Unix seconds of the start of the hour in the site's reporting time zone. */
  hour: number;
  /** ISO date of that hour in the reporting time zone. */
  day: string;
  /** 64 bits as a decimal string; valid for one UTC day. */
  visitor: string;
  /** Random 64 bits as a decimal string. */
  visit: string;
  /** 0 for the first event of the visit. */
  seq: number;
  kind: EventKind;
  /** Name of a custom event, id of a form; empty for views. */
  name: string;
  /** Path of the page, without query and fragment, at most 500 characters. */
  path: string;
  /** Outbound: host and path. Download: path of the file. */
  target: string;
  firstInVisit: boolean;
  /** First view of this path in this visit: visits per page are a plain sum. */
  firstOfPath: boolean;
  /** First event of this visitor on this site and day. */
  firstOfDay: boolean;
  /** Engagement: milliseconds visible and focused, since the last engagement event of the same page view. */
  engagedMs: number;
  /** Engagement: greatest scroll depth so far, percent. */
  scrollPercent: number;
  /** The visit's, repeated on each of its events: host of the referrer or name of the source. */
  source: string;
  referrer: string;
  channel: Channel;
  utmSource: string;
  utmMedium: string;
  utmCampaign: string;
  utmContent: string;
  utmTerm: string;
  /** Path of the visit's first page. */
  entryPath: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Primary language subtag, lower case. */
  language: string;
  device: DeviceClass;
  browser: string;
  /** Major version. */
  browserVersion: string;
  os: string;
  osVersion: string;
  /** Empty, or why it is left out of the figures by default. */
  bot: string;
  /** Declared properties only. */
  props: Record<string, string>;
}

/** Views per minute, site and page, for realtime; without visit. Kept one hour. */
export interface MinuteCount {
  /** Unix seconds of the start of the minute. */
  minute: number;
  site: string;
  path: string;
  views: number;
}

/** Visits with an event in the last five minutes, as the edge's memory has it. */
export interface ActiveVisits {
  site: string;
  visits: number;
}

/** Counted and dropped: how many, for which closed reason, in which hour. Also what Global Privacy Control left uncounted. */
export interface DropCount {
  hour: number;
  day: string;
  site: string;
  reason: DropReason;
  count: number;
}

export const DROP_REASONS = [
  'rate limited',
  'unknown site',
  'malformed',
  'too large',
  'wrong origin',
  'prefetched',
  'excluded path',
  'undeclared event',
  'repeated',
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Page views under Global Privacy Control or Do Not Track: site, page and day are counted, nothing else is kept. */
export interface QuietView {
  day: string;
  site: string;
  path: string;
  views: number;
}

/** One spool item of the lane `visits`: JSON, UTF-8, as it is or compressed (Zstandard, RFC 8878). Its id is the spool item's id. */
export interface VisitBatch {
  version: 1;
  events: VisitEvent[];
  minutes: MinuteCount[];
  active: ActiveVisits[];
  drops: DropCount[];
  quiet: QuietView[];
}

/** Bytes of one batch, at most, compressed and not. */
export const MAX_VISIT_BATCH_BYTES = 2 * 1024 * 1024;
export const MAX_EVENTS_PER_BATCH = 4096;

/**
 * What a browser sends to `POST /collect` (JSON, `text/plain` or `application/json`, at most 8 KiB): short keys, because it is
 * sent with every page. Times, addresses and user agents are never taken from it.
 */
export interface CollectBody {
  /** Event id: 11 random characters of base64url (of 64 symbols or fewer). */
  i: string;
  /** Kind; absent: `view`. */
  k?: EventKind;
  /** Absolute URL of the page. */
  u: string;
  /** Referrer, on views. */
  r?: string;
  /** Name of a custom event or form, target of an outbound link or download. */
  n?: string;
  /** Properties of a custom event. */
  p?: Record<string, string | number | boolean>;
  /** Engaged milliseconds. */
  e?: number;
  /** Scroll depth, percent. */
  s?: number;
  /** 1: sent before, no answer came. */
  t?: 1;
  /** 1: the page saw Global Privacy Control or Do Not Track, should the browser not say so in a header. Only `i`, `u` and `t` beside it. */
  q?: 1;
}
