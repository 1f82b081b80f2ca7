/** Step `read source`: where a visit came from, by its referrer and the campaign in the page's address. */
import type { Channel } from '@avow/protocol/visits';
import { LRUCache } from 'lru-cache';
import { known, type PassingEvent, type Step } from './event.ts';
import type { SiteContracts } from './site-contracts.ts';
import { createSourceNames, type NamedSource } from './source-lists.ts';
import { plainHost, plainText } from './strip-addresses.ts';

/** Only whether one is there is looked at: they name the click, and so the person, to the network that sold it. */
const PAID_CLICKS = ['gclid', 'gbraid', 'wbraid', 'msclkid', 'dclid', 'yclid', 'twclid', 'ttclid', 'li_fat_id'];
const PAID_MEDIUM = /^(cpc|ppc|cpm|cpv|cpa|paid.*|display|banner|ads?|retargeting)$/i;
const MAIL_MEDIUM = /^(e-?mail|newsletter|mailing)$/i;
const SOCIAL_MEDIUM = /^(social|social[-_ ]?(network|media)|sm)$/i;
const MAX_KNOWN_HOSTS = 2048;
const NOWHERE: NamedSource = { name: '', channel: 'direct' };

interface Campaign {
  source: string;
  medium: string;
  paid: boolean;
}

function readCampaign(event: PassingEvent): Campaign {
  const { searchParams } = known(event.page);
  if (searchParams.size === 0) return { source: '', medium: '', paid: false };
  const read = (name: string) => plainText(searchParams.get(name) ?? '');
  const { draft } = event;
  draft.utmSource = read('utm_source') || read('source') || read('ref');
  draft.utmMedium = read('utm_medium');
  draft.utmCampaign = read('utm_campaign');
  draft.utmContent = read('utm_content');
  draft.utmTerm = read('utm_term');
  const paid = PAID_MEDIUM.test(draft.utmMedium) || PAID_CLICKS.some((name) => searchParams.has(name));
  return { source: draft.utmSource, medium: draft.utmMedium, paid };
}

function channelOf(campaign: Campaign, referred: NamedSource): Channel {
  if (campaign.paid) return 'paid';
  if (MAIL_MEDIUM.test(campaign.medium)) return 'mail';
  if (SOCIAL_MEDIUM.test(campaign.medium)) return 'social';
  if (referred.channel !== 'direct' && referred.channel !== 'referral') return referred.channel;
  return campaign.source || campaign.medium ? 'campaign' : referred.channel;
}

export function readSource(sites: SiteContracts): Step {
  const names = createSourceNames();
  const hosts = new LRUCache<string, NamedSource>({ max: MAX_KNOWN_HOSTS });

  /** Remembered by host; a path matters for so few that those are not remembered. */
  function named(host: string, path: string): NamedSource {
    const remembered = path === '/' || path === '' ? hosts.get(host) : undefined;
    if (remembered) return remembered;
    const source = names.ofHost(host, path) ?? { name: host, channel: 'referral' };
    if (path === '/' || path === '') hosts.set(host, source);
    return source;
  }

  function referredBy(event: PassingEvent): NamedSource {
    const { referrer } = event;
    if (referrer === null || !known(event.site).collects('referrer')) return NOWHERE;
    const site = sites.ofHost(referrer.hostname);
    if (site !== null) return { name: site === event.site ? '' : site.id, channel: 'internal' };
    return named(plainHost(referrer).slice(0, 200), referrer.pathname);
  }

  /** `utm_source=chatgpt.com` or `=youtube`, which come without a referrer from applications. */
  function taggedBy({ source }: Campaign): NamedSource {
    if (source.includes('.')) return named(source.toLowerCase(), '');
    return names.ofTag(source) ?? NOWHERE;
  }

  return (event) => {
    const campaign = known(event.site).collects('campaign')
      ? readCampaign(event)
      : { source: '', medium: '', paid: false };
    const referred = referredBy(event);
    const tagged = taggedBy(campaign);
    const from = referred.channel === 'direct' && tagged.channel !== 'referral' ? tagged : referred;
    event.draft.channel = channelOf(campaign, from);
    event.draft.source = from.name || campaign.source;
    return event;
  };
}
