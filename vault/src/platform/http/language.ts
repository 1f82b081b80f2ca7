import type { Language } from '@avow/protocol/refusals';

/** The first language of an `Accept-Language` header that we speak; English otherwise. */
export function preferredLanguage(header: string | undefined): Language {
  const named = (header ?? '').split(',').map((tag) => tag.trim().slice(0, 2).toLowerCase());
  return named.find((tag) => tag === 'en' || tag === 'de') === 'de' ? 'de' : 'en';
}
