/** Registered and signed-in people, through the front door. */
import type { PersonRegistration } from '@avow/protocol/forms/registration';
import { type TestFeatures, tokenIn } from './test-features.ts';
import { personForm } from './test-forms.ts';

export interface SignedIn {
  personId: string;
  email: string;
  bearer: string;
}

export async function registerPerson(
  house: TestFeatures,
  email: string,
  more: Partial<PersonRegistration> = {},
): Promise<string> {
  await house.newMails();
  await house.answer('POST /registrations', personForm(email, more));
  await house.answer('POST /confirmations', { token: tokenIn((await house.newMails())[0]) });
  await house.newMails();
  const personId = await house.people.findByEmail(house.db, email);
  if (personId === null) throw new Error(`${email} is not registered`);
  return personId;
}

export async function signInAs(house: TestFeatures, email: string): Promise<string> {
  await house.newMails();
  await house.answer('POST /sign-in-links', { email, language: 'en' });
  const { session } = await house.answer('POST /sessions', { token: tokenIn((await house.newMails())[0]) });
  return session;
}

/** Registers and signs in. */
export async function signedInPerson(
  house: TestFeatures,
  email: string,
  more: Partial<PersonRegistration> = {},
): Promise<SignedIn> {
  const personId = await registerPerson(house, email, more);
  return { personId, email, bearer: await signInAs(house, email) };
}
