/** The two registration forms (W3, S1) and the mailing-list choice both carry (O1, S7). */
import type { Language } from '../refusals.ts';
import type { Field } from './fields.ts';

/** A postal address by the field letters of libaddressinput; which ones a country uses is in `address-formats.ts`. */
export interface PostalAddress {
  /** ISO 3166-1 alpha-2. */
  country: string;
  organization?: string;
  /** One to three lines, separated by \n. */
  streetAddress: string;
  dependentLocality?: string;
  locality?: string;
  administrativeArea?: string;
  postalCode?: string;
  sortingCode?: string;
}

/** What was shown beside the unticked box, so that the consent record can quote it. */
export interface MailingChoice {
  subscribed: boolean;
  /** The exact words beside the box. */
  words: string;
}

interface Submission {
  language: Language;
  /** The statement version in force on the page. */
  statementVersion: number;
  mailing: MailingChoice;
}

/** W3, `/register`. */
export interface PersonRegistration extends Submission {
  givenName: string;
  familyName: string;
  email: string;
  telephone?: string;
  address: PostalAddress;
  serial?: string;
}

/** S1, `/products/register` and the suite's dialog. */
export interface ProductRegistration extends Submission {
  givenName: string;
  familyName: string;
  email: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  serial: string;
  /** From the previous owner, where the serial changes hands. */
  transferCode?: string;
  /** The vendor's internal version of disc and software. */
  discVersion?: string;
  softwareVersion?: string;
}

export const PERSON_REGISTRATION_FIELDS: readonly Field[] = [
  { name: 'givenName', kind: 'text', required: true, maxLength: 100, autocomplete: 'given-name' },
  { name: 'familyName', kind: 'text', required: true, maxLength: 100, autocomplete: 'family-name' },
  { name: 'email', kind: 'email', required: true, maxLength: 254, autocomplete: 'email' },
  { name: 'address', kind: 'address', required: true, maxLength: 200, autocomplete: 'shipping' },
  { name: 'telephone', kind: 'telephone', required: false, maxLength: 40, autocomplete: 'tel' },
  { name: 'serial', kind: 'serial', required: false, maxLength: 64, autocomplete: 'off' },
];

export const PRODUCT_REGISTRATION_FIELDS: readonly Field[] = [
  { name: 'givenName', kind: 'text', required: true, maxLength: 100, autocomplete: 'given-name' },
  { name: 'familyName', kind: 'text', required: true, maxLength: 100, autocomplete: 'family-name' },
  { name: 'email', kind: 'email', required: true, maxLength: 254, autocomplete: 'email' },
  { name: 'country', kind: 'country', required: true, maxLength: 2, autocomplete: 'country' },
  { name: 'serial', kind: 'serial', required: true, maxLength: 64, autocomplete: 'off' },
  { name: 'transferCode', kind: 'text', required: false, maxLength: 40, autocomplete: 'off' },
  { name: 'discVersion', kind: 'text', required: false, maxLength: 40, autocomplete: 'off' },
  { name: 'softwareVersion', kind: 'text', required: false, maxLength: 40, autocomplete: 'off' },
];
