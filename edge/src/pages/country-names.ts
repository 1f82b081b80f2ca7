/** Countries by their names in the page's language, in that language's order. */
import { COUNTRIES } from '@avow/protocol/address-formats';
import type { Language } from '@avow/protocol/refusals';

const names = new Map<Language, { code: string; name: string }[]>();

export function countryNames(language: Language): readonly { code: string; name: string }[] {
  const known = names.get(language);
  if (known) return known;
  const display = new Intl.DisplayNames(language, { type: 'region' });
  const sorted = COUNTRIES.map((code) => ({ code, name: display.of(code) ?? code })).sort((a, b) =>
    a.name.localeCompare(b.name, language),
  );
  names.set(language, sorted);
  return sorted;
}
