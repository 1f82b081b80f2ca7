/** All words of the pages, in both languages; the English side gives the type. */
import type { Language } from '@avow/protocol/refusals';
import { codesDe } from './codes-de.ts';
import { type CodeTexts, codesEn } from './codes-en.ts';
import { fieldsDe } from './fields-de.ts';
import { type FieldTexts, fieldsEn } from './fields-en.ts';
import { formsDe } from './forms-de.ts';
import { type FormTexts, formsEn } from './forms-en.ts';
import { improvementDe } from './improvement-de.ts';
import { type ImprovementTexts, improvementEn } from './improvement-en.ts';
import { myDe } from './my-de.ts';
import { type MyTexts, myEn } from './my-en.ts';
import { siteDe } from './site-de.ts';
import { type SiteTexts, siteEn } from './site-en.ts';

export interface Texts {
  site: SiteTexts;
  fields: FieldTexts;
  forms: FormTexts;
  codes: CodeTexts;
  my: MyTexts;
  improvement: ImprovementTexts;
}

export const TEXTS: Readonly<Record<Language, Texts>> = {
  en: { site: siteEn, fields: fieldsEn, forms: formsEn, codes: codesEn, my: myEn, improvement: improvementEn },
  de: { site: siteDe, fields: fieldsDe, forms: formsDe, codes: codesDe, my: myDe, improvement: improvementDe },
};
