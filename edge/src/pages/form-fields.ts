/** One field of a form as HTML: label above, hint, message, control. The ids are the field's path. */
import type { Field } from '@avow/protocol/forms/fields';
import { html } from 'hono/html';
import { countryOptions } from './country-names.ts';
import type { FormState } from './form-state.ts';
import type { Html } from './page.ts';

export interface FieldView {
  path: string;
  label: string;
  hint?: string;
  required: boolean;
  /** How wide the control looks, in characters: a postal code is short. */
  width?: 'short' | 'medium' | 'full';
  control: (attributes: ControlAttributes) => Html;
}

interface ControlAttributes {
  id: string;
  describedBy: string;
  invalid: boolean;
}

/** The row around any control. Empty message and hint stay in the page, hidden, for the script to fill. */
export function fieldRow(state: FormState, view: FieldView): Html {
  const message = state.messages[view.path];
  const id = fieldId(view.path);
  const describedBy = [view.hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(' ');
  return html`<div class="field ${message ? 'refused' : ''} ${view.width ?? 'full'}" data-field="${view.path}">
    <label for="${id}">${view.label}${view.required ? '' : html` <span class="optional">${state.texts.fields.optional}</span>`}</label>
    ${view.hint && html`<p class="hint" id="${id}-hint">${view.hint}</p>`}
    <p class="message" id="${id}-error" ${message ? '' : html`hidden`}>${message ?? ''}</p>
    ${view.control({ id, describedBy, invalid: message !== undefined })}
  </div>`;
}

export function fieldId(path: string): string {
  return `field-${path.replaceAll('.', '-')}`;
}

const INPUT_TYPES: Partial<Record<Field['kind'], { type: string; inputmode?: string }>> = {
  email: { type: 'email', inputmode: 'email' },
  telephone: { type: 'tel', inputmode: 'tel' },
};

export function inputField(state: FormState, field: Field, hint?: string): Html {
  const texts = state.texts.fields;
  const { type, inputmode } = INPUT_TYPES[field.kind] ?? { type: 'text' };
  const plain = field.kind === 'serial' || field.autocomplete === 'off';
  const shown = hint ?? texts.hints[field.name];
  return fieldRow(state, {
    path: field.name,
    label: texts.labels[field.name] ?? field.name,
    required: field.required,
    width: field.kind === 'telephone' || field.maxLength <= 40 ? 'medium' : 'full',
    ...(shown && { hint: shown }),
    control: ({ id, describedBy, invalid }) => html`<input id="${id}" name="${field.name}" type="${type}"
      ${inputmode ? html`inputmode="${inputmode}"` : ''} value="${state.values[field.name] ?? ''}"
      autocomplete="${field.autocomplete}" maxlength="${field.maxLength * 2}" aria-describedby="${describedBy}"
      ${plain ? html`spellcheck="false" autocapitalize="characters"` : ''} ${field.required ? html`aria-required="true"` : ''}
      ${invalid ? html`aria-invalid="true"` : ''}>`,
  });
}

export function countryField(state: FormState, path: string, autocomplete: string): Html {
  const texts = state.texts.fields;
  const chosen = state.values[path] ?? '';
  return fieldRow(state, {
    path,
    label: texts.labels[path] ?? path,
    required: true,
    control: ({ id, describedBy, invalid }) => html`<select id="${id}" name="${path}" autocomplete="${autocomplete}"
      aria-describedby="${describedBy}" aria-required="true" ${invalid ? html`aria-invalid="true"` : ''}>
      <option value="">${texts.chooseCountry}</option>
      ${countryOptions(state.language, chosen)}
    </select>`,
  });
}
