/** The check both ends make of a form: the browser before sealing, the vault after opening. */
import { checkAddress, isCountry } from '../address-formats.ts';
import type { RefusalCode } from '../refusals.ts';
import { serialIsWellFormed } from '../serial.ts';
import type { Field, FieldRefusals } from './fields.ts';
import { checkText } from './text.ts';

export interface CheckOptions {
  /** Patterns (whole match) of serials sold before this platform: the check character is not theirs. */
  legacySerials?: readonly RegExp[];
}

/**
 * Refusals by field path: required, length, shape of e-mail, telephone and serial, country, address. `values` is the body as
 * sent. Whether a serial is real, or a telephone number possible in its country, only the vault says.
 */
export function checkForm(fields: readonly Field[], values: object, options: CheckOptions = {}): FieldRefusals {
  const given: Readonly<Record<string, unknown>> = { ...values };
  const refusals: FieldRefusals = {};
  for (const field of fields) {
    const value = given[field.name];
    if (field.kind === 'address') Object.assign(refusals, checkAddressField(field, value));
    else {
      const code = checkField(field, value, options);
      if (code) refusals[field.name] = code;
    }
  }
  return refusals;
}

/** One field by itself, as the page does when the person leaves it. */
export function checkField(field: Field, value: unknown, options: CheckOptions = {}): RefusalCode | null {
  const checked = checkText(value, { required: field.required, maxLength: field.maxLength, lines: 1 });
  if (!checked.ok) return checked.code;
  return checked.text === '' ? null : checkShape(field, checked.text, options);
}

function checkAddressField(field: Field, value: unknown): FieldRefusals {
  if (value === undefined || value === null) return field.required ? checkAddress({}, field.name) : {};
  if (typeof value !== 'object' || Array.isArray(value)) return { [field.name]: 'field_malformed' };
  return checkAddress(value, field.name);
}

function checkShape(field: Field, text: string, { legacySerials = [] }: CheckOptions): RefusalCode | null {
  switch (field.kind) {
    case 'email':
      return isEmailAddress(text) ? null : 'email_malformed';
    case 'telephone':
      return isTelephoneNumber(text) ? null : 'telephone_malformed';
    case 'country':
      return isCountry(text) ? null : 'country_unknown';
    case 'serial':
      return serialIsWellFormed(text) || legacySerials.some((pattern) => pattern.test(text)) ? null : 'serial_mistyped';
    default:
      return null;
  }
}

/**
 * One mailbox with a domain of at least two labels, internationalised ones included (RFC 6531). Quoted local parts and address
 * literals are refused: nobody types them, and mail programs differ on them.
 */
export function isEmailAddress(text: string): boolean {
  const match = /^([^\s@"(),:;<>[\]\\]{1,64})@([^\s@]{1,253})$/u.exec(text);
  if (!match?.[1] || !match[2]) return false;
  if (match[1].startsWith('.') || match[1].endsWith('.') || match[1].includes('..')) return false;
  const labels = match[2].split('.');
  return labels.length > 1 && labels.every(isDomainLabel) && !/^\d+$/.test(labels.at(-1) ?? '');
}

function isDomainLabel(label: string): boolean {
  return /^[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u.test(label);
}

function isTelephoneNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return /^\+?[\d\s()/.–-]+(?:(?:x|ext\.?)\s?\d{1,6})?$/i.test(text) && digits >= 5 && digits <= 20;
}
