/**
 * The shape of a batch, checked by hand: the edge counts as hostile, and there are thousands of events a second. An event that
 * is no event is left out and counted; a batch that is no batch is refused as a whole.
 */
import { zstdDecompressSync } from 'node:zlib';
import {
  type ActiveVisits,
  DROP_REASONS,
  type DropCount,
  EVENT_KINDS,
  MAX_EVENTS_PER_BATCH,
  MAX_VISIT_BATCH_BYTES,
  type MinuteCount,
  type QuietView,
  type VisitBatch,
  type VisitEvent,
} from '@avow/protocol/visits';
import { addDays, type IsoDay } from '../platform/day.ts';
import { daysFrom } from './reporting-day.ts';

export interface BatchRules {
  /** Ids of the sites. */
  sites: ReadonlySet<string>;
  /** Reporting day. */
  today: IsoDay;
}

/** The batch without what was no event or count, and how many those were. */
export type ReadBatch = Omit<VisitBatch, 'version'> & { leftOut: number };

type Check = (value: unknown, rules: BatchRules) => boolean;
type Checks<Row> = { [Key in keyof Row]-?: Check };

/** Imports come this way too. Clocks may be a day apart. */
const OLDEST_DAYS = 3653;
const DAYS_AHEAD = 1;
const LARGEST_64_BITS = '18446744073709551615';
const LONGEST_PATH = 500;
const LONGEST_WORD = 200;
const MOST_PROPS = 20;

const text =
  (longest: number): Check =>
  // Half a surrogate pair cannot be written as UTF-8: ClickHouse would refuse the whole insert.
  (value) =>
    typeof value === 'string' && value.length <= longest && value.isWellFormed();
const whole =
  (most: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
const oneOf = (values: readonly string[]): Check => {
  const set = new Set<unknown>(values);
  return (value) => set.has(value);
};
const yesOrNo: Check = (value) => typeof value === 'boolean';
const bits64: Check = (value) =>
  typeof value === 'string' &&
  /^\d{1,20}$/.test(value) &&
  (value.length < LARGEST_64_BITS.length || value <= LARGEST_64_BITS);
const site: Check = (value, { sites }) => sites.has(value as string);
const siteOrNone: Check = (value, rules) => value === '' || site(value, rules);
const moment = whole(0xffff_ffff);
const day: Check = (value, { today }) => acceptedDays(today).has(value);
const path = text(LONGEST_PATH);
const word = text(LONGEST_WORD);
const props: Check = (value) => {
  if (!isRecord(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= MOST_PROPS && entries.every(([name, of]) => word(name, NO_RULES) && path(of, NO_RULES));
};
const NO_RULES: BatchRules = { sites: new Set(), today: '' };

const EVENT: Checks<VisitEvent> = {
  id: bits64,
  retried: yesOrNo,
  site,
  hour: moment,
  day,
  visitor: bits64,
  visit: bits64,
  seq: whole(0xffff_ffff),
  kind: oneOf(EVENT_KINDS),
  name: word,
  path,
  target: path,
  firstInVisit: yesOrNo,
  firstOfPath: yesOrNo,
  firstOfDay: yesOrNo,
  engagedMs: whole(86_400_000),
  scrollPercent: whole(100),
  source: word,
  referrer: path,
  channel: oneOf([
    'direct',
    'search',
    'social',
    'ai-assistant',
    'referral',
    'mail',
    'campaign',
    'paid',
    'internal',
  ] satisfies VisitEvent['channel'][]),
  utmSource: word,
  utmMedium: word,
  utmCampaign: word,
  utmContent: word,
  utmTerm: word,
  entryPath: path,
  country: word,
  language: word,
  device: oneOf(['desktop', 'mobile', 'tablet', 'other'] satisfies VisitEvent['device'][]),
  browser: word,
  browserVersion: word,
  os: word,
  osVersion: word,
  bot: word,
  props,
};
const count = whole(1_000_000_000);
const MINUTE: Checks<MinuteCount> = { minute: moment, site, path, views: whole(0xffff_ffff) };
const ACTIVE: Checks<ActiveVisits> = { site, visits: count };
const DROP: Checks<DropCount> = { hour: moment, day, site: siteOrNone, reason: oneOf(DROP_REASONS), count };
const QUIET: Checks<QuietView> = { day, site, path, views: count };

/** Null if these bytes, as they are or decompressed, are no VisitBatch. */
export function readVisitBatch(bytes: Uint8Array, rules: BatchRules): ReadBatch | null {
  if (bytes.length > MAX_VISIT_BATCH_BYTES) return null;
  const json = parse(bytes);
  if (!isRecord(json) || json.version !== 1) return null;
  const { events, minutes, active, drops, quiet } = json;
  const lists = [events, minutes, active, drops, quiet];
  if (!lists.every(Array.isArray) || (events as unknown[]).length > MAX_EVENTS_PER_BATCH) return null;
  const read: Omit<ReadBatch, 'leftOut'> = {
    events: wellShaped<VisitEvent>(events, EVENT, rules).filter(hourFitsDay),
    minutes: wellShaped<MinuteCount>(minutes, MINUTE, rules),
    active: wellShaped<ActiveVisits>(active, ACTIVE, rules),
    drops: wellShaped<DropCount>(drops, DROP, rules).filter(hourFitsDay),
    quiet: wellShaped<QuietView>(quiet, QUIET, rules),
  };
  const kept = Object.values(read).reduce((sum, list) => sum + list.length, 0);
  const came = lists.reduce<number>((sum, list) => sum + (list as unknown[]).length, 0);
  return { ...read, leftOut: came - kept };
}

let accepted = { today: '', days: new Set<unknown>() };

function acceptedDays(today: IsoDay): ReadonlySet<unknown> {
  if (accepted.today !== today) {
    const days = daysFrom(addDays(today, -OLDEST_DAYS), addDays(today, DAYS_AHEAD));
    accepted = { today, days: new Set(days) };
  }
  return accepted.days;
}

function wellShaped<Row>(rows: unknown, checks: Checks<Row>, rules: BatchRules): Row[] {
  const entries = Object.entries<Check>(checks);
  const fits = (row: unknown): row is Row =>
    isRecord(row) && entries.every(([key, check]) => Object.hasOwn(row, key) && check(row[key], rules));
  return (rows as unknown[]).filter(fits);
}

/** A zone is at most 14 hours off, so the day's hours begin within a day of its beginning in UTC, either way. */
function hourFitsDay({ hour, day: of }: { hour: number; day: string }): boolean {
  const hours = (hour - Date.parse(of) / 1000) / 3600;
  return hours >= -15 && hours < 39;
}

/** Zstandard's magic number (RFC 8878 section 3.1.1). */
const PACKED = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** Throws when the bytes would unpack to more than a batch may hold. */
function unpacked(bytes: Uint8Array): Uint8Array {
  if (!PACKED.equals(bytes.subarray(0, PACKED.length))) return bytes;
  return zstdDecompressSync(bytes, { maxOutputLength: MAX_VISIT_BATCH_BYTES });
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(unpacked(bytes)));
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
