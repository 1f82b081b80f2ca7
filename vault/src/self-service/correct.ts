/** Corrections by the person (W8), with history. */
import type { Refusal } from '@avow/protocol/refusals';
import type { Correction } from '@avow/protocol/self-service';
import { checkCorrection } from '../people/check-correction.ts';
import type { PersonRecord } from '../people/people.ts';
import { isRefusal, type SealedContext } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { changeRefusedMail } from './mails.ts';

export async function correct(
  { people }: Services,
  person: PersonRecord,
  { changes }: Correction,
  { tx, today }: SealedContext,
): Promise<{ changed: string[] } | Refusal> {
  const checked = checkCorrection(person, changes);
  if (isRefusal(checked)) return checked;
  return {
    changed: await people.change(tx, person.id, checked.changes, { by: 'person', act: 'correction', day: today }),
  };
}

/** Passes an answer on; a refusal that nobody waits for any more is mailed to the person. */
export async function tellRefusal<Answer extends object>(
  services: Services,
  person: PersonRecord,
  answer: Answer | Refusal,
  { tx, awaited }: SealedContext,
): Promise<Answer | Refusal> {
  const email = person.fields.email?.value;
  if (awaited || !isRefusal(answer) || !email) return answer;
  const { mail, publicUrl, config } = services;
  await mail.queueMail(tx, {
    to: email,
    dataKeyId: person.dataKeyId,
    purpose: 'say why a change was refused',
    content: changeRefusedMail({
      language: person.language,
      vendor: config.vendor.name,
      contactEmail: config.vendor.contactEmail,
      publicUrl,
      fields: answer.fields ?? {},
    }),
  });
  return answer;
}
