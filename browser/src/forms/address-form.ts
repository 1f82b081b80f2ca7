/** Address fields that follow the chosen country; what was typed moves along. */
import { type AddressFormat, type AddressPart, addressFormat, isCountry } from '@avow/protocol/address-formats';
import { element, get } from '../dom.ts';
import type { FieldWords } from '../page-data.ts';
import { fieldRow } from './field-row.ts';

const AUTOCOMPLETE: Partial<Record<AddressPart, string>> = {
  organization: 'organization',
  streetAddress: 'street-address',
  dependentLocality: 'address-level3',
  locality: 'address-level2',
  administrativeArea: 'address-level1',
  postalCode: 'postal-code',
};

/** Takes the place's `data-address` block: a country select and the parts below it. */
export function followCountry(block: HTMLElement, words: FieldWords, prefix = 'field'): void {
  const name = block.dataset.address ?? 'address';
  const select = get<HTMLSelectElement>('select', block);
  const parts = get('[data-address-parts]', block);
  const typed = new Map<string, string>();
  select.addEventListener('change', () => {
    for (const control of parts.querySelectorAll<HTMLInputElement>('input, textarea'))
      typed.set(control.name, control.value);
    parts.replaceChildren();
    if (!isCountry(select.value)) return;
    parts.append(...addressLines(addressFormat(select.value), words, name, typed, prefix));
  });
}

/** The rows of a country's address, line by line, filled with what is known (by path). */
export function addressLines(
  format: AddressFormat,
  words: FieldWords,
  name: string,
  values: ReadonlyMap<string, string>,
  prefix = 'field',
): HTMLElement[] {
  return format.order.map((line) =>
    element('div', { class: 'line' }, ...line.map((part) => addressPart(format, part, words, name, values, prefix))),
  );
}

function addressPart(
  format: AddressFormat,
  part: AddressPart,
  words: FieldWords,
  name: string,
  values: ReadonlyMap<string, string>,
  prefix: string,
): HTMLElement {
  const path = `${name}.${part}`;
  const value = values.get(path) ?? '';
  const example = part === 'postalCode' && format.postalCodeExample;
  const autocomplete = AUTOCOMPLETE[part] ? `shipping ${AUTOCOMPLETE[part]}` : 'off';
  return fieldRow(
    {
      path,
      label: words.parts[format.names[part]] ?? part,
      hint: example ? words.example.replace('{}', example) : words.hints[`address.${part}`],
      optional: format.required.includes(part) ? undefined : words.optional,
      width: part === 'postalCode' || part === 'sortingCode' ? 'short' : 'full',
      control: (attributes) => {
        const all = { ...attributes, autocomplete, maxlength: '400' };
        if (part === 'streetAddress') {
          const area = element('textarea', { ...all, rows: '2' });
          area.value = value;
          return [area];
        }
        const suggestions = part === 'administrativeArea' && format.areas.length > 0;
        const list = `${attributes.id}-list`;
        const input = element('input', { ...all, type: 'text', ...(suggestions && { list }) });
        input.value = value;
        const options = format.areas.map((area) => element('option', { value: area }));
        return suggestions ? [input, element('datalist', { id: list }, ...options)] : [input];
      },
    },
    prefix,
  );
}
