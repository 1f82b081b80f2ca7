/** What the browser of one visitor sends during one visit, as the tracker would send it. */
import type { AvowConfig } from '@avow/config/config';
import type { Arrival } from '@avow/edge/visits-import/counting';
import type { CollectBody } from '@avow/protocol/visits';
import type { Origin } from './origins.ts';
import type { Random } from './random.ts';
import { MISSING, type Page, type SitePages } from './site-pages.ts';

export type Site = AvowConfig['sites'][number];

export interface Visitor {
  address: string;
  headers: Record<string, string>;
}

export interface Visit {
  site: Site;
  map: SitePages;
  visitor: Visitor;
  origin: Origin;
  /** Unix milliseconds of the first page view. */
  at: number;
}

const MOST_PAGES = 14;
/** Visits that see at once that this is not what they looked for. */
const GLANCES = 0.36;
const ACTIONS = { download: 0.3, outbound: 0.12, event: 0.08, form: 0.03, missing: 0.012 } as const;
const PROPS: Record<string, readonly string[]> = {
  edition: ['essentials', 'standard', 'studio'],
  course: ['first-film', 'better-light'],
  pack: ['nature', 'city'],
  mood: ['good', 'mixed', 'bad'],
};

export function playVisit(random: Random, { site, map, visitor, origin, at }: Visit): Arrival[] {
  const home = `https://${site.hosts[0]}`;
  const headers = { ...visitor.headers, origin: home };
  const sent: Arrival[] = [];
  let now = at;
  const send = (body: Omit<CollectBody, 'i'>): void => {
    const text = JSON.stringify({ i: eventId(random), ...body });
    sent.push({ now: Math.floor(now), address: visitor.address, headers, text });
  };
  const wait = (seconds: number): void => {
    now += Math.max(0.2, seconds) * 1000;
  };

  let page = firstPage(random, map, origin);
  let referrer = origin.referrer;
  let query = origin.query === '' ? '' : `?${origin.query}`;
  const glances = random.chance(GLANCES);
  for (let seen = 0; seen < MOST_PAGES; seen += 1) {
    const url = `${home}${page.path}${query}`;
    send({ u: url, ...(referrer !== '' && { r: referrer }) });
    const seconds = glances ? 1 + 8 * random.next() : Math.min(1_200, random.around(page.seconds, 0.8));
    const scroll = Math.min(100, Math.round(random.around(55, 0.5)));
    wait(seconds * 0.7);
    if (!glances) act(random, page, site, url, send);
    wait(seconds * 0.3);
    send({ k: 'engagement', u: url, e: Math.round(seconds * 1000 * (0.6 + 0.4 * random.next())), s: scroll });
    if (glances || random.chance(map.leaves) || page.links.length === 0) break;
    wait(random.around(1.5, 0.5));
    if (random.chance(ACTIONS.missing)) {
      send({ k: 'not-found', u: `${home}${random.one(MISSING)}`, r: url });
      wait(4);
    }
    const next = random.one(page.links);
    referrer = `${home}${page.path}`;
    query = '';
    page = map.pages.find(({ path }) => path === next) ?? { path: next, entry: 0, links: ['/'], seconds: 40 };
  }
  return sent;
}

function firstPage(random: Random, { pages }: SitePages, { lands }: Origin): Page {
  const [home] = pages;
  if (lands === 'home' && home) return home;
  const wanted = pages.filter((page) => (lands === 'offer' ? page.offer : page.path !== '/'));
  return random.weighted(wanted.map((page) => [page, page.entry] as const));
}

function act(random: Random, page: Page, site: Site, url: string, send: (body: Omit<CollectBody, 'i'>) => void): void {
  const home = `https://${site.hosts[0]}`;
  if (page.downloads && random.chance(ACTIONS.download)) {
    send({ k: 'download', u: url, n: `${home}${random.one(page.downloads)}` });
  }
  if (page.outbound && random.chance(ACTIONS.outbound)) send({ k: 'outbound', u: url, n: random.one(page.outbound) });
  if (page.path === '/' && random.chance(ACTIONS.form)) send({ k: 'form', u: url, n: 'newsletter' });
  const declared = Object.entries(site.collect.events);
  if (declared.length === 0 || !random.chance(ACTIONS.event)) return;
  const [name, { props }] = random.one(declared);
  const p = Object.fromEntries(props.map((prop) => [prop, random.one(PROPS[prop] ?? ['yes', 'no'])]));
  send({ k: 'event', u: url, n: name, p });
}

/** 64 bits in base64url, as a browser draws them. */
export function eventId(random: Random): string {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(random.whole(2 ** 32), 0);
  bytes.writeUInt32BE(random.whole(2 ** 32), 4);
  return bytes.toString('base64url');
}
