/** W5: figures are about people. Robots keep a label with the reasons; nobody's browser gets one by a word alone. */
import { isbot } from 'isbot';
import { describe, expect, test } from 'vitest';
import { arriving } from './event.ts';
import { labelBots } from './label-bots.ts';
import { BROWSERS, ROBOTS } from './test-user-agents.ts';
import { BROWSER } from './testing.ts';

const step = labelBots(() => false);

function label(headers: Record<string, string>, referrer = ''): string {
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
  const event = arriving({ now: 0, address: '', headers: sent, text: '' });
  event.referrer = URL.parse(referrer);
  step(event);
  return event.draft.bot;
}

/** A user agent in the headers of a browser, so that nothing but the user agent can tell. */
const plain = {
  'accept-language': 'en',
  'accept-encoding': 'gzip',
  origin: 'https://nordlicht.example',
  'sec-fetch-site': 'same-origin',
};
const byUserAgent = (userAgent: string) => label({ ...plain, 'user-agent': userAgent });

describe('by user agent alone', () => {
  test(`at least 99 % of ${ROBOTS.length} robots are labelled`, () => {
    const missed = ROBOTS.filter((userAgent) => byUserAgent(userAgent) === '');
    expect(missed).toEqual([]);
  });

  test(`none of ${BROWSERS.length} browsers is labelled, though the word list alone would have taken some`, () => {
    expect(BROWSERS.filter((userAgent) => byUserAgent(userAgent) !== '')).toEqual([]);
    expect(BROWSERS.filter((userAgent) => isbot(userAgent)).length).toBeGreaterThan(0);
  });

  test('the label says why', () => {
    expect(byUserAgent('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)')).toBe(
      'word list, names itself, names its operator, not a browser',
    );
    expect(byUserAgent('')).toBe('no user agent');
  });
});

describe("a browser's user agent", () => {
  const safari =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15';

  test.each([
    [
      'without languages, encodings or fetch metadata',
      { 'accept-language': '', 'accept-encoding': '', 'sec-fetch-site': '' },
      'no language, no encoding, no fetch metadata',
    ],
    ['on another platform than the client hints say', { 'sec-ch-ua-platform': '"Android"' }, 'headers contradict'],
    [
      'of Safari with the client hints of Chromium',
      { 'user-agent': safari, 'sec-ch-ua': '"Chromium";v="146"' },
      'headers contradict',
    ],
    ['with the hints of a headless one', { 'sec-ch-ua': '"HeadlessChrome";v="146"' }, 'headless'],
    ['of somebody who names a sender', { from: 'crawler@example.org' }, 'names a sender'],
  ])("%s is a robot's", (_name, headers, expected) => {
    expect(label({ ...BROWSER, ...headers })).toBe(expected);
  });

  test.each([
    ['no language', { 'accept-language': '' }],
    ['no encoding', { 'accept-encoding': '' }],
    ['no fetch metadata', { 'sec-fetch-site': '' }],
    ['no client hints', { 'sec-ch-ua-platform': '' }],
    ['nothing unusual', {}],
  ])("with %s stays a person's: one weak sign is none", (_name, headers) => {
    expect(label({ ...BROWSER, ...headers })).toBe('');
  });

  test('that comes from a referrer spammer is labelled', () => {
    expect(label(BROWSER, 'http://www.007agent-i.fr/x')).toBe('spam referrer');
    expect(label(BROWSER, 'http://agent-i.fr/x')).toBe('');
  });
});
