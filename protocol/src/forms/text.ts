/** What one line or paragraph of typed text must be, whatever it means. */
import type { RefusalCode } from '../refusals.ts';

export interface TextRule {
  required: boolean;
  /** In Unicode code points, after tidying. */
  maxLength: number;
  /** How many lines it may have; 1 forbids line breaks. */
  lines: number;
}

export type CheckedText = { ok: true; text: string } | { ok: false; code: RefusalCode };

/** Composed (NFC), trimmed, line breaks as \n, without blank lines: the form in which text is stored and compared. */
export function tidyText(text: string): string {
  return text
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Absent and empty are the same. Control characters, lone surrogates and too many lines are malformed. */
export function checkText(value: unknown, rule: TextRule): CheckedText {
  if (value === undefined || value === null || value === '') {
    return rule.required ? { ok: false, code: 'field_required' } : { ok: true, text: '' };
  }
  if (typeof value !== 'string') return { ok: false, code: 'field_malformed' };
  // Before any work on it: a huge value costs nothing. Tidying at most halves a typed text.
  if (value.length > rule.maxLength * 8 + 64) return { ok: false, code: 'field_too_long' };
  const text = tidyText(value);
  if (text === '') return rule.required ? { ok: false, code: 'field_required' } : { ok: true, text };
  if (/[^\P{Cc}\n]/u.test(text) || !text.isWellFormed()) return { ok: false, code: 'field_malformed' };
  if (text.split('\n').length > rule.lines) return { ok: false, code: 'field_malformed' };
  if ([...text].length > rule.maxLength) return { ok: false, code: 'field_too_long' };
  return { ok: true, text };
}
