import type { Translated } from '../texts/catalogue.ts';
import type { en } from './texts-en.ts';

export const de: Translated<typeof en> = {
  title: 'Anmelden',
};
