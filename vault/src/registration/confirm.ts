/** The proof that the address belongs to who registered: now there is a person, or a known one with new details. */
import type { Refusal, RefusalCode } from '@avow/protocol/refusals';
import type { RegistrationReceipt, SealedRoutes } from '@avow/protocol/sealed-routes';
import { spendToken } from '../people/tokens.ts';
import type { SealedContext } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { transferCodeOf } from './check-submission.ts';
import { registeredMail } from './mails.ts';
import { takePending } from './pending.ts';
import type { SerialDesk } from './serial-desk.ts';
import { countryOf, personFieldsOf, type Submission } from './submission.ts';

type Confirmed = SealedRoutes['POST /confirmations']['answer'];

interface ClaimedSerial {
  state: 'none' | 'registered' | 'held' | RefusalCode;
  receipt: RegistrationReceipt | null;
}

export async function confirm(
  services: Services,
  desk: SerialDesk,
  token: string,
  context: SealedContext,
): Promise<Confirmed | Refusal> {
  const { tx, today } = context;
  const pendingId = await spendToken(tx, 'confirm', token, services.clock());
  const pending = pendingId === null ? null : await takePending(tx, services.keyring, pendingId);
  if (!pending) return { refused: 'link_expired' };

  const { submission } = pending;
  const { language, mailing, statementVersion, email } = submission.form;
  const personId = await createOrUpdate(services, submission, context);
  await services.people.recordConsent(tx, personId, {
    given: mailing.subscribed,
    words: mailing.words,
    language,
    statementVersion,
    day: today,
  });
  const serial = await claimSerial(desk, personId, submission, context);

  const { dataKeyId } = await services.people.get(tx, personId);
  await services.mail.queueMail(tx, {
    to: email,
    dataKeyId,
    purpose: 'tell that a registration is confirmed',
    content: registeredMail({
      language,
      vendor: services.config.vendor.name,
      publicUrl: services.publicUrl,
      subscribed: mailing.subscribed,
      serial: serial.state,
    }),
  });
  const product = submission.kind === 'product' && (serial.state === 'registered' || serial.state === 'held');
  return { confirmed: product ? 'product' : 'person', held: serial.state === 'held', receipt: serial.receipt };
}

async function createOrUpdate(
  { people }: Services,
  submission: Submission,
  { tx, today }: SealedContext,
): Promise<string> {
  const fields = personFieldsOf(submission);
  const act = submission.kind === 'person' ? 'registration' : 'product-registration';
  const created = await people.create(tx, {
    fields,
    language: submission.form.language,
    country: countryOf(submission),
    act,
    day: today,
  });
  if (typeof created === 'string') return created;
  // Another spelling of the same mailbox (`Name@…`) is no change of address.
  const { email: _email, ...others } = fields;
  await people.change(tx, created.personId, others, { by: 'person', act, day: today });
  return created.personId;
}

async function claimSerial(
  desk: SerialDesk,
  personId: string,
  submission: Submission,
  { tx, today }: SealedContext,
): Promise<ClaimedSerial> {
  const { form } = submission;
  if (!form.serial) return { state: 'none', receipt: null };
  let transferCode = transferCodeOf(submission);
  let checked = await desk.check(tx, form.serial, transferCode);
  if (!checked.ok && transferCode !== null) {
    // The code may have expired while the confirmation was waiting: then the owner is asked, as without a code.
    transferCode = null;
    checked = await desk.check(tx, form.serial, null);
  }
  // Known serials do not become unknown; should it happen, the person is registered all the same and is told.
  if (!checked.ok) return { state: checked.code, receipt: null };
  const versions = submission.kind === 'product' ? submission.form : null;
  const { held, receipt } = await desk.claim(tx, {
    serial: form.serial,
    personId,
    transferCode,
    discVersion: versions?.discVersion || null,
    softwareVersion: versions?.softwareVersion || null,
    statementVersion: form.statementVersion,
    day: today,
  });
  return { state: held ? 'held' : 'registered', receipt };
}
