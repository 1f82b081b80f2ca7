/** What is kept of web addresses: never a query, a fragment, a session or click id, credentials or an e-mail address. */
import type { CollectBody } from '@avow/protocol/visits';
import { known, type PassingEvent, type StepOutcome } from './event.ts';
import { webAddress } from './parse-event.ts';

const MAX_PATH = 500;
const MAX_TEXT = 200;

/** `;jsessionid=…` and other parameters that servers hide in paths. */
const PATH_PARAMETERS = /;[^/]*/g;
const ESCAPES = /%[0-9A-Fa-f]{2}/g;
const MAIL_IN_SEGMENT = /[^/]*(?:@|%40)[^/]*/g;

/** The path of an address, at most 500 characters; segments that hold an e-mail address become `:mail`. */
export function plainPath(url: URL): string {
  let path = url.pathname;
  if (path.includes(';')) path = path.replace(PATH_PARAMETERS, '');
  if (path.includes('@') || path.includes('%40')) path = path.replace(MAIL_IN_SEGMENT, ':mail');
  // `%c3` and `%C3` are the same (RFC 3986 section 6.2.2.1), and so one page.
  if (path.includes('%')) path = path.replace(ESCAPES, (escaped) => escaped.toUpperCase());
  // A cut may not leave half of an escaped character behind.
  return path.length <= MAX_PATH ? path : path.slice(0, MAX_PATH).replace(/%[0-9A-Fa-f]?$/, '');
}

/** Host, without `www.`, and path. */
export function plainAddress(url: URL): string {
  const path = plainPath(url);
  return `${plainHost(url)}${path === '/' ? '' : path}`.slice(0, MAX_PATH);
}

export function plainHost(url: URL): string {
  return url.hostname.replace(/^www\./, '').replace(/\.$/, '');
}

/** One line without control characters and halves of characters, at most 200 long. */
export function plainText(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(/\p{C}+/gu, ' ')
    .trim();
}

function targetOf(body: CollectBody, kind: string): string {
  const url = webAddress(body.n ?? '');
  if (url === null) return '';
  return kind === 'outbound' ? plainAddress(url) : plainPath(url);
}

/** Only declared properties, as text. */
function declaredProps(props: CollectBody['p'], declared: ReadonlySet<string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of declared) {
    if (props && Object.hasOwn(props, name)) kept[name] = plainText(String(props[name]));
  }
  return kept;
}

/** Step `strip addresses`. */
export function stripAddresses(event: PassingEvent): StepOutcome {
  const { draft } = event;
  const site = known(event.site);
  const body = known(event.body);
  draft.path = plainPath(known(event.page));
  if (event.referrer !== null && site.collects('referrer')) draft.referrer = plainAddress(event.referrer);
  if (draft.kind === 'event' || draft.kind === 'form') draft.name = plainText(body.n ?? '');
  if (draft.kind === 'outbound' || draft.kind === 'download') draft.target = targetOf(body, draft.kind);
  if (draft.kind === 'event') draft.props = declaredProps(body.p, site.propsOf('event', body.n ?? '') ?? new Set());
  if (!site.collects('engagement')) draft.engagedMs = 0;
  if (!site.collects('scroll')) draft.scrollPercent = 0;
  return event;
}
