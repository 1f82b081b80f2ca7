/** What staff do with a person's record under an access: correct it, propose a new address, ask the person, answer a request. The person is told by mail. */
import { checkText } from '@avow/protocol/forms/text';
import type { Refusal } from '@avow/protocol/refusals';
import type { AuditAct } from '@avow/protocol/staff/audit';
import { checkCorrection } from '../people/check-correction.ts';
import type { Transaction } from '../people/people.ts';
import { findPersonField } from '../people/person-fields.ts';
import { recordAct } from '../platform/audit/audit-log.ts';
import { inTransaction } from '../platform/closing-writes.ts';
import { isoDay } from '../platform/day.ts';
import type { MailContent } from '../platform/mail/compose.ts';
import type { Services } from '../platform/services.ts';
import type { EmailDesk } from './email-desk.ts';
import { correctedMail, questionMail, requestAnsweredMail } from './mails.ts';
import { addQuestion, closeQuestion } from './questions.ts';
import type { OpenAccess } from './record.ts';

/** What questions can be about besides the person's own fields. */
const OTHER_SUBJECTS: ReadonlySet<string> = new Set(['address', 'serial', 'other']);
const MAX_TEXT = 2000;

export interface Acting {
  services: Services;
  /** Id of the member of staff. */
  staff: string;
  open: OpenAccess;
}

export async function correctPerson(
  acting: Acting,
  changes: Record<string, string>,
): Promise<{ changed: string[] } | Refusal> {
  const { services, open } = acting;
  const { people, config, publicUrl } = services;
  const { person } = open;
  const checked = checkCorrection(person, changes);
  if ('refused' in checked) return checked;
  return inTransaction(services.db, async (tx) => {
    const how = { by: 'staff' as const, act: 'correction', day: today(services) };
    const changed = await people.change(tx, person.id, checked.changes, how);
    if (changed.length > 0) {
      const { name: vendor, contactEmail } = config.vendor;
      const { language } = person;
      const content = correctedMail({ language, vendor, publicUrl, contactEmail, fields: changed });
      await writeTo(acting, tx, 'tell of a correction', content);
      await record(acting, tx, 'person-corrected');
    }
    return { changed };
  });
}

export async function askPerson(
  acting: Acting,
  { field, question }: { field: string; question: string },
): Promise<{ asked: true } | Refusal> {
  const { services, open } = acting;
  const { person } = open;
  const text = checkText(question, { required: true, maxLength: MAX_TEXT, lines: 40 });
  if (!text.ok) return { refused: 'invalid_fields', fields: { question: text.code } };
  if (!findPersonField(field) && !OTHER_SUBJECTS.has(field)) {
    return { refused: 'invalid_fields', fields: { field: 'field_unknown' } };
  }
  return inTransaction(services.db, async (tx) => {
    const asked = { field, question: text.text, day: today(services) };
    if (!(await addQuestion(tx, services.keyring, person, asked))) return { refused: 'too_many_requests' };
    const { config, publicUrl } = services;
    const content = questionMail({ language: person.language, vendor: config.vendor.name, publicUrl, field });
    await writeTo(acting, tx, 'ask to clarify', content);
    await record(acting, tx, 'person-asked');
    return { asked: true };
  });
}

/** Nothing changes before the new address is proven. */
export async function proposeEmail(
  acting: Acting,
  email: string,
  desk: EmailDesk,
): Promise<{ proposed: true } | Refusal> {
  return inTransaction(acting.services.db, async (tx) => {
    const done = await desk.propose(tx, acting.open.person, email);
    if (!('refused' in done)) await record(acting, tx, 'email-proposed');
    return done;
  });
}

/** `close` forgets the request; false where it is not this person's. */
export async function answerRequest(
  acting: Acting,
  answer: { outcome: 'changed' | 'declined'; text: string; field: string },
  close: (tx: Transaction) => Promise<boolean>,
): Promise<{ closed: true } | Refusal> {
  const { services, open } = acting;
  const text = checkText(answer.text, { required: true, maxLength: MAX_TEXT, lines: 40 });
  if (!text.ok) return { refused: 'invalid_fields', fields: { answer: text.code } };
  return inTransaction(services.db, async (tx) => {
    if (!(await close(tx))) return { refused: 'not_found' };
    const { config, publicUrl } = services;
    const { language } = open.person;
    const vendor = config.vendor.name;
    const content = requestAnsweredMail({ ...answer, language, vendor, publicUrl, text: text.text });
    await writeTo(acting, tx, 'answer a correction request', content);
    await record(acting, tx, 'case-closed');
    return { closed: true };
  });
}

export async function endQuestion(acting: Acting, id: string): Promise<{ closed: true } | Refusal> {
  const { services, open } = acting;
  return inTransaction(services.db, async (tx) => {
    if (!(await closeQuestion(tx, id, open.person.id))) return { refused: 'not_found' };
    await record(acting, tx, 'case-closed');
    return { closed: true };
  });
}

const today = ({ clock }: Services): string => isoDay(clock());

async function writeTo(
  { services, open: { person } }: Acting,
  tx: Transaction,
  purpose: string,
  content: MailContent,
): Promise<void> {
  const to = person.fields.email?.value;
  if (to === undefined) throw new Error('a person without an address');
  await services.mail.queueMail(tx, { to, dataKeyId: person.dataKeyId, purpose, content });
}

/** The access leads to the person, and goes with it; the entry stays. */
function record({ services, staff, open }: Acting, tx: Transaction, act: AuditAct): Promise<void> {
  const { purpose, accessId } = open;
  return recordAct(tx, services.keyring, { day: today(services), staff, act, purpose, about: accessId });
}
