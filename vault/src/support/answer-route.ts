/** How a person answers what staff asked (U5). */
import { checkText } from '@avow/protocol/forms/text';
import { z } from 'zod';
import { findSession } from '../people/sessions.ts';
import { type SealedHandler, sealedHandler } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { answeredMail } from './mails.ts';
import { answerQuestion, findQuestion, openQuestion } from './questions.ts';

const MAX_ANSWER = 4000;

const body = z.strictObject({ questionId: z.uuid(), answer: z.string() });

export function answerRoute({ config, keyring, people, mail, clock }: Services): SealedHandler {
  return sealedHandler('POST /me/answers', body, async ({ questionId, answer }, { tx, bearer, today }) => {
    const personId = bearer === null ? null : await findSession(tx, bearer, clock());
    // A session outlives the person where somebody is erased while signed in.
    const held =
      personId && (await tx.selectFrom('persons').select('id').where('id', '=', personId).executeTakeFirst());
    if (!held || personId === null) return { refused: 'not_signed_in' };
    const checked = checkText(answer, { required: true, maxLength: MAX_ANSWER, lines: 100 });
    if (!checked.ok) return { refused: 'invalid_fields', fields: { answer: checked.code } };
    const person = await people.get(tx, personId);
    if (!(await answerQuestion(tx, keyring, person, { questionId, answer: checked.text, day: today }))) {
      return { refused: 'not_found' };
    }
    const row = await findQuestion(tx, questionId);
    const { field } = row ? await openQuestion(keyring, person, row) : { field: '' };
    await mail.queueMail(tx, {
      to: config.vendor.contactEmail,
      dataKeyId: person.dataKeyId,
      purpose: 'tell staff of an answer',
      content: answeredMail({ language: person.language, field }),
    });
    return { accepted: true };
  });
}
