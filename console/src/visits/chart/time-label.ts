/** How a bucket of time is written: short under the axis, in full where it is read. */
import type { Language } from '@avow/protocol/refusals';
import type { Granularity } from '@avow/protocol/staff/visits';

const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

const FULL: Record<Granularity, Intl.DateTimeFormatOptions> = {
  hour: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  week: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
};

const SHORT: Record<Granularity, Intl.DateTimeFormatOptions> = {
  hour: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: '2-digit' },
};

/** The bucket's own clock: its offset is cut off, and what is left is read as UTC. */
function momentOf(time: string): Date {
  return new Date(time.length === 10 ? `${time}T00:00:00Z` : `${time.slice(0, 16)}:00Z`);
}

export function timeLabels(language: Language, granularity: Granularity) {
  const make = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' });
    return (time: string) => format.format(momentOf(time));
  };
  return { full: make(FULL[granularity]), short: make(SHORT[granularity]) };
}
