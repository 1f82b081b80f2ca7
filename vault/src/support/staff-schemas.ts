/** The shapes of the staff's routes about persons; the compiler holds them to the contract with the console. */
import type { PeopleRoutes } from '@avow/protocol/staff/people';
import { STAFF_PURPOSES } from '@avow/protocol/staff/purposes';
import { z } from 'zod';

type Body<R extends keyof PeopleRoutes> = z.ZodType<PeopleRoutes[R]['body']>;
type Answer<R extends keyof PeopleRoutes> = z.ZodType<PeopleRoutes[R]['answer']>;

const id = z.uuid();
const text = z.string();
const language = z.enum(['en', 'de']);
const both = z.strictObject({ en: text, de: text });
const purpose = z.enum(STAFF_PURPOSES);
const reason = { purpose, ticket: z.string().trim().max(80) };

export const findBody = z.strictObject({ text: z.string().min(1).max(320) }) satisfies Body<'POST /people/find'>;
export const openBody = z.strictObject({ personId: id, ...reason }) satisfies Body<'POST /people/open'>;
export const recordBody = z.strictObject({ access: id }) satisfies Body<'POST /people/record'>;
export const correctionBody = z.strictObject({
  access: id,
  changes: z.record(z.string().max(80), text).refine((changes) => Object.keys(changes).length <= 40, 'field_too_long'),
}) satisfies Body<'POST /people/corrections'>;
// Lengths are checked as form fields, so that a refusal stands beside its field.
export const questionBody = z.strictObject({
  access: id,
  field: z.string().max(80),
  question: text,
}) satisfies Body<'POST /people/questions'>;
export const emailProposalBody = z.strictObject({
  access: id,
  email: text,
}) satisfies Body<'POST /people/email-proposals'>;
export const openCaseBody = z.strictObject({ id, ...reason }) satisfies Body<'POST /people/requests/open'>;
export const requestAnswerBody = z.strictObject({
  access: id,
  id,
  outcome: z.enum(['changed', 'declined']),
  answer: text,
}) satisfies Body<'POST /people/requests/answer'>;
export const closeBody = z.strictObject({ access: id, id }) satisfies Body<'POST /people/questions/close'>;

const heldField = z.strictObject({
  field: text,
  value: text,
  source: z.strictObject({ act: text, day: text }),
  promises: z.array(text),
  purpose: both,
  keptUntil: both,
  correctable: z.boolean(),
});
const heldProduct = z.strictObject({
  registrationId: id,
  product: text,
  edition: text,
  serial: text,
  discVersion: text.nullable(),
  softwareVersion: text.nullable(),
  day: text,
  state: z.enum(['registered', 'on hold', 'transferred', 'refused']),
});
const question = z.strictObject({
  questionId: id,
  field: text,
  question: text,
  day: text,
  answer: text.nullable(),
  answeredOn: text.nullable(),
});

const person = z.strictObject({
  access: id,
  purpose,
  ticket: text.nullable(),
  personId: id,
  day: text,
  country: text,
  language,
  fields: z.array(heldField),
  changes: z.array(
    z.strictObject({ field: text, before: text, after: text, day: text, by: z.enum(['person', 'staff']) }),
  ),
  consents: z.array(
    z.strictObject({
      purpose: z.literal('mailing list'),
      given: z.boolean(),
      words: text,
      language,
      statementVersion: z.number(),
      day: text,
    }),
  ),
  products: z.array(heldProduct),
  proposedEmail: z
    .strictObject({
      address: text,
      by: z.enum(['person', 'staff']),
      day: text,
      until: text,
      objectedOn: text.nullable(),
    })
    .nullable(),
  requests: z.array(z.strictObject({ requestId: id, field: text, wanted: text, message: text, day: text })),
  questions: z.array(question),
  mails: z.array(
    z.strictObject({
      purpose: text,
      state: z.enum(['queued', 'claimed', 'handing over', 'handed over', 'failed', 'unknown']),
      day: text,
    }),
  ),
  accesses: z.array(z.strictObject({ day: text, purpose, staff: text.nullable() })),
});

export const findAnswer = z.strictObject({
  found: z
    .strictObject({
      personId: id,
      day: text,
      country: text,
      language,
      products: z.number(),
      by: z.enum(['e-mail', 'serial']),
    })
    .nullable(),
}) satisfies Answer<'POST /people/find'>;
export const openAnswer = person satisfies Answer<'POST /people/open'>;
export const correctionAnswer = z.strictObject({
  changed: z.array(text),
  person,
}) satisfies Answer<'POST /people/corrections'>;
export const emailProposalAnswer = z.strictObject({
  proposed: z.literal(true),
  person,
}) satisfies Answer<'POST /people/email-proposals'>;
export const askedAnswer = z.strictObject({
  asked: z.literal(true),
  person,
}) satisfies Answer<'POST /people/questions'>;
const waiting = z.array(z.strictObject({ id, day: text, field: text, language }));
export const requestsAnswer = z.strictObject({ requests: waiting }) satisfies Answer<'GET /people/requests'>;
export const questionsAnswer = z.strictObject({
  answered: waiting,
  unanswered: z.number(),
}) satisfies Answer<'GET /people/questions'>;
export const openedRequestAnswer = z.strictObject({
  id,
  field: text,
  wanted: text,
  message: text,
  day: text,
  person,
}) satisfies Answer<'POST /people/requests/open'>;
export const openedQuestionAnswer = question.extend({ person }) satisfies Answer<'POST /people/questions/open'>;
export const closedAnswer = z.strictObject({ closed: z.literal(true) });
