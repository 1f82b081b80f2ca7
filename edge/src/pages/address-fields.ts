/** The parts of a postal address in the chosen country's order, with that country's names for them. */
import { type AddressFormat, type AddressPart, addressFormat, isCountry } from '@avow/protocol/address-formats';
import type { Field } from '@avow/protocol/forms/fields';
import { html } from 'hono/html';
import { countryField, fieldRow } from './form-fields.ts';
import type { FormState } from './form-state.ts';
import type { Html } from './page.ts';

const AUTOCOMPLETE: Record<AddressPart, string> = {
  organization: 'organization',
  streetAddress: 'street-address',
  dependentLocality: 'address-level3',
  locality: 'address-level2',
  administrativeArea: 'address-level1',
  postalCode: 'postal-code',
  sortingCode: 'off',
};

/** A browser with the script hides the button and draws the parts anew when the country changes. */
export function addressFields(state: FormState, field: Field): Html {
  const country = state.values[`${field.name}.country`];
  const format = isCountry(country) ? addressFormat(country) : null;
  return html`<div data-address="${field.name}">
    ${countryField(state, `${field.name}.country`, `${field.autocomplete} country`)}
    <button type="submit" name="act" value="country" class="secondary" data-without-script formnovalidate>${state.texts.fields.useCountry}</button>
    <div class="address-parts" data-address-parts>${format?.order.map((line) => addressLine(state, field, format, line))}</div>
  </div>`;
}

function addressLine(state: FormState, field: Field, format: AddressFormat, line: AddressPart[]): Html {
  return html`<div class="line">${line.map((part) => addressPart(state, field, format, part))}</div>`;
}

function addressPart(state: FormState, field: Field, format: AddressFormat, part: AddressPart): Html {
  const texts = state.texts.fields;
  const path = `${field.name}.${part}`;
  const value = state.values[path] ?? '';
  const example =
    part === 'postalCode' && format.postalCodeExample ? texts.example(format.postalCodeExample) : undefined;
  const hint = example ?? texts.hints[`address.${part}`];
  const autocomplete = AUTOCOMPLETE[part] === 'off' ? 'off' : `${field.autocomplete} ${AUTOCOMPLETE[part]}`;
  const required = format.required.includes(part);
  return fieldRow(state, {
    path,
    label: texts.parts[format.names[part]] ?? part,
    required,
    width: part === 'postalCode' || part === 'sortingCode' ? 'short' : 'full',
    ...(hint && { hint }),
    control: ({ id, describedBy, invalid }) => {
      const attributes = html`id="${id}" name="${path}" autocomplete="${autocomplete}" maxlength="400"
        aria-describedby="${describedBy}" ${required ? html`aria-required="true"` : ''} ${invalid ? html`aria-invalid="true"` : ''}`;
      if (part === 'streetAddress') return html`<textarea ${attributes} rows="2">${value}</textarea>`;
      const list = part === 'administrativeArea' && format.areas.length > 0 ? `${id}-list` : null;
      return html`<input type="text" ${attributes} value="${value}" ${list ? html`list="${list}"` : ''}>
        ${list && html`<datalist id="${list}">${format.areas.map((area) => html`<option value="${area}"></option>`)}</datalist>`}`;
    },
  });
}
