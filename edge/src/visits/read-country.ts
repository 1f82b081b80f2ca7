/** Step `read country`: from a database in memory, without asking anybody. */
import { fileURLToPath } from 'node:url';
import { type CountryResponse, open, type Reader, type Response } from 'maxmind';
import { known, type Step } from './event.ts';

const MAX_KNOWN_ADDRESSES = 10_000;

/** MaxMind's own shape, or the flat one of ip-location-db. */
type Entry = Response & Partial<CountryResponse> & { country_code?: string };

export type CountryReader = (address: string) => string;

/** The CC0 database from npm. */
const shipped = () =>
  fileURLToPath(import.meta.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'));

/** `file` null: the database that is shipped. Throws if the file cannot be read. */
export async function openCountryReader(file: string | null): Promise<CountryReader> {
  const reader: Reader<Entry> = await open<Entry>(file ?? shipped(), { cache: { max: MAX_KNOWN_ADDRESSES } });
  return (address) => {
    const entry = reader.get(address);
    const code = entry?.country_code ?? entry?.country?.iso_code ?? '';
    return /^[A-Z]{2}$/.test(code) ? code : '';
  };
}

export function readCountry(countryOf: CountryReader): Step {
  return (event) => {
    if (known(event.site).readsCountry) event.draft.country = countryOf(event.address);
    return event;
  };
}
