/** Countries by their names in the page's language, in that language's order. */
import { COUNTRIES } from '@avow/protocol/address-formats';
import type { Language } from '@avow/protocol/refusals';
import { raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

const names = new Map<Language, { code: string; name: string }[]>();

/** The options of a select, one of them chosen. Written as one string: 250 nested templates would make the page slow. */
export function countryOptions(language: Language, chosen: string): HtmlEscapedString {
  const options = countryNames(language).map(({ code, name }) => {
    const text = name.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
    return `<option value="${code}"${code === chosen ? ' selected' : ''}>${text}</option>`;
  });
  return raw(options.join(''));
}

function countryNames(language: Language): readonly { code: string; name: string }[] {
  const known = names.get(language);
  if (known) return known;
  const display = new Intl.DisplayNames(language, { type: 'region' });
  const sorted = COUNTRIES.map((code) => ({ code, name: display.of(code) ?? code })).sort((a, b) =>
    a.name.localeCompare(b.name, language),
  );
  names.set(language, sorted);
  return sorted;
}
