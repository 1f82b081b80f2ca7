import type { Language } from '@avow/protocol/refusals';

const LOCALES = { en: 'en-GB', de: 'de-DE' } as const;

/** An ISO date as people write it: `23 November 2026`, `23. November 2026`. */
export function longDate(day: string, language: Language): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}
