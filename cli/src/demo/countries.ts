/** Where the visitors of the play live, what they read, and when they are awake. */
export interface Country {
  code: string;
  share: number;
  /** IANA name of where most of its people live. */
  timeZone: string;
  /** As their browsers send it. */
  languages: readonly string[];
}

export const COUNTRIES: readonly Country[] = [
  { code: 'DE', share: 33, timeZone: 'Europe/Berlin', languages: ['de-DE,de;q=0.9,en;q=0.8', 'de', 'en-US,en;q=0.9'] },
  { code: 'AT', share: 6, timeZone: 'Europe/Vienna', languages: ['de-AT,de;q=0.9,en;q=0.8'] },
  {
    code: 'CH',
    share: 6,
    timeZone: 'Europe/Zurich',
    languages: ['de-CH,de;q=0.9', 'fr-CH,fr;q=0.9', 'it-CH,it;q=0.9'],
  },
  { code: 'US', share: 15, timeZone: 'America/Chicago', languages: ['en-US,en;q=0.9', 'es-US,es;q=0.9,en;q=0.8'] },
  { code: 'GB', share: 8, timeZone: 'Europe/London', languages: ['en-GB,en;q=0.9'] },
  { code: 'FR', share: 6, timeZone: 'Europe/Paris', languages: ['fr-FR,fr;q=0.9,en;q=0.8'] },
  { code: 'NL', share: 5, timeZone: 'Europe/Amsterdam', languages: ['nl-NL,nl;q=0.9,en;q=0.8'] },
  { code: 'PL', share: 4, timeZone: 'Europe/Warsaw', languages: ['pl-PL,pl;q=0.9,en;q=0.8'] },
  { code: 'SE', share: 3, timeZone: 'Europe/Stockholm', languages: ['sv-SE,sv;q=0.9,en;q=0.8'] },
  { code: 'IT', share: 3, timeZone: 'Europe/Rome', languages: ['it-IT,it;q=0.9,en;q=0.8'] },
  { code: 'JP', share: 4, timeZone: 'Asia/Tokyo', languages: ['ja,en;q=0.8'] },
  { code: 'BR', share: 3, timeZone: 'America/Sao_Paulo', languages: ['pt-BR,pt;q=0.9,en;q=0.8'] },
  { code: 'IN', share: 2, timeZone: 'Asia/Kolkata', languages: ['en-IN,en;q=0.9,hi;q=0.8'] },
  { code: 'AU', share: 2, timeZone: 'Australia/Sydney', languages: ['en-AU,en;q=0.9'] },
];

/** People on the net by their own clock, midnight first. */
const HOURS = [18, 10, 6, 4, 4, 7, 16, 32, 52, 66, 72, 70, 66, 68, 70, 68, 64, 62, 66, 76, 84, 78, 56, 34] as const;
const HOUR_MS = 3_600_000;

/** The hours of a UTC day with how many visits of this country fall into each, relative to each other. */
export function hoursOf(country: Country, dayStart: number): [hour: number, weight: number][] {
  const format = new Intl.DateTimeFormat('en', { timeZone: country.timeZone, hour: 'numeric', hourCycle: 'h23' });
  return HOURS.map((_, hour) => {
    const local = Number(format.format(dayStart + hour * HOUR_MS));
    return [hour, HOURS[local] ?? 0];
  });
}
