import { describe, expect, test } from 'vitest';
import { exampleConfig } from '../testing.ts';
import { arriving, type PassingEvent } from './event.ts';
import { parseEvent } from './parse-event.ts';
import { readSource } from './read-source.ts';
import { createSiteContracts } from './site-contracts.ts';
import { createSourceNames } from './source-lists.ts';
import { eventId } from './testing.ts';

const config = await exampleConfig();
const sites = createSiteContracts(config.sites);
const step = readSource(sites);

function read(referrer: string, query = ''): PassingEvent['draft'] {
  const text = JSON.stringify({ i: eventId(), u: `https://nordlicht.example/${query}`, r: referrer });
  const event = arriving({ now: 0, address: '', headers: {}, text });
  parseEvent(event);
  event.site = sites.ofHost('nordlicht.example');
  step(event);
  return event.draft;
}

describe('a referrer', () => {
  test.each([
    ['https://www.google.co.uk/', 'search', 'Google'],
    ['https://google.de/', 'search', 'Google'],
    ['https://de.search.yahoo.com/', 'search', 'Yahoo!'],
    ['https://duckduckgo.com/', 'search', 'DuckDuckGo'],
    ['https://www.bing.com/images/search?q=x', 'search', 'Bing Images'],
    ['https://www.ecosia.org/', 'search', 'Ecosia'],
    ['https://chatgpt.com/', 'ai-assistant', 'ChatGPT'],
    ['https://www.perplexity.ai/search/x', 'ai-assistant', 'Perplexity'],
    ['https://gemini.google.com/app', 'ai-assistant', 'Gemini'],
    ['https://x.com/i/grok/abc', 'ai-assistant', 'Grok'],
    ['https://x.com/i/grokking', 'social', 'Twitter'],
    ['https://l.facebook.com/l.php?u=x', 'social', 'Facebook'],
    ['https://out.reddit.com/', 'social', 'reddit'],
    ['https://mail.google.com/mail/u/0/', 'mail', 'Gmail'],
    ['android-app://com.google.android.gm', 'mail', 'Gmail'],
    ['https://webmail.example.org/', 'mail', 'webmail.example.org'],
    ['https://docs.google.com/', 'referral', 'docs.google.com'],
    ['https://www.heise.de/news/x?wt=1', 'referral', 'heise.de'],
    ['https://user:secret@blog.example:8443/a?b#c', 'referral', 'blog.example'],
    ['https://labs.localhost/', 'internal', 'labs'],
    ['https://nordlicht.example/other', 'internal', ''],
    ['', 'direct', ''],
    ['javascript:alert(1)', 'direct', ''],
    ['not an address', 'direct', ''],
    ['https://', 'direct', ''],
  ])('%s is of the channel %s', (referrer, channel, source) => {
    expect(read(referrer)).toMatchObject({ channel, source });
  });
});

describe('a campaign', () => {
  test.each([
    ['?utm_source=letter&utm_medium=email', '', 'mail', 'letter'],
    ['?utm_source=x&utm_medium=CPC', 'https://www.google.com/', 'paid', 'Google'],
    ['?gclid=abc', 'https://www.google.com/', 'paid', 'Google'],
    ['?utm_source=spring&utm_medium=flyer', '', 'campaign', 'spring'],
    ['?ref=friends', 'https://blog.example/', 'campaign', 'blog.example'],
    ['?utm_source=chatgpt.com', '', 'ai-assistant', 'ChatGPT'],
    ['?utm_source=YouTube', '', 'social', 'YouTube'],
    ['?utm_source=youtube&utm_medium=video', '', 'social', 'YouTube'],
    ['?ref=fb', '', 'social', 'Facebook'],
    ['?utm_source=google&utm_medium=cpc', '', 'paid', 'Google'],
    ['?utm_source=reddit', 'https://blog.example/', 'campaign', 'blog.example'],
    ['?utm_source=__proto__', '', 'campaign', '__proto__'],
    ['?utm_medium=social', '', 'social', ''],
    ['?utm_source=%00%1b[31mx%F0%9F', '', 'campaign', '[31mx\uFFFD'],
    ['?constructor=1&__proto__=2', '', 'direct', ''],
  ])('%s from %j is of the channel %s', (query, referrer, channel, source) => {
    expect(read(referrer, query)).toMatchObject({ channel, source });
  });

  test('keeps the five UTM texts, cut, and nothing else of the query', () => {
    const long = 'x'.repeat(1000);
    const draft = read(
      '',
      `?utm_source=a&utm_medium=b&utm_campaign=${long}&utm_content=d&utm_term=e&fbclid=SECRET&email=me`,
    );
    expect(draft).toMatchObject({ utmSource: 'a', utmMedium: 'b', utmContent: 'd', utmTerm: 'e' });
    expect(draft.utmCampaign).toHaveLength(200);
    expect(JSON.stringify(draft)).not.toMatch(/SECRET|"me"/);
  });
});

test('no name of a built-in property is taken for a source', () => {
  const { ofHost, ofTag } = createSourceNames();
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    expect([ofHost(name, ''), ofTag(name)]).toEqual([null, null]);
  }
});
