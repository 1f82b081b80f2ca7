/**
 * A new e-mail address is a proposal until a mail to it is answered. The old address is told and can undo the change for a week.
 * An address that belongs to somebody else gets the same answer; its owner gets a mail.
 */
import { randomUUID } from 'node:crypto';
import { checkForm } from '@avow/protocol/forms/check';
import { SIGN_IN_FIELDS } from '@avow/protocol/forms/sign-in';
import { tidyText } from '@avow/protocol/forms/text';
import type { Refusal } from '@avow/protocol/refusals';
import { refuseEmail } from '../people/check-person.ts';
import { takeMailAllowance } from '../people/mail-allowance.ts';
import type { PersonRecord } from '../people/people.ts';
import { endAllSessions } from '../people/sessions.ts';
import { issueToken, spendToken } from '../people/tokens.ts';
import { addDays } from '../platform/day.ts';
import type { SealedContext } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { findAddressee } from './addressee.ts';
import { addressTakenMail, emailChangedMail, emailRestoredMail, proveAddressMail } from './email-mails.ts';
import { dropUndosFrom, findUndo, keepUndo, propose, takeProposal, withdrawProposal } from './proposals.ts';

/** Through the end of tomorrow: at least the promised 24 hours, without keeping an hour. */
export const PROPOSAL_DAYS = 1;
export const UNDO_DAYS = 7;

export async function proposeEmail(
  services: Services,
  person: PersonRecord,
  sent: string,
  { tx, today }: SealedContext,
): Promise<{ accepted: true } | Refusal> {
  const { keyring, mail, publicUrl, clock, config } = services;
  const email = tidyText(sent);
  const refused = checkForm(SIGN_IN_FIELDS, { email }).email ?? refuseEmail(email);
  if (refused) return { refused: 'invalid_fields', fields: { email: refused } };

  const id = randomUUID();
  await propose(tx, keyring, person, { id, address: email, day: today });
  const token = await issueToken(tx, { act: 'email-change', subject: id, days: PROPOSAL_DAYS }, clock());
  if (!(await takeMailAllowance(tx, keyring, { kind: 'email-change', to: email, day: today }))) {
    return { accepted: true };
  }
  const vendor = config.vendor.name;
  const owner = await findAddressee(services, tx, email);
  if (owner && owner.personId !== person.id) {
    await mail.queueMail(tx, {
      to: email,
      dataKeyId: owner.dataKeyId,
      purpose: 'tell that somebody proposed an address in use',
      content: addressTakenMail({ language: owner.language, vendor, publicUrl }),
    });
    return { accepted: true };
  }
  const lastDay = addDays(today, PROPOSAL_DAYS);
  await mail.queueMail(tx, {
    to: email,
    dataKeyId: person.dataKeyId,
    purpose: 'prove a new e-mail address',
    content: proveAddressMail({ language: person.language, vendor, publicUrl, token, lastDay }),
  });
  return { accepted: true };
}

export async function confirmEmail(
  services: Services,
  token: string,
  { tx, today }: SealedContext,
): Promise<{ changed: true } | Refusal> {
  const { people, keyring, mail, publicUrl, clock, config } = services;
  const proposalId = await spendToken(tx, 'email-change', token, clock());
  const proposal = proposalId === null ? null : await takeProposal(tx, keyring, people, proposalId);
  if (!proposal) return { refused: 'link_expired' };
  const { person, address } = proposal;
  const before = person.fields.email?.value ?? '';
  const taken = await people.changeEmail(tx, person.id, address, { by: 'person', act: 'email-change', day: today });
  if (taken) return { refused: 'change_refused' };
  if (before === address) return { changed: true };

  const id = randomUUID();
  await keepUndo(tx, keyring, person, { id, address: before, day: today });
  const undo = await issueToken(tx, { act: 'email-undo', subject: id, days: UNDO_DAYS }, clock());
  await mail.queueMail(tx, {
    to: before,
    dataKeyId: person.dataKeyId,
    purpose: 'tell the old address of a change',
    content: emailChangedMail({
      language: person.language,
      vendor: config.vendor.name,
      contactEmail: config.vendor.contactEmail,
      publicUrl,
      token: undo,
      lastDay: addDays(today, UNDO_DAYS),
    }),
  });
  return { changed: true };
}

export async function undoEmail(
  services: Services,
  token: string,
  { tx, today }: SealedContext,
): Promise<{ undone: true } | Refusal> {
  const { people, keyring, mail, publicUrl, clock, config } = services;
  const undoId = await spendToken(tx, 'email-undo', token, clock());
  const undo = undoId === null ? null : await findUndo(tx, keyring, people, undoId);
  if (!undo) return { refused: 'link_expired' };
  const { person, address, number } = undo;
  const taken = await people.changeEmail(tx, person.id, address, { by: 'person', act: 'email-undo', day: today });
  if (taken) return { refused: 'change_refused' };
  await dropUndosFrom(tx, person.id, number);
  await withdrawProposal(tx, person.id);
  await endAllSessions(tx, person.id, clock());
  await mail.queueMail(tx, {
    to: address,
    dataKeyId: person.dataKeyId,
    purpose: 'tell that an address is in use again',
    content: emailRestoredMail({
      language: person.language,
      vendor: config.vendor.name,
      contactEmail: config.vendor.contactEmail,
      publicUrl,
    }),
  });
  return { undone: true };
}
