/** Words that only the browser needs; the server renders all others. */
import type { Language } from '@avow/protocol/refusals';
import { formsDe } from './forms-de.ts';
import { type FormTexts, formsEn } from './forms-en.ts';

export const TEXTS: Readonly<Record<Language, { forms: FormTexts }>> = {
  en: { forms: formsEn },
  de: { forms: formsDe },
};
