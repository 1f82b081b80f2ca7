/**
 * A new e-mail address is a proposal until a mail to it is answered. The old address is told and can undo the change for a week; of what
 * staff propose it is told at once, and can object.
 * An address that belongs to somebody else gets the same answer; its owner gets a mail.
 */
import { randomUUID } from 'node:crypto';
import { checkForm } from '@avow/protocol/forms/check';
import { SIGN_IN_FIELDS } from '@avow/protocol/forms/sign-in';
import { tidyText } from '@avow/protocol/forms/text';
import type { Refusal } from '@avow/protocol/refusals';
import { refuseEmail } from '../people/check-person.ts';
import { takeMailAllowance } from '../people/mail-allowance.ts';
import type { PersonRecord, Transaction } from '../people/people.ts';
import { endAllSessions } from '../people/sessions.ts';
import { issueToken, spendToken } from '../people/tokens.ts';
import { addDays } from '../platform/day.ts';
import type { SealedContext } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { findAddressee } from './addressee.ts';
import { addressTakenMail, emailChangedMail, emailRestoredMail, proveAddressMail } from './email-mails.ts';
import {
  dropUndosFrom,
  findUndo,
  keepUndo,
  objectToProposal,
  propose,
  takeProposal,
  withdrawProposal,
} from './proposals.ts';

/** Of a mail that staff must not see whether it was sent: that tells whether the address belongs to somebody else. */
export const PROVE_ADDRESS = 'prove a new e-mail address';
/** Through the end of tomorrow: at least the promised 24 hours, without keeping an hour. */
export const PROPOSAL_DAYS = 1;
export const UNDO_DAYS = 7;

export async function proposeEmail(
  services: Services,
  person: PersonRecord,
  sent: string,
  { tx, today }: SealedContext,
): Promise<{ accepted: true } | Refusal> {
  const email = checkNewEmail(sent);
  if (typeof email !== 'string') return email;
  await keepAndProve(services, tx, person, { address: email, day: today, by: 'person', days: PROPOSAL_DAYS });
  return { accepted: true };
}

/** Tidied; or what is wrong with it. */
export function checkNewEmail(sent: string): string | Refusal {
  const email = tidyText(sent);
  const refused = checkForm(SIGN_IN_FIELDS, { email }).email ?? refuseEmail(email);
  return refused ? { refused: 'invalid_fields', fields: { email: refused } } : email;
}

/** Keeps the proposal and writes to the new address; or to its owner, of which nothing shows here. Returns the proposal's id. */
export async function keepAndProve(
  services: Services,
  tx: Transaction,
  person: PersonRecord,
  { days, ...wanted }: { address: string; day: string; by: 'person' | 'staff'; days: number },
): Promise<string> {
  const { keyring, mail, publicUrl, clock, config } = services;
  const { address: to, day, by } = wanted;
  const id = randomUUID();
  const lastDay = addDays(day, days);
  await propose(tx, keyring, person, { id, ...wanted, until: lastDay });
  const token = await issueToken(tx, { act: 'email-change', subject: id, days }, clock());
  if (!(await takeMailAllowance(tx, keyring, { kind: 'email-change', to, day }))) return id;
  const vendor = config.vendor.name;
  const owner = await findAddressee(services, tx, to);
  if (owner && owner.personId !== person.id) {
    await mail.queueMail(tx, {
      to,
      dataKeyId: owner.dataKeyId,
      purpose: 'tell that somebody proposed an address in use',
      content: addressTakenMail({ language: owner.language, vendor, publicUrl }),
    });
    return id;
  }
  const words = { language: person.language, vendor, publicUrl, token, lastDay, by };
  await mail.queueMail(tx, {
    to,
    dataKeyId: person.dataKeyId,
    purpose: PROVE_ADDRESS,
    content: proveAddressMail(words),
  });
  return id;
}

export async function confirmEmail(
  services: Services,
  token: string,
  { tx, today }: SealedContext,
): Promise<{ changed: true } | Refusal> {
  const { people, keyring, mail, publicUrl, clock, config } = services;
  const proposalId = await spendToken(tx, 'email-change', token, clock());
  const proposal = proposalId === null ? null : await takeProposal(tx, keyring, people, proposalId);
  if (proposalId === null || !proposal) return { refused: 'link_expired' };
  const { person, address, by } = proposal;
  const before = person.fields.email?.value ?? '';
  const taken = await people.changeEmail(tx, person.id, address, {
    by,
    act: by === 'staff' ? 'staff-email-change' : 'email-change',
    day: today,
  });
  if (taken) return { refused: 'change_refused' };
  if (before === address) return { changed: true };

  // Under the proposal's id: the link with which the old address may object to what staff proposed undoes it from now on.
  await keepUndo(tx, keyring, person, { id: proposalId, address: before, day: today });
  const undo = await issueToken(tx, { act: 'email-undo', subject: proposalId, days: UNDO_DAYS }, clock());
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
  const objected = await spendToken(tx, 'email-objection', token, clock());
  if (objected !== null && (await objectToProposal(tx, objected, today))) return { undone: true };
  const undoId = objected ?? (await spendToken(tx, 'email-undo', token, clock()));
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
