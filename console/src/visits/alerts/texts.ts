import { defineTexts } from '../../texts/catalogue.ts';
import { de } from './texts-de.ts';
import { en } from './texts-en.ts';

export const alertTexts = defineTexts({ en, de });
