/**
 * A form as data: the page renders it, the browser checks it before sealing, the vault checks it again after opening.
 * Labels and hints are page texts and live with the pages.
 */
import type { RefusalCode } from '../refusals.ts';

export type FieldKind = 'text' | 'email' | 'telephone' | 'country' | 'serial' | 'choice' | 'address';

export interface Field {
  /** Path in the submitted JSON, e.g. `givenName`. An address expands to `address.*`. */
  name: string;
  kind: FieldKind;
  required: boolean;
  /** In Unicode code points after trimming and NFC. */
  maxLength: number;
  /** HTML autocomplete token. */
  autocomplete: string;
}

/** Refusals by field path; an empty record means the form is acceptable. */
export type FieldRefusals = Record<string, RefusalCode>;
