/** Step `parse`: what a browser sent, checked by hand, because this runs for every page view. Nothing of it is believed. */
import { type CollectBody, EVENT_KINDS, type EventKind } from '@avow/protocol/visits';
import { drop, type PassingEvent, type StepOutcome } from './event.ts';

const MAX_URL = 2048;
const MAX_NAME = 2048;
const MAX_PROPS = 30;
/** Longer than any page is looked at between two reports. */
const MAX_ENGAGED_MS = 4 * 3_600_000;

const EVENT_ID = /^[A-Za-z0-9_-]{11}$/;
const KINDS: ReadonlySet<unknown> = new Set(EVENT_KINDS);
/** Without a name these say nothing. */
const NAMED: ReadonlySet<EventKind> = new Set<EventKind>(['event', 'outbound', 'download', 'form']);

const isText = (value: unknown, max: number): value is string => typeof value === 'string' && value.length <= max;
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

function isProps(value: unknown): value is NonNullable<CollectBody['p']> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const values = Object.values(value);
  return (
    values.length <= MAX_PROPS &&
    values.every((entry) => isText(entry, MAX_NAME) || typeof entry === 'boolean' || Number.isFinite(entry))
  );
}

function isCollectBody(value: unknown): value is CollectBody {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { i, k, u, r, n, p, e, s, t } = value as Record<keyof CollectBody, unknown>;
  return (
    typeof i === 'string' &&
    EVENT_ID.test(i) &&
    isText(u, MAX_URL) &&
    (k === undefined || KINDS.has(k)) &&
    (r === undefined || typeof r === 'string') &&
    (n === undefined || isText(n, MAX_NAME)) &&
    (p === undefined || isProps(p)) &&
    (e === undefined || isNumber(e)) &&
    (s === undefined || isNumber(s)) &&
    (t === undefined || t === 1)
  );
}

/** The web address, or null: whatever is no http(s) is none. */
export function webAddress(text: string): URL | null {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null;
}

/** A referrer may also be an app: `android-app://com.example`. What cannot be read is not there. */
function referrerAddress(text: string | undefined): URL | null {
  if (text === undefined || text === '' || text.length > MAX_URL) return null;
  return text.startsWith('android-app://') ? URL.parse(text) : webAddress(text);
}

/** 11 characters of base64url are 66 bits; the last two say nothing. */
function decimalId(id: string): string {
  return Buffer.from(id, 'base64url').readBigUInt64BE().toString();
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function parseEvent(event: PassingEvent): StepOutcome {
  const body = readJson(event.text);
  if (!isCollectBody(body)) return drop(event, 'malformed');
  const page = webAddress(body.u);
  const kind = body.k ?? 'view';
  if (page === null || (NAMED.has(kind) && !body.n)) return drop(event, 'malformed');

  const { draft } = event;
  event.body = body;
  event.page = page;
  event.referrer = referrerAddress(body.r);
  draft.id = decimalId(body.i);
  draft.retried = body.t === 1;
  draft.kind = kind;
  if (kind === 'engagement') {
    draft.engagedMs = Math.min(Math.round(body.e ?? 0), MAX_ENGAGED_MS);
    draft.scrollPercent = Math.min(Math.round(body.s ?? 0), 100);
  }
  return event;
}
