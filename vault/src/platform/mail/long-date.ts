import type { Language } from '@avow/protocol/refusals';

const formatFor = (locale: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
// To make one takes a third of a millisecond.
const FORMATS: Readonly<Record<Language, Intl.DateTimeFormat>> = { en: formatFor('en-GB'), de: formatFor('de-DE') };

/** An ISO date as people write it: `23 November 2026`, `23. November 2026`. */
export function longDate(day: string, language: Language): string {
  return FORMATS[language].format(new Date(`${day}T00:00:00Z`));
}
