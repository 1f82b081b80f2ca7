/** How the requester wants to be answered (RFC 7240): at once or not at all, or later if it takes longer. */
export interface Preference {
  respondAsync: boolean;
  /** Seconds. */
  wait: number;
}

export const MAX_WAIT_SECONDS = 20;
const DEFAULT_WAIT_SECONDS = 10;

/** Reads `Prefer` (several fields arrive joined by commas). What cannot be read is not there, as section 2 asks. */
export function readPreference(header: string | undefined): Preference {
  const preference: Preference = { respondAsync: false, wait: DEFAULT_WAIT_SECONDS };
  let waitSeen = false;
  for (const entry of (header ?? '').slice(0, 500).split(',')) {
    const [name = '', value] = (entry.split(';')[0] ?? '').split('=').map((part) => part.trim());
    if (/^respond-async$/i.test(name)) preference.respondAsync = true;
    const seconds = /^wait$/i.test(name) ? /^"?(\d{1,9})"?$/.exec(value ?? '')?.[1] : undefined;
    // "the first value is used" (section 2)
    if (seconds !== undefined && !waitSeen) {
      waitSeen = true;
      preference.wait = Math.min(MAX_WAIT_SECONDS, Number(seconds));
    }
  }
  return preference;
}
