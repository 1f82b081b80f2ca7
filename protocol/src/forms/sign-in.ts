/** What `/sign-in` asks: where to send the link. */
import type { Field } from './fields.ts';

export const SIGN_IN_FIELDS: readonly Field[] = [
  { name: 'email', kind: 'email', required: true, maxLength: 254, autocomplete: 'email' },
];
