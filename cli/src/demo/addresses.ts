/** Addresses that the country database places in a country: drawn by lot, and asked for. */
import { COUNTRIES } from './countries.ts';
import { createRandom, type Random } from './random.ts';

export interface Addresses {
  one(random: Random, country: string): string;
}

const ENOUGH = 3_000;
const MOST_DRAWS = 400_000;

export function drawAddresses(countryOf: (address: string) => string, seed: number): Addresses {
  const random = createRandom(seed);
  const pools = new Map<string, string[]>(COUNTRIES.map(({ code }) => [code, []]));
  let missing = pools.size;
  for (let draws = 0; missing > 0 && draws < MOST_DRAWS; draws += 1) {
    const address = `${1 + random.whole(223)}.${random.whole(256)}.${random.whole(256)}.${1 + random.whole(254)}`;
    const pool = pools.get(countryOf(address));
    if (!pool || pool.length >= ENOUGH) continue;
    pool.push(address);
    if (pool.length === ENOUGH) missing -= 1;
  }
  return {
    one(chance, country) {
      const address = chance.one(pools.get(country) ?? []);
      // A neighbour in the same block: as many visitors as are wanted from the addresses that were drawn.
      return address.replace(/\d+$/, String(1 + chance.whole(254)));
    },
  };
}
