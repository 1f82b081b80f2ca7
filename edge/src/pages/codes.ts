/** The pages behind mailed links, as data. Each has one act, on a button; the code comes after `#` or is typed in. */
import type { Field } from '@avow/protocol/forms/fields';
import type { HoldAnswer } from '@avow/protocol/self-service';
import type { CodeTexts } from './texts/codes-en.ts';

export interface CodePage {
  name: 'confirm' | 'emailChange' | 'emailUndo' | 'hold';
  path: string;
  route: 'POST /confirmations' | 'POST /email-changes/confirm' | 'POST /email-changes/undo' | 'POST /holds/answer';
}

export const CODE_PAGES: readonly CodePage[] = [
  { name: 'confirm', path: '/confirm', route: 'POST /confirmations' },
  { name: 'emailChange', path: '/email-change', route: 'POST /email-changes/confirm' },
  { name: 'emailUndo', path: '/email-change/undo', route: 'POST /email-changes/undo' },
  { name: 'hold', path: '/hold', route: 'POST /holds/answer' },
];

export const HOLD_ANSWERS: readonly HoldAnswer[] = ['household', 'sold', 'stolen', 'mistake'];

export const TOKEN_FIELD: Field = { name: 'token', kind: 'text', required: true, maxLength: 60, autocomplete: 'off' };

export interface CodeWords {
  title: string;
  lead: string;
  button: string;
  clauses: string[];
}

export function codeWords(codePage: CodePage, texts: CodeTexts): CodeWords {
  return texts[codePage.name];
}
