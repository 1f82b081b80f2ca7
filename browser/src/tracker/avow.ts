/** The tracker: page views, how long and how far a page was looked at, and the site's own events. No cookie, no storage. */
import type { CollectBody } from '@avow/protocol/visits';
import { deliver } from './delivery.ts';
import { addressNow, whereFrom } from './page-address.ts';
import type { Part, Told } from './part.ts';
import { edge, parts, quiet } from './script.ts';

declare global {
  interface Window {
    /** The site's own events. */
    avow(name: string, props?: CollectBody['p']): void;
  }
  interface Document {
    readonly prerendering?: boolean;
  }
}

const LOOK_EVERY_MS = 5000;
/** While a machine sleeps timers stand still and some clocks do not: what is above was slept. */
const MOST_AT_ONCE_MS = 10_000;
/** After this a visit is no bounce; then twice as long each time. */
const FIRST_REPORT_MS = 10_000;

let page = '';
/** Milliseconds that no event has told yet: visible *and* focused. */
let engaged = 0;
/** When the time that counts began; 0: it does not count now. */
let since = 0;
let deepest = 0;
let reportAt = 0;

/** 11 random characters, all of them base64url. `crypto.randomUUID` is not there on pages without HTTPS. */
const eventId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(11)), (byte) => (byte % 36).toString(36)).join('');

function tell(event: Told): void {
  if (!quiet || !event.k) deliver({ i: eventId(), u: page, ...(quiet ? { q: 1 } : event) });
}

function look(): void {
  const { hidden, documentElement } = document;
  const now = performance.now();
  if (since) engaged += Math.min(now - since, MOST_AT_ONCE_MS);
  since = !hidden && document.hasFocus() ? now : 0;
  deepest = Math.max(deepest, Math.round((100 * (scrollY + innerHeight)) / documentElement.scrollHeight));
  if (hidden || engaged > reportAt) report();
}

function report(): void {
  const e = Math.round(engaged);
  if (e) tell({ k: 'engagement', e, s: deepest });
  else deliver();
  engaged = 0;
  reportAt *= 2;
}

function view(): void {
  const r = page || document.referrer.replace(/\?.*/, '');
  look();
  report();
  page = addressNow();
  deepest = 0;
  reportAt = FIRST_REPORT_MS;
  tell({ u: page + whereFrom(), r });
}

/** A change of the query or of an anchor is no new page. */
function navigated(): void {
  if (addressNow() !== page) view();
}

async function load(part: string): Promise<void> {
  const { start }: Part = await import(`${edge}avow-${part}.js`);
  start(tell, navigated);
}

function start(): void {
  view();
  addEventListener('pageshow', (event) => event.persisted && view());
  if (window.navigation) navigation.addEventListener('currententrychange', navigated);
  else load('history');
  for (const name of ['visibilitychange', 'focus', 'blur', 'scroll']) addEventListener(name, look, true);
  setInterval(look, LOOK_EVERY_MS);
  if (!quiet) parts?.split(' ').map(load);
}

window.avow = (n, p) => tell({ k: 'event', n, p });

// A page that is rendered ahead counts when somebody sees it.
if (document.prerendering) addEventListener('prerenderingchange', start, true);
else start();
