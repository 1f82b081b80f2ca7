/** Persons under `/api`, on one page. Every record is opened for a purpose by a member of staff; no program can. */
import type { Refusal } from '@avow/protocol/refusals';
import type { PeopleRoutes } from '@avow/protocol/staff/people';
import { accessBy, openForStaff, type StaffPurpose } from '../people/staff-access.ts';
import { isoDay } from '../platform/day.ts';
import { isRefusal, type StaffContext, type StaffRoute, staffRoute } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { type Acting, answerRequest, askPerson, correctPerson, endQuestion, proposeEmail } from './acts.ts';
import type { EmailDesk } from './email-desk.ts';
import { findPerson, type OwnerOf } from './find-person.ts';
import { answeredQuestions, countUnanswered, findQuestion, openQuestion } from './questions.ts';
import { type OpenAccess, type RecordHouse, resumeAccess, tellRecord } from './record.ts';
import type { RequestsDesk } from './requests-desk.ts';
import {
  askedAnswer,
  closeBody,
  closedAnswer,
  correctionAnswer,
  correctionBody,
  emailProposalAnswer,
  emailProposalBody,
  findAnswer,
  findBody,
  openAnswer,
  openBody,
  openCaseBody,
  openedQuestionAnswer,
  openedRequestAnswer,
  questionBody,
  questionsAnswer,
  recordBody,
  requestAnswerBody,
  requestsAnswer,
} from './staff-schemas.ts';

export interface SupportHouse extends RecordHouse {
  ownerOf: OwnerOf;
  requests: RequestsDesk;
  emails: EmailDesk;
}

type Opened = PeopleRoutes['POST /people/open']['answer'];

export function peopleStaffRoutes(services: Services, house: SupportHouse): StaffRoute[] {
  const { db, keyring, people, clock } = services;

  /** Null where there is no such person, or whoever asks is no member of staff. */
  async function open(
    { caller }: StaffContext,
    wanted: { personId: string; purpose: StaffPurpose; ticket: string },
    command: string,
  ): Promise<OpenAccess | null> {
    const { personId, purpose } = wanted;
    const held = await db.selectFrom('persons').select('id').where('id', '=', personId).executeTakeFirst();
    if (!held || caller.kind !== 'member') return null;
    const ticket = wanted.ticket || null;
    const access = { personId, purpose, ticket, by: accessBy(caller), command, day: isoDay(clock()) };
    return { ...(await openForStaff(services, access)), purpose, ticket };
  }

  /** Does something under an access of the caller's own, of today. */
  async function under<Answer extends object>(
    { caller }: StaffContext,
    access: string,
    act: (acting: Acting) => Promise<Answer | Refusal>,
  ): Promise<Answer | Refusal> {
    const opened = caller.kind === 'member' ? await resumeAccess(services, access, caller.staffId) : null;
    if (!opened || caller.kind !== 'member') return { refused: 'not_found' };
    return act({ services, staff: caller.staffId, open: opened });
  }

  const tell = (opened: OpenAccess): Promise<Opened> => tellRecord(services, house, opened);

  return [
    staffRoute({
      method: 'POST',
      path: '/people/find',
      permission: 'people:read',
      summary: 'Looks one person up by a whole e-mail address or serial; tells what may be told without a purpose.',
      body: findBody,
      answer: findAnswer,
      handle: async ({ body: { text } }) => ({ found: await findPerson({ people, ownerOf: house.ownerOf }, db, text) }),
    }),
    staffRoute({
      method: 'POST',
      path: '/people/open',
      permission: 'people:read',
      summary: 'Opens a record for a declared purpose; the access is on record (U5).',
      body: openBody,
      answer: openAnswer,
      async handle({ body }, context) {
        const opened = await open(context, body, 'console: people');
        return opened ? tell(opened) : { refused: 'not_found' };
      },
    }),
    staffRoute({
      method: 'POST',
      path: '/people/record',
      permission: 'people:read',
      summary: 'The record again, under an access of today.',
      body: recordBody,
      answer: openAnswer,
      handle: ({ body: { access } }, context) => under(context, access, ({ open: opened }) => tell(opened)),
    }),
    staffRoute({
      method: 'POST',
      path: '/people/corrections',
      permission: 'people:write',
      summary: 'Corrects fields, with history; the person is told by mail (W8).',
      body: correctionBody,
      answer: correctionAnswer,
      handle: ({ body: { access, changes } }, context) =>
        under(context, access, async (acting) => {
          const done = await correctPerson(acting, changes);
          return isRefusal(done) ? done : { ...done, person: await tell(acting.open) };
        }),
    }),
    staffRoute({
      method: 'POST',
      path: '/people/email-proposals',
      permission: 'people:write',
      summary: 'Proposes a new address: used once it is proven; the address in use is told and can object (W8, U5).',
      body: emailProposalBody,
      answer: emailProposalAnswer,
      handle: ({ body: { access, email } }, context) =>
        under(context, access, async (acting) => {
          const done = await proposeEmail(acting, email, house.emails);
          return isRefusal(done) ? done : { ...done, person: await tell(acting.open) };
        }),
    }),
    staffRoute({
      method: 'POST',
      path: '/people/questions',
      permission: 'people:write',
      summary: 'Asks the person to clarify something; the answer comes through self-service (U5).',
      body: questionBody,
      answer: askedAnswer,
      handle: ({ body: { access, ...question } }, context) =>
        under(context, access, async (acting) => {
          const done = await askPerson(acting, question);
          return isRefusal(done) ? done : { ...done, person: await tell(acting.open) };
        }),
    }),
    staffRoute({
      method: 'GET',
      path: '/people/requests',
      permission: 'people:read',
      summary: 'Corrections that persons asked of staff, oldest first: field, language and day (W8).',
      answer: requestsAnswer,
      handle: async () => ({ requests: await house.requests.waiting(db) }),
    }),
    staffRoute({
      method: 'POST',
      path: '/people/requests/open',
      permission: 'people:read',
      summary: 'Opens one of them, and the record it is about, for a declared purpose.',
      body: openCaseBody,
      answer: openedRequestAnswer,
      async handle({ body: { id, ...reason } }, context) {
        const personId = await house.requests.personOf(db, id);
        const opened = personId && (await open(context, { personId, ...reason }, 'console: correction request'));
        const request = opened && (await house.requests.open(db, id, opened.person));
        return opened && request ? { id, ...request, person: await tell(opened) } : { refused: 'not_found' };
      },
    }),
    staffRoute({
      method: 'POST',
      path: '/people/requests/answer',
      permission: 'people:write',
      summary: 'Mails the answer to the person, and closes the request.',
      body: requestAnswerBody,
      answer: closedAnswer,
      handle: ({ body: { access, id, outcome, answer } }, context) =>
        under(context, access, async (acting) => {
          const { person } = acting.open;
          const request = await house.requests.open(db, id, person);
          if (!request) return { refused: 'not_found' };
          return answerRequest(acting, { outcome, text: answer, field: request.field }, (tx) =>
            house.requests.close(tx, id, person.id),
          );
        }),
    }),
    staffRoute({
      method: 'GET',
      path: '/people/questions',
      permission: 'people:read',
      summary: 'Questions that persons have answered, oldest first, and how many are unanswered.',
      answer: questionsAnswer,
      async handle() {
        const rows = await answeredQuestions(db);
        const answered = await Promise.all(
          rows.map(async (row) => ({
            id: row.id,
            day: row.answered_on ?? row.day,
            field: (await openQuestion(keyring, row, row)).field,
            language: row.language === 'de' ? ('de' as const) : ('en' as const),
          })),
        );
        return { answered, unanswered: await countUnanswered(db) };
      },
    }),
    staffRoute({
      method: 'POST',
      path: '/people/questions/open',
      permission: 'people:read',
      summary: 'Opens a question with its answer, and the record it is about, for a declared purpose.',
      body: openCaseBody,
      answer: openedQuestionAnswer,
      async handle({ body: { id, ...reason } }, context) {
        const row = await findQuestion(db, id);
        const opened =
          row && (await open(context, { personId: row.person_id, ...reason }, 'console: answer of a person'));
        if (!row || !opened) return { refused: 'not_found' };
        return { ...(await openQuestion(keyring, opened.person, row)), person: await tell(opened) };
      },
    }),
    staffRoute({
      method: 'POST',
      path: '/people/questions/close',
      permission: 'people:write',
      summary: 'Forgets a question and its answer: it is dealt with.',
      body: closeBody,
      answer: closedAnswer,
      handle: ({ body: { access, id } }, context) => under(context, access, (acting) => endQuestion(acting, id)),
    }),
  ];
}
