/** Programs that read the sites: most say who they are, some pretend to be a browser. */
import type { Arrival } from '@avow/edge/visits-import/counting';
import type { Addresses } from './addresses.ts';
import { ROBOTS } from './browsers.ts';
import { eventId, type Site } from './journey.ts';
import type { Random } from './random.ts';
import type { SitePages } from './site-pages.ts';

export function playRobot(
  random: Random,
  { site, map, at, addresses }: { site: Site; map: SitePages; at: number; addresses: Addresses },
): Arrival[] {
  const userAgent = random.weighted(ROBOTS);
  const address = addresses.one(random, random.one(['US', 'US', 'DE', 'NL']));
  const sent: Arrival[] = [];
  for (let n = 1 + random.whole(6); n > 0; n -= 1) {
    const u = `https://${site.hosts[0]}${random.one(map.pages).path}`;
    const now = at + sent.length * (500 + random.whole(4_000));
    sent.push({ now, address, headers: { 'user-agent': userAgent }, text: JSON.stringify({ i: eventId(random), u }) });
  }
  return sent;
}
