/** Numbers, dates and plurals of one language, for message catalogues and for what the frame shows. */
import type { Language } from '@avow/protocol/refusals';

export interface InLanguage {
  language: Language;
  number(value: number, options?: Intl.NumberFormatOptions): string;
  /** The form for `count`, `#` replaced by the number. */
  plural(count: number, forms: { one: string; other: string }): string;
  /** "a, b and c" */
  list(items: readonly string[]): string;
  /** A calendar day, `2026-11-24`, without a zone. */
  day(iso: string): string;
  /** To the minute, with the zone's name. */
  instant(iso: string, timeZone?: string): string;
  /** "3 minutes ago", "in 2 days". */
  relative(iso: string, now?: number): string;
  /** Seconds as "2 min 5 s", for how long something lasted or will last. */
  duration(seconds: number): string;
}

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

function create(language: Language): InLanguage {
  const locale = LOCALES[language];
  const plurals = new Intl.PluralRules(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const plain = new Intl.NumberFormat(locale);
  const number: InLanguage['number'] = (value, options) =>
    (options ? new Intl.NumberFormat(locale, options) : plain).format(value);
  const inUnit = (value: number, unit: string): string =>
    number(value, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 });
  return {
    language,
    number,
    plural: (count, forms) =>
      forms[plurals.select(count) === 'one' ? 'one' : 'other'].replaceAll('#', plain.format(count)),
    list: (items) => lists.format(items),
    day: (iso) => days.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)),
    instant: (iso, timeZone) =>
      new Intl.DateTimeFormat(locale, {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZoneName: 'short',
        ...(timeZone && { timeZone }),
      }).format(new Date(iso)),
    relative(iso, now = Date.now()) {
      const seconds = (Date.parse(iso) - now) / 1000;
      const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
      // A clock that is a little off must not make the past the future.
      return unit === 'second' ? relatives.format(0, 'second') : relatives.format(Math.trunc(seconds / size), unit);
    },
    duration(seconds) {
      const whole = Math.max(0, Math.round(seconds));
      if (whole < 60) return inUnit(whole, 'second');
      if (whole < 3_600) return `${inUnit(Math.floor(whole / 60), 'minute')} ${inUnit(whole % 60, 'second')}`;
      return `${inUnit(Math.floor(whole / 3_600), 'hour')} ${inUnit(Math.floor((whole % 3_600) / 60), 'minute')}`;
    },
  };
}

const known: Record<Language, InLanguage> = { en: create('en'), de: create('de') };

export function inLanguage(language: Language): InLanguage {
  return known[language];
}
