/** Messages beside the fields, and the summary above them. */

import type { FieldRefusals } from '@avow/protocol/forms/fields';
import { type ErrorBody, type Language, publicErrorBody } from '@avow/protocol/refusals';
import { element, find, get, moveTo } from '../dom.ts';

export type Messages = Readonly<Record<string, string>>;

export function messagesOf(refusals: FieldRefusals, language: Language): Messages {
  return messagesOfError(publicErrorBody({ refused: 'invalid_fields', fields: refusals }, language).error);
}

export function messagesOfError(error: ErrorBody['error']): Messages {
  return Object.fromEntries(Object.entries(error.fields ?? {}).map(([path, { message }]) => [path, message]));
}

function rowOf(form: HTMLElement, path: string): HTMLElement | null {
  return find(`[data-field="${CSS.escape(path)}"]`, form);
}

/** Puts the message beside the field, or takes it away. False where the form has no such field. */
export function showMessage(form: HTMLElement, path: string, message: string | null): boolean {
  const row = rowOf(form, path);
  if (!row) return false;
  const place = find('.message', row);
  row.classList.toggle('refused', message !== null);
  for (const control of row.querySelectorAll('input, select, textarea')) {
    if (message === null) control.removeAttribute('aria-invalid');
    else control.setAttribute('aria-invalid', 'true');
  }
  if (place) {
    place.textContent = message ?? '';
    place.hidden = message === null;
  }
  return true;
}

export function clearMessages(form: HTMLElement): void {
  for (const row of form.querySelectorAll<HTMLElement>('[data-field]'))
    showMessage(form, row.dataset.field ?? '', null);
  get('[data-summary]', form).hidden = true;
}

/** Shows what was refused, beside each field and in the summary, and moves the reader to the summary. */
export function showRefusal(form: HTMLElement, messages: Messages, error: ErrorBody['error'] | null): void {
  clearMessages(form);
  const entries = Object.entries(messages);
  const summary = get('[data-summary]', form);
  const title = get('[data-summary-title]', summary);
  title.textContent = (entries.length > 0 ? title.dataset.check : title.dataset.refused) ?? '';
  const text = get('[data-summary-text]', summary);
  text.textContent = entries.length === 0 ? (error?.message ?? '') : '';
  text.hidden = text.textContent === '';
  const code = get('[data-summary-code]', summary);
  code.hidden = error === null;
  get('code', code).textContent = error?.code ?? '';
  get('[data-summary-list]', summary).replaceChildren(
    ...entries.map(([path, message]) => summaryLine(form, path, message)),
  );
  summary.hidden = false;
  moveTo(summary);
}

function summaryLine(form: HTMLElement, path: string, message: string): HTMLElement {
  const shown = showMessage(form, path, message);
  const row = rowOf(form, path);
  const control = row && find('input, select, textarea', row);
  const label = find('label, legend', row ?? document.createElement('div'))?.firstChild?.textContent?.trim() ?? path;
  if (!shown || !control) return element('li', {}, `${path}: ${message}`);
  const follow = (event: Event): void => {
    event.preventDefault();
    control.focus();
    row.scrollIntoView({ block: 'start' });
  };
  return element('li', {}, element('a', { href: `#${control.id}`, click: follow }, `${label}: ${message}`));
}
