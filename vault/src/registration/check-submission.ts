/** Everything a registration can be refused for, found at once. */
import { checkForm } from '@avow/protocol/forms/check';
import type { Field, FieldRefusals } from '@avow/protocol/forms/fields';
import { PERSON_REGISTRATION_FIELDS, PRODUCT_REGISTRATION_FIELDS } from '@avow/protocol/forms/registration';
import type { Kysely } from 'kysely';
import { checkPersonValues } from '../people/check-person.ts';
import type { VaultTables } from '../platform/database.ts';
import type { SerialDesk } from './serial-desk.ts';
import { countryOf, type Submission } from './submission.ts';

// Whether a serial is mistyped, the desk says better: it knows the serials sold before this platform.
const asText = (field: Field): Field => (field.kind === 'serial' ? { ...field, kind: 'text' } : field);
const FIELDS = {
  person: PERSON_REGISTRATION_FIELDS.map(asText),
  product: PRODUCT_REGISTRATION_FIELDS.map(asText),
};

/** Refusals by field path; empty when the registration is acceptable. Says nothing about who is registered already. */
export async function checkSubmission(
  tx: Kysely<VaultTables>,
  desk: SerialDesk,
  submission: Submission,
): Promise<FieldRefusals> {
  const { form } = submission;
  const telephone = 'telephone' in form ? form.telephone : undefined;
  const refusals: FieldRefusals = {
    ...checkPersonValues({ email: form.email, telephone, country: countryOf(submission) }),
    // After those, so that an absent value is called absent.
    ...checkForm(FIELDS[submission.kind], form),
  };
  if (form.serial && !refusals.serial && !refusals.transferCode) {
    const checked = await desk.check(tx, form.serial, transferCodeOf(submission));
    if (!checked.ok) refusals[checked.code === 'transfer_code_wrong' ? 'transferCode' : 'serial'] = checked.code;
  }
  return refusals;
}

export function transferCodeOf(submission: Submission): string | null {
  return (submission.kind === 'product' && submission.form.transferCode) || null;
}
