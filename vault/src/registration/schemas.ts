/**
 * The shapes of what a form may send: types, and no field more than the form has. Lengths and meaning are checked after that,
 * field by field (`check-submission.ts`), so that a person sees all refusals at once.
 */
import type { PersonRegistration, ProductRegistration } from '@avow/protocol/forms/registration';
import { z } from 'zod';

const optionalText = z.exactOptional(z.string());

const submission = {
  language: z.enum(['en', 'de']),
  statementVersion: z.int().min(1).max(32_767),
  mailing: z.strictObject({ subscribed: z.boolean(), words: z.string().min(1).max(1000) }),
};

const address = z.strictObject({
  country: z.string(),
  organization: optionalText,
  streetAddress: z.string(),
  dependentLocality: optionalText,
  locality: optionalText,
  administrativeArea: optionalText,
  postalCode: optionalText,
  sortingCode: optionalText,
});

export const personRegistration: z.ZodType<PersonRegistration> = z.strictObject({
  ...submission,
  givenName: z.string(),
  familyName: z.string(),
  email: z.string(),
  telephone: optionalText,
  address,
  serial: optionalText,
});

export const productRegistration: z.ZodType<ProductRegistration> = z.strictObject({
  ...submission,
  givenName: z.string(),
  familyName: z.string(),
  email: z.string(),
  country: z.string(),
  serial: z.string(),
  transferCode: optionalText,
  discVersion: optionalText,
  softwareVersion: optionalText,
});
