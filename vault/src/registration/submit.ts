/**
 * Taking a registration in. One path for known and unknown addresses: check, keep, send the confirmation mail. Who is registered
 * already is not even looked up, so neither answer nor time can tell.
 */
import type { FieldRefusals } from '@avow/protocol/forms/fields';
import type { Refusal } from '@avow/protocol/refusals';
import type { Kysely } from 'kysely';
import { takeMailAllowance } from '../people/mail-allowance.ts';
import { issueToken } from '../people/tokens.ts';
import type { VaultTables } from '../platform/database.ts';
import { addDays, daysBetween } from '../platform/day.ts';
import type { SealedContext } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { checkSubmission } from './check-submission.ts';
import { confirmationMail, refusedMail } from './mails.ts';
import { markMailed, type PendingRegistration, storePending, unmailedPending } from './pending.ts';
import type { SerialDesk } from './serial-desk.ts';
import { type Submission, tidySubmission } from './submission.ts';

export async function submit(
  services: Services,
  desk: SerialDesk,
  sent: Submission,
  context: SealedContext,
): Promise<{ accepted: true } | Refusal> {
  const { tx, today } = context;
  const submission = tidySubmission(sent);
  const fields = await checkSubmission(tx, desk, submission);
  if (Object.keys(fields).length > 0) {
    if (!context.awaited) await mailRefusal(services, tx, submission, fields, today);
    return { refused: 'invalid_fields', fields };
  }
  const mailed = await takeAllowance(services, tx, submission, today);
  const pending = await storePending(tx, services.keyring, { submission, mailed, day: today });
  if (mailed) await mailConfirmation(services, tx, pending, today);
  return { accepted: true };
}

/** For the timetable: the confirmation mails that an address's allowance put off. */
export async function sendPutOffMails(services: Services, tx: Kysely<VaultTables>, today: string): Promise<void> {
  for (const pending of await unmailedPending(tx, services.keyring)) {
    if (!(await takeAllowance(services, tx, pending.submission, today))) continue;
    await mailConfirmation(services, tx, pending, today);
    await markMailed(tx, pending.id);
  }
}

function takeAllowance(services: Services, tx: Kysely<VaultTables>, { form }: Submission, day: string) {
  return takeMailAllowance(tx, services.keyring, { kind: 'registration', to: form.email, day });
}

async function mailConfirmation(
  services: Services,
  tx: Kysely<VaultTables>,
  { id, dataKeyId, day, submission }: PendingRegistration,
  today: string,
): Promise<void> {
  const { config, publicUrl } = services;
  const lastDay = addDays(day, config.retention.unconfirmedDays);
  const days = Math.max(1, daysBetween(today, lastDay));
  const token = await issueToken(tx, { act: 'confirm', subject: id, days }, services.clock());
  const { email, language, mailing } = submission.form;
  await services.mail.queueMail(tx, {
    to: email,
    dataKeyId,
    purpose: 'confirm a registration',
    content: confirmationMail({
      language,
      kind: submission.kind,
      vendor: config.vendor.name,
      publicUrl,
      token,
      lastDay,
      subscribed: mailing.subscribed,
    }),
  });
}

async function mailRefusal(
  services: Services,
  tx: Kysely<VaultTables>,
  submission: Submission,
  fields: FieldRefusals,
  today: string,
): Promise<void> {
  const { email, language } = submission.form;
  if (fields.email || !(await takeAllowance(services, tx, submission, today))) return;
  await services.mail.queueMail(tx, {
    to: email,
    dataKeyId: null,
    purpose: 'say why a registration was refused',
    content: refusedMail({
      language,
      kind: submission.kind,
      vendor: services.config.vendor.name,
      publicUrl: services.publicUrl,
      fields,
    }),
  });
}
