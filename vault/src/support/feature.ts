/** Support (U5): staff follow up on a customer-service issue and clarify what may not be right, for a declared purpose and on record. */
import { isoDay } from '../platform/day.ts';
import type { Feature, Kept } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { answerRoute } from './answer-route.ts';
import { forgetOldQuestions, forgetQuestionsOf, openQuestion, QUESTION_DAYS, questionsOf } from './questions.ts';
import { peopleStaffRoutes, type SupportHouse } from './staff-routes.ts';

const KEEPS: readonly Kept[] = [
  {
    table: 'person_questions',
    database: 'vault',
    why: 'What staff asked a person to clarify, and the answer, encrypted with the person’s key.',
    promises: ['U5'],
    keptFor: {
      en: `until it is dealt with, ${QUESTION_DAYS} days at most`,
      de: `bis sie erledigt ist, höchstens ${QUESTION_DAYS} Tage`,
    },
    readers: ['the person', 'support'],
    shuffled: true,
  },
];

export function createSupport(services: Services, house: SupportHouse): Feature {
  const { db, keyring, people, clock } = services;
  return {
    name: 'support',
    accepts: [answerRoute(services)],
    staffRoutes: peopleStaffRoutes(services, house),
    keeps: KEEPS,
    schedule: [
      {
        name: 'support.forgetOldQuestions',
        cron: '22 0 * * *',
        run: () => forgetOldQuestions(db, isoDay(clock())),
      },
    ],
    async tellPerson(tx, personId) {
      const person = await people.get(tx, personId);
      const rows = await questionsOf(tx, personId);
      return { questions: await Promise.all(rows.map((row) => openQuestion(keyring, person, row))) };
    },
    async forgetPerson(tx, personId) {
      await forgetQuestionsOf(tx, personId);
      return { stays: [] };
    },
  };
}
