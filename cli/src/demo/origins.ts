/** Where a visit of the play comes from: referrer, and the campaign in the address of its first page. */
import type { Random } from './random.ts';

export interface Origin {
  referrer: string;
  /** Query of the first page, without the question mark. */
  query: string;
  /** Kind of page that visitors from here begin on. */
  lands: 'home' | 'inside' | 'offer';
}

/** Shares of the year's beginning and of its end: assistants grow at the cost of search. */
const KINDS = [
  ['direct', 34, 33],
  ['search', 40, 33],
  ['assistant', 2, 9],
  ['social', 9, 10],
  ['referral', 9, 9],
  ['mail', 6, 6],
] as const;

const SEARCH = [
  ['https://www.google.com/', 62],
  ['https://www.google.de/', 18],
  ['https://www.bing.com/', 8],
  ['https://duckduckgo.com/', 6],
  ['https://www.ecosia.org/', 4],
  ['https://search.yahoo.com/', 1],
  ['https://www.startpage.com/', 1],
] as const;
const ASSISTANTS = [
  ['https://chatgpt.com/', 58],
  ['https://www.perplexity.ai/', 18],
  ['https://gemini.google.com/', 12],
  ['https://claude.ai/', 8],
  ['https://copilot.microsoft.com/', 4],
] as const;
const SOCIAL = [
  ['https://www.reddit.com/', 30],
  ['https://www.youtube.com/', 26],
  ['https://www.facebook.com/', 14],
  ['https://www.linkedin.com/', 10],
  ['https://mastodon.social/', 8],
  ['https://bsky.app/', 7],
  ['https://t.co/', 5],
] as const;
const REFERRALS = [
  ['https://software-vergleich.example/foto', 4],
  ['https://fotoforum.example/t/8812', 3],
  ['https://studio-notes.example/tools', 3],
  ['https://school-media.example/links', 2],
  ['https://magazin.example/tests/suite-8', 2],
] as const;

/** Days of the year (0 = first day of the play) on which something was advertised. */
const CAMPAIGNS = [
  { from: 0.08, to: 0.13, name: 'spring-sale', source: 'newsletter', medium: 'email', referrer: '' },
  { from: 0.3, to: 0.36, name: 'suite-8-launch', source: 'google', medium: 'cpc', referrer: 'https://www.google.com/' },
  { from: 0.33, to: 0.4, name: 'suite-8-launch', source: 'youtube', medium: 'paid-social', referrer: '' },
  { from: 0.62, to: 0.66, name: 'back-to-school', source: 'instagram', medium: 'paid-social', referrer: '' },
  { from: 0.88, to: 0.93, name: 'black-friday', source: 'newsletter', medium: 'email', referrer: '' },
] as const;

/** `elapsed`: of the play, 0 to 1. */
export function chooseOrigin(random: Random, elapsed: number): Origin {
  const running = CAMPAIGNS.filter(({ from, to }) => elapsed >= from && elapsed < to);
  if (running.length > 0 && random.chance(0.22)) {
    const { name, source, medium, referrer } = random.one(running);
    const query = `utm_source=${source}&utm_medium=${medium}&utm_campaign=${name}&utm_content=${random.one(['a', 'b'])}`;
    return { referrer, query: medium === 'cpc' ? `${query}&gclid=x` : query, lands: 'offer' };
  }
  const kind = random.weighted(KINDS.map(([name, first, last]) => [name, first + (last - first) * elapsed] as const));
  switch (kind) {
    case 'search':
      return { referrer: random.weighted(SEARCH), query: '', lands: random.chance(0.4) ? 'home' : 'inside' };
    case 'assistant':
      return { referrer: random.weighted(ASSISTANTS), query: '', lands: 'inside' };
    case 'social':
      return { referrer: random.weighted(SOCIAL), query: '', lands: 'inside' };
    case 'referral':
      return { referrer: random.weighted(REFERRALS), query: '', lands: 'inside' };
    case 'mail':
      return { referrer: '', query: 'utm_source=newsletter&utm_medium=email&utm_campaign=monthly', lands: 'offer' };
    case 'direct':
      return { referrer: '', query: '', lands: random.chance(0.7) ? 'home' : 'inside' };
  }
}

/** More people on the days of a campaign. */
export function campaignLift(elapsed: number): number {
  return 1 + 0.25 * CAMPAIGNS.filter(({ from, to }) => elapsed >= from && elapsed < to).length;
}
