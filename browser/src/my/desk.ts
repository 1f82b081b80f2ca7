/** What the sections of `/my` work with: the data, the words, and the way to ask for a change. */
import type { SealedRouteName, SealedRoutes } from '@avow/protocol/sealed-routes';
import type { Outcome } from '@avow/protocol/sealing/sealed-fetch';
import type { EverythingHeld } from '@avow/protocol/self-service';
import type { PageData } from '../page-data.ts';
import type { MyTexts } from '../texts/my-texts.ts';

export interface Desk {
  data: PageData;
  words: MyTexts;
  held: EverythingHeld;
  /** Sealed, with the session. A lost session leads back to signing in. */
  ask<R extends SealedRouteName>(
    route: R,
    body: SealedRoutes[R]['body'],
    idempotencyKey?: string,
  ): Promise<Outcome<SealedRoutes[R]['answer']>>;
  /** Fetches everything anew, draws it and says what was done. */
  refresh(said: string): Promise<void>;
}

/** A day as people write it; the vault knows no finer time. */
export function dayText(desk: Desk, day: string, style: 'long' | 'medium' = 'long'): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  const locale = desk.data.language === 'de' ? 'de-DE' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: 'UTC' }).format(date);
}

/** The label of a path: `address.postalCode` by the names of the country the person lives in. */
export function labelOf(desk: Desk, path: string): string {
  const { labels, parts } = desk.data.fields;
  return labels[path] ?? parts[path.replace(/^address\./, '')] ?? path;
}

/** A value as people read it: countries and languages by name. */
export function valueText(desk: Desk, path: string, value: string): string {
  if (value === '') return desk.words.history.empty;
  const type = path === 'country' || path === 'address.country' ? 'region' : path === 'language' ? 'language' : null;
  if (!type) return value;
  try {
    return new Intl.DisplayNames(desk.data.language, { type }).of(value) ?? value;
  } catch {
    return value;
  }
}
