/** One UTC day of the group's three sites: who comes when, from where, with what. */
import type { Arrival } from '@avow/edge/visits-import/counting';
import type { Addresses } from './addresses.ts';
import { chooseBrowser } from './browsers.ts';
import { COUNTRIES, type Country, hoursOf } from './countries.ts';
import { playVisit, type Site, type Visitor } from './journey.ts';
import { campaignLift, chooseOrigin } from './origins.ts';
import { createRandom, type Random, seedOf } from './random.ts';
import { playRobot } from './robots.ts';
import { pagesOf, type SitePages } from './site-pages.ts';

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ROBOT_SHARE = 0.06;
const RETURNS_TODAY = 0.14;
const PRIVACY_CONTROL = 0.04;

export interface Day {
  seed: number;
  /** Unix milliseconds of its start. */
  start: number;
  /** Of the whole play, 0 to 1. */
  elapsed: number;
  /** Of all sites, in the middle of the play. */
  visitsPerDay: number;
  sites: readonly Site[];
  addresses: Addresses;
}

/** In the order in which they arrive. */
export function playDay({ seed, start, elapsed, visitsPerDay, sites, addresses }: Day): Arrival[] {
  const random = createRandom(seedOf(seed, start));
  const hours = new Map(COUNTRIES.map((country) => [country.code, hoursOf(country, start)]));
  const arrivals: Arrival[] = [];
  sites.forEach((site, index) => {
    const map = pagesOf(index);
    const today: Visitor[] = [];
    for (let left = countOf(random, map, start, elapsed, visitsPerDay); left > 0; left -= 1) {
      const country = random.weighted(COUNTRIES.map((one) => [one, one.share] as const));
      const hour = random.weighted(hours.get(country.code) ?? []);
      const at = start + hour * HOUR_MS + random.whole(HOUR_MS);
      if (random.chance(ROBOT_SHARE)) {
        arrivals.push(...playRobot(random, { site, map, at, addresses }));
        continue;
      }
      const visitor =
        today.length > 0 && random.chance(RETURNS_TODAY)
          ? random.one(today)
          : newVisitor(random, country, map, at, addresses);
      today.push(visitor);
      arrivals.push(...playVisit(random, { site, map, visitor, origin: chooseOrigin(random, elapsed), at }));
    }
  });
  return arrivals.sort((a, b) => a.now - b.now);
}

/** Growth over the play, the week, the summer, campaigns, and chance. */
function countOf(random: Random, map: SitePages, start: number, elapsed: number, visitsPerDay: number): number {
  const date = new Date(start);
  const weekday = date.getUTCDay();
  const week = weekday === 0 || weekday === 6 ? map.weekend : weekday === 1 ? 1.06 : 1;
  const year = 1 - 0.16 * Math.exp(-(((date.getUTCMonth() + date.getUTCDate() / 31 - 7.2) / 1.1) ** 2));
  const growth = 0.7 + 0.6 * elapsed;
  return Math.round(visitsPerDay * map.share * growth * week * year * campaignLift(elapsed) * random.around(1, 0.06));
}

function newVisitor(random: Random, country: Country, map: SitePages, at: number, addresses: Addresses): Visitor {
  return {
    address: addresses.one(random, country.code),
    headers: {
      ...chooseBrowser(random, map.mobileShare).headers(at),
      'accept-language': random.one(country.languages),
      'accept-encoding': 'gzip, deflate, br',
      'sec-fetch-site': 'same-origin',
      ...(random.chance(PRIVACY_CONTROL) && { 'sec-gpc': '1' }),
    },
  };
}
