/** Who refers visitors: public lists (Matomo's, CC0) and our own of mail programs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from '@avow/protocol/visits';
import { getPublicSuffix } from 'tldts';

export interface NamedSource {
  name: string;
  channel: Channel;
}

interface Lists {
  search: Record<string, string>;
  social: Record<string, string>;
  assistants: Record<string, string>;
}

const MAIL: Record<string, string> = {
  'mail.google.com': 'Gmail',
  'com.google.android.gm': 'Gmail',
  'outlook.live.com': 'Outlook',
  'outlook.office.com': 'Outlook',
  'outlook.office365.com': 'Outlook',
  'mail.yahoo.com': 'Yahoo Mail',
  'mail.proton.me': 'Proton Mail',
  'deref-gmx.net': 'GMX',
  'deref-web.de': 'WEB.DE',
  'deref-mail.com': 'mail.com',
};

/** How campaigns abbreviate what the lists have in full. */
const SHORT_NAMES: Record<string, string> = {
  fb: 'Facebook',
  ig: 'Instagram',
  insta: 'Instagram',
  yt: 'YouTube',
  adwords: 'Google',
  googleads: 'Google',
};

function readLists(): Lists {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'data/sources.json'), 'utf8'));
}

/** `maps.google.co.uk` -> `maps.google.{}`: how the lists write a name under every suffix. */
function underAnySuffix(host: string): string {
  const suffix = getPublicSuffix(host);
  return suffix === null || suffix === host ? host : `${host.slice(0, -suffix.length - 1)}.{}`;
}

/** `de.search.yahoo.com` -> `{}.search.yahoo.com`: how they write a name for every country. */
function underAnyCountry(host: string): string {
  return host.replace(/^[a-z]{2,3}\./, '{}.');
}

/** The host and the domains it lies in, down to two labels. */
function* enclosing(host: string): Generator<string> {
  for (let name = host; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) yield name;
}

export interface SourceNames {
  /** By a referrer's host (without `www.`) and path; null where nobody has named it. */
  ofHost(host: string, path: string): NamedSource | null;
  /** By what a campaign calls it: `youtube`, `Facebook`, `ig`; null where that is no name of the lists. */
  ofTag(tag: string): NamedSource | null;
}

export function createSourceNames(): SourceNames {
  const { search, social, assistants } = readLists();
  const named = new Map<string, NamedSource>();
  const add = (list: Record<string, string>, channel: Channel) => {
    for (const [host, name] of Object.entries(list)) if (!named.has(host)) named.set(host, { name, channel });
  };
  add(MAIL, 'mail');
  add(assistants, 'ai-assistant');
  add(search, 'search');
  add(social, 'social');
  const withPath = [...named].filter(([key]) => key.includes('/'));
  const byName = new Map([...named.values()].map((source) => [source.name.toLowerCase(), source]));
  for (const [short, name] of Object.entries(SHORT_NAMES)) {
    const source = byName.get(name.toLowerCase());
    if (source) byName.set(short, source);
  }

  const ofHost: SourceNames['ofHost'] = (host, path) => {
    const address = `${host}${path}`;
    const byPath = withPath.find(([key]) => address === key || address.startsWith(`${key}/`));
    if (byPath) return byPath[1];
    const exact = named.get(host) ?? named.get(underAnySuffix(host)) ?? named.get(underAnyCountry(host));
    if (exact) return exact;
    for (const name of enclosing(host)) {
      const source = named.get(name);
      // Not for search engines: most of what lies under google.com is no search.
      if (source && source.channel !== 'search') return source;
    }
    return /^(web)?mail\./.test(host) ? { name: host, channel: 'mail' } : null;
  };
  return { ofHost, ofTag: (tag) => byName.get(tag.toLowerCase()) ?? null };
}
