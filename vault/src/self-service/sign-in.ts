/** Signing in by a mailed link. Known and unknown addresses get the same answer, and both get a mail. */
import { checkForm } from '@avow/protocol/forms/check';
import { SIGN_IN_FIELDS } from '@avow/protocol/forms/sign-in';
import { tidyText } from '@avow/protocol/forms/text';
import type { Language, Refusal } from '@avow/protocol/refusals';
import { refuseEmail } from '../people/check-person.ts';
import { takeMailAllowance } from '../people/mail-allowance.ts';
import { normaliseEmail } from '../people/normalise-email.ts';
import { endSession, openSession, SESSION_IDLE_MINUTES } from '../people/sessions.ts';
import { issueToken, spendToken } from '../people/tokens.ts';
import type { SealedContext } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { findAddressee } from './addressee.ts';
import { nobodyRegisteredMail, signInMail } from './mails.ts';

const LINK_MINUTES = 15;

export async function requestSignInLink(
  services: Services,
  request: { email: string; language: Language },
  { tx, today }: SealedContext,
): Promise<{ accepted: true } | Refusal> {
  const { keyring, mail, publicUrl, clock, config } = services;
  const email = tidyText(request.email);
  const refused = checkForm(SIGN_IN_FIELDS, { email }).email ?? refuseEmail(email);
  if (refused) return { refused: 'invalid_fields', fields: { email: refused } };
  if (!(await takeMailAllowance(tx, keyring, { kind: 'sign-in', to: email, day: today }))) return { accepted: true };

  // The token stands for the address, not for the person: it is issued either way, with the same work, and one that was mailed
  // to an address the person no longer has opens nothing.
  const subject = normaliseEmail(email);
  const token = await issueToken(tx, { act: 'sign-in', subject, minutes: LINK_MINUTES }, clock());
  const addressee = await findAddressee(services, tx, email);
  const vendor = config.vendor.name;
  const content = addressee
    ? signInMail({ language: addressee.language, vendor, publicUrl, token, minutes: LINK_MINUTES })
    : nobodyRegisteredMail({ language: request.language, vendor, publicUrl });
  const dataKeyId = addressee?.dataKeyId ?? null;
  await mail.queueMail(tx, { to: email, dataKeyId, purpose: 'answer a request for a sign-in link', content });
  return { accepted: true };
}

export async function signIn(
  { people, clock }: Services,
  token: string,
  { tx }: SealedContext,
): Promise<{ session: string; idleMinutes: number } | Refusal> {
  const address = await spendToken(tx, 'sign-in', token, clock());
  const personId = address === null ? null : await people.findByEmail(tx, address);
  if (personId === null) return { refused: 'link_expired' };
  return { session: await openSession(tx, personId, clock()), idleMinutes: SESSION_IDLE_MINUTES };
}

/** Idempotent: a session that is over already is ended. */
export async function signOut({ tx, bearer }: SealedContext): Promise<{ ended: true } | Refusal> {
  if (bearer === null) return { refused: 'not_signed_in' };
  await endSession(tx, bearer);
  return { ended: true };
}
