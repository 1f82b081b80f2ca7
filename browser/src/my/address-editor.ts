/** Corrects the whole address at once, or adds it: country, parts and postal code have to fit together. */
import { ADDRESS_PARTS, addressFormat, checkAddress, isCountry } from '@avow/protocol/address-formats';
import type { HeldField } from '@avow/protocol/self-service';
import { element, get } from '../dom.ts';
import { addressLines, followCountry } from '../forms/address-form.ts';
import { fieldRow } from '../forms/field-row.ts';
import { typedValues } from '../forms/typed-values.ts';
import { type Desk, labelOf } from './desk.ts';
import { countryOptions } from './field-editor.ts';
import { myForm } from './my-form.ts';
import { offerRequest } from './request.ts';

/** Without parts it adds an address. */
export function addressEditor(desk: Desk, parts: readonly HeldField[], close: () => void): HTMLElement {
  const { words, data } = desk;
  const { save, saved, add, added } = words.details;
  const [button, said] = parts.length > 0 ? [save, saved] : [add, added];
  const before = new Map(parts.map(({ field, value }) => [field, value]));
  return myForm(desk, {
    route: 'PATCH /me',
    fields: [addressBlock(desk, before)],
    button,
    leave: close,
    read: (form) => {
      const typed = typedAddress(form);
      const refusals = checkAddress(Object.fromEntries(typed.map(([part, value]) => [part, value])));
      if (Object.keys(refusals).length > 0) return { refusals };
      const changes = new Map(typed.map(([part, value]) => [`address.${part}`, value]));
      // A part the new country does not use is cleared.
      for (const path of before.keys()) if (!changes.has(path)) changes.set(path, '');
      const changed = [...changes].filter(([path, value]) => (before.get(path) ?? '') !== value);
      return { body: { changes: Object.fromEntries(changed) } };
    },
    answered: ({ changed }) => desk.refresh(changed.length > 0 ? said(words.details.address) : words.details.unchanged),
    refused: (form) => {
      const wanted = typedAddress(form).map(([, value]) => value);
      offerRequest(desk, form, 'address', wanted.filter(Boolean).join(', '));
    },
  });

  function addressBlock({ data: { fields } }: Desk, values: ReadonlyMap<string, string>): HTMLElement {
    const country = values.get('address.country') ?? homeCountry(desk);
    const select = (attributes: Record<string, string>): HTMLSelectElement => {
      const made = element(
        'select',
        { ...attributes, autocomplete: 'country' },
        !isCountry(country) && element('option', { value: '' }, desk.data.fields.chooseCountry),
        ...countryOptions(desk).map(({ code, name }) => element('option', { value: code }, name)),
      );
      made.value = country;
      return made;
    };
    const row = fieldRow(
      { path: 'address.country', label: labelOf(desk, 'address.country'), control: (a) => [select(a)] },
      'my',
    );
    const lines = isCountry(country) ? addressLines(addressFormat(country), fields, 'address', values, 'my') : [];
    const block = element(
      'div',
      { 'data-address': 'address' },
      row,
      element('div', { class: 'address-parts', 'data-address-parts': true }, ...lines),
    );
    followCountry(block, data.fields, 'my');
    return block;
  }
}

/** Where the person lives, as far as it is held: an address that is added most likely lies there. */
function homeCountry({ held }: Desk): string {
  return held.fields.find(({ field }) => field === 'country')?.value ?? '';
}

function typedAddress(form: HTMLFormElement): [part: string, value: string][] {
  const values = typedValues(form);
  const country = get<HTMLSelectElement>('select', form).value;
  const used = isCountry(country) ? addressFormat(country).order.flat() : Object.values(ADDRESS_PARTS);
  return [
    ['country', country],
    ...used.map((part): [string, string] => [part, values[`address.${part}`]?.trim() ?? '']),
  ];
}
