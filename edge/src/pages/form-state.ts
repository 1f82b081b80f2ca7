/** A form between two renderings: what was typed, and what was said about it. */
import { isCountry } from '@avow/protocol/address-formats';
import type { FieldRefusals } from '@avow/protocol/forms/fields';
import { type ErrorBody, type Language, REFUSALS } from '@avow/protocol/refusals';
import { TEXTS, type Texts } from './texts/texts.ts';

export interface FormState {
  language: Language;
  texts: Texts;
  /** As typed, by path (`address.postalCode`). */
  values: Readonly<Record<string, string>>;
  mailing: boolean;
  /** By path. */
  messages: Readonly<Record<string, string>>;
  /** About the whole form. */
  refused: ErrorBody['error'] | null;
  idempotencyKey: string;
}

export function emptyForm(language: Language, values: Record<string, string> = {}): FormState {
  return {
    language,
    texts: TEXTS[language],
    values,
    mailing: false,
    messages: {},
    refused: null,
    idempotencyKey: crypto.randomUUID(),
  };
}

export function messagesOf(refusals: FieldRefusals, language: Language): Record<string, string> {
  return Object.fromEntries(Object.entries(refusals).map(([path, code]) => [path, REFUSALS[code][language]]));
}

/** The country of `Accept-Language` (`de-AT`: AT), else the largest of the language. A proposal: the person chooses. */
export function likelyCountry(acceptLanguage: string | undefined, language: Language): string {
  const region = /^\s*[a-z]{2,3}-([A-Z]{2})\b/i.exec((acceptLanguage ?? '').slice(0, 100))?.[1]?.toUpperCase();
  if (isCountry(region)) return region;
  return language === 'de' ? 'DE' : 'US';
}
