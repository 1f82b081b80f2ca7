/** Corrects one value in place, or adds it. */

import { COUNTRIES } from '@avow/protocol/address-formats';
import { checkField } from '@avow/protocol/forms/check';
import type { Field, FieldKind } from '@avow/protocol/forms/fields';
import { PERSON_REGISTRATION_FIELDS, PRODUCT_REGISTRATION_FIELDS } from '@avow/protocol/forms/registration';
import type { HeldField } from '@avow/protocol/self-service';
import { element, find } from '../dom.ts';
import { fieldRow } from '../forms/field-row.ts';
import { type Desk, labelOf } from './desk.ts';
import { myForm } from './my-form.ts';
import { offerRequest } from './request.ts';

/** The forms' own definition of the field, so that a correction is held to the same rules. */
function definitionOf(path: string): Field {
  const kind: FieldKind = path === 'language' ? 'choice' : 'text';
  return (
    [...PERSON_REGISTRATION_FIELDS, ...PRODUCT_REGISTRATION_FIELDS].find(({ name }) => name === path) ?? {
      name: path,
      kind,
      required: path === 'language',
      maxLength: 200,
      autocomplete: 'off',
    }
  );
}

const INPUT_TYPES: Partial<Record<FieldKind, string>> = { email: 'email', telephone: 'tel' };

export function fieldControl(desk: Desk, field: Field, value: string, attributes: Record<string, string>): HTMLElement {
  const options =
    field.kind === 'country'
      ? countryOptions(desk)
      : field.kind === 'choice'
        ? LANGUAGES.map((pair) => ({ ...pair }))
        : null;
  if (options) {
    const select = element(
      'select',
      { ...attributes, autocomplete: field.autocomplete },
      ...options.map(({ code, name }) => element('option', { value: code }, name)),
    );
    select.value = value;
    return select;
  }
  const input = element('input', {
    ...attributes,
    type: INPUT_TYPES[field.kind] ?? 'text',
    autocomplete: field.autocomplete,
    maxlength: String(field.maxLength * 2),
  });
  input.value = value;
  return input;
}

const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
];

export function countryOptions(desk: Desk): { code: string; name: string }[] {
  const { language } = desk.data;
  const display = new Intl.DisplayNames(language, { type: 'region' });
  return COUNTRIES.map((code) => ({ code, name: display.of(code) ?? code })).sort((a, b) =>
    a.name.localeCompare(b.name, language),
  );
}

/** An empty value is one that is not held yet. */
export function fieldEditor(desk: Desk, held: Pick<HeldField, 'field' | 'value'>, close: () => void): HTMLElement {
  const { words, data } = desk;
  const { save, saved, add, added } = words.details;
  const [button, said] = held.value === '' ? [add, added] : [save, saved];
  const field = definitionOf(held.field);
  const label = labelOf(desk, held.field);
  const read = (form: HTMLFormElement): string =>
    find<HTMLInputElement>(`[name="${CSS.escape(held.field)}"]`, form)?.value.trim() ?? '';
  return myForm(desk, {
    route: 'PATCH /me',
    fields: [
      fieldRow(
        {
          path: held.field,
          label,
          hint: field.kind === 'telephone' ? data.fields.hints.telephone : undefined,
          optional: field.required ? undefined : data.fields.optional,
          control: (attributes) => [fieldControl(desk, field, held.value, attributes)],
        },
        'my',
      ),
    ],
    button,
    leave: close,
    read: (form) => {
      const code = checkField(field, read(form));
      return code ? { refusals: { [held.field]: code } } : { body: { changes: { [held.field]: read(form) } } };
    },
    answered: ({ changed }) => desk.refresh(changed.length > 0 ? said(label) : words.details.unchanged),
    refused: (form) => offerRequest(desk, form, held.field, read(form)),
  });
}
