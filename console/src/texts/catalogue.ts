/**
 * Message catalogues. English says which messages there are; German must have exactly the same keys, with the same parameters,
 * or the compiler objects: `export const de: Translated<typeof en> = { … }`.
 */
import type { Language } from '@avow/protocol/refusals';
import { useLanguage } from './language.tsx';

export type Translated<English> = {
  [Key in keyof English]: English[Key] extends string
    ? string
    : English[Key] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Translated<English[Key]>;
};

/** Both languages of an area; `useTexts` of the result gives the one to show. */
export function defineTexts<English extends object>(texts: {
  en: English;
  de: Translated<English>;
}): { useTexts(): Translated<English> } {
  const choose = (language: Language): Translated<English> =>
    language === 'de' ? texts.de : (texts.en as Translated<English>);
  return { useTexts: () => choose(useLanguage()) };
}
