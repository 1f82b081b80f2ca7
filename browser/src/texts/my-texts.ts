/** The catalogue of `/my`, apart from the others: no other page loads it. */
import type { Language } from '@avow/protocol/refusals';
import { myDe } from './my-de.ts';
import { type MyTexts, myEn } from './my-en.ts';

export type { MyTexts };

export const MY_TEXTS: Readonly<Record<Language, MyTexts>> = { en: myEn, de: myDe };
