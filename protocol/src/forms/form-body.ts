/** From what is typed, by path, to the JSON body that is sealed. */
import { ADDRESS_PARTS, addressFormat, isCountry } from '../address-formats.ts';
import type { Field } from './fields.ts';

/** Text by path (`address.postalCode`), as the controls of a form hold it. */
export type TypedValues = Readonly<Record<string, string>>;

/** Only the form's own fields, only the address parts the chosen country uses, nothing empty. */
export function formBody(fields: readonly Field[], values: TypedValues): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.kind === 'address') body[field.name] = addressBody(field.name, values);
    else if (values[field.name]?.trim()) body[field.name] = values[field.name];
  }
  return body;
}

function addressBody(name: string, values: TypedValues): Record<string, string> {
  const country = values[`${name}.country`] ?? '';
  const used = isCountry(country) ? addressFormat(country).order.flat() : Object.values(ADDRESS_PARTS);
  const address: Record<string, string> = { country };
  for (const part of used) {
    const value = values[`${name}.${part}`];
    if (value?.trim()) address[part] = value;
  }
  return address;
}
