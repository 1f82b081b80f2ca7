/**
 * Step `label bots`: who does not look like a person's browser keeps a label with the reasons, and is left out of the figures
 * by default; nobody is dropped, so that it can be seen and judged anew. Each sign has a weight, and it takes two: no list of
 * words decides alone (isbot's does for about 1 % of real browsers).
 */
import { createMemo } from '../platform/memo.ts';
import { header, type PassingEvent, type Step } from './event.ts';
import { MAX_USER_AGENT } from './read-device.ts';
import { createSpammerList } from './spammers.ts';
import { readUserAgentSigns, type UserAgentSigns } from './user-agent-signs.ts';

/** Label -> weight. The labels are stored: changing one changes what old figures mean. */
export const SIGNS = {
  'no user agent': 2,
  'names its operator': 2,
  'word list': 1,
  'robot list': 1,
  'names itself': 1,
  'not a browser': 1,
  headless: 2,
  'no language': 1,
  'no encoding': 1,
  'no fetch metadata': 1,
  'no origin': 1,
  'headers contradict': 2,
  'names a sender': 2,
  'strange proxy': 1,
  'spam referrer': 2,
} as const;
export type Sign = keyof typeof SIGNS;

const ENOUGH = 2;
const MAX_LABEL = 200;
const MAX_KNOWN_USER_AGENTS = 2048;

const CONTRADICTING_PLATFORMS = new Map([
  ['"Windows"', /Android|Macintosh|iPhone|iPad/],
  ['"macOS"', /Android|Windows NT|iPhone/],
  ['"Android"', /Windows NT|Macintosh|iPhone|iPad/],
  ['"Linux"', /Windows NT|Macintosh|iPhone|iPad/],
]);

function contradicts(event: PassingEvent, userAgent: string): boolean {
  if (CONTRADICTING_PLATFORMS.get(header(event, 'sec-ch-ua-platform'))?.test(userAgent)) return true;
  // Only Chromium knows client hints.
  return header(event, 'sec-ch-ua') !== '' && /Firefox\/|Version\/[\d.]+ (Mobile\/\w+ )?Safari\//.test(userAgent);
}

/** Browsers send these to every site that came over HTTPS, since Chrome 80, Firefox 90 and Safari 16.4. */
function lacksFetchMetadata(event: PassingEvent, { isModern }: UserAgentSigns): boolean {
  return isModern && header(event, 'origin').startsWith('https:') && header(event, 'sec-fetch-site') === '';
}

function* headerSigns(event: PassingEvent, userAgent: string, signs: UserAgentSigns): Generator<Sign> {
  if (header(event, 'accept-language') === '') yield 'no language';
  if (header(event, 'accept-encoding') === '') yield 'no encoding';
  if (lacksFetchMetadata(event, signs)) yield 'no fetch metadata';
  if (header(event, 'origin') === '' && header(event, 'referer') === '') yield 'no origin';
  if (/Headless/i.test(header(event, 'sec-ch-ua'))) yield 'headless';
  if (contradicts(event, userAgent)) yield 'headers contradict';
  if (header(event, 'from') !== '') yield 'names a sender';
}

/** `isProxied`: a proxy that is not one of ours has written into the headers, as machines in data centres do. */
export function labelBots(isProxied: (event: PassingEvent) => boolean): Step {
  const seen = createMemo(MAX_KNOWN_USER_AGENTS, readUserAgentSigns);
  const isSpammer = createSpammerList();
  return (event) => {
    const userAgent = header(event, 'user-agent').slice(0, MAX_USER_AGENT);
    const ofUserAgent = seen(userAgent);
    const signs: Sign[] = [...ofUserAgent.signs, ...headerSigns(event, userAgent, ofUserAgent)];
    if (isProxied(event)) signs.push('strange proxy');
    if (event.referrer !== null && isSpammer(event.referrer.hostname)) signs.push('spam referrer');
    const weight = signs.reduce((sum, sign) => sum + SIGNS[sign], 0);
    if (weight >= ENOUGH) event.draft.bot = signs.join(', ').slice(0, MAX_LABEL);
    return event;
  };
}
