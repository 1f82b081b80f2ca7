/** The checks of a person's values that only the vault makes, on top of those both ends make (`checkForm`). */
import { domainToASCII } from 'node:url';
import type { FieldRefusals } from '@avow/protocol/forms/fields';
import type { RefusalCode } from '@avow/protocol/refusals';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

export interface CheckedValues {
  email?: string | undefined;
  telephone?: string | undefined;
  /** Of the address, or the home country. Decides how a number without + is read. */
  country: string;
}

/** Refusals by field name; values that are absent or empty are not refused here. `values` are tidied already. */
export function checkPersonValues(values: CheckedValues): FieldRefusals {
  const refusals: FieldRefusals = {};
  const email = values.email ? refuseEmail(values.email) : null;
  if (email) refusals.email = email;
  if (values.telephone && !readTelephone(values.telephone, values.country)) refusals.telephone = 'telephone_malformed';
  return refusals;
}

/**
 * Refuses what no mail server can be told: control characters (they would begin a new header), a mailbox name longer than 64
 * octets, a domain that is none in the DNS, an address longer than 254 (RFC 5321 section 4.5.3.1, domain in its ASCII form).
 */
export function refuseEmail(email: string): RefusalCode | null {
  const at = email.lastIndexOf('@');
  const mailbox = email.slice(0, at);
  const domain = domainToASCII(email.slice(at + 1));
  const sound =
    at > 0 &&
    !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(email) &&
    Buffer.byteLength(mailbox) <= 64 &&
    Buffer.byteLength(mailbox) + 1 + domain.length <= 254 &&
    domain.includes('.') &&
    domain.split('.').every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  return sound ? null : 'email_malformed';
}

/**
 * The number as it is dialled from anywhere (`+49 30 123456`), or null where the country has no numbers of that length. With +
 * and country code any country's is good. Whether the range is in use is not asked: those lists are older than the numbers.
 */
export function readTelephone(text: string, country: string): string | null {
  const number = isSupportedCountry(country)
    ? parsePhoneNumberFromString(text, country)
    : parsePhoneNumberFromString(text);
  return number?.isPossible() ? number.formatInternational() : null;
}
