/** What staff ask a person to clarify (U5), and what the person answers. Both are encrypted with the person's key, and go with it. */
import { randomUUID } from 'node:crypto';
import type { HeldQuestion } from '@avow/protocol/self-service';
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { PersonRecord } from '../people/people.ts';
import type { VaultTables } from '../platform/database.ts';
import { addDays, type IsoDay } from '../platform/day.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import './tables.ts';

type Transaction = Kysely<VaultTables>;
export type QuestionRow = Selectable<VaultTables['person_questions']>;

export const QUESTION_DAYS = 180;
/** Of one person at a time. */
const OPEN_QUESTIONS = 10;

const contextOf = (id: string, part: 'question' | 'answer') => `person_questions/${id}/${part}`;
const asked = z.strictObject({ field: z.string(), question: z.string() });

/** Null where the person has been asked enough for now. */
export async function addQuestion(
  tx: Transaction,
  keyring: Keyring,
  person: PersonRecord,
  { field, question, day }: { field: string; question: string; day: IsoDay },
): Promise<string | null> {
  if ((await questionsOf(tx, person.id)).length >= OPEN_QUESTIONS) return null;
  const id = randomUUID();
  const key = await keyring.dataKey(person.dataKeyId);
  const sealed = key.encrypt(JSON.stringify({ field, question }), contextOf(id, 'question'));
  await tx
    .insertInto('person_questions')
    .values({ id, person_id: person.id, question: sealed, answer: null, day, answered_on: null })
    .execute();
  return id;
}

/** False where there is no such question to this person (any more). */
export async function answerQuestion(
  tx: Transaction,
  keyring: Keyring,
  person: PersonRecord,
  { questionId, answer, day }: { questionId: string; answer: string; day: IsoDay },
): Promise<boolean> {
  const key = await keyring.dataKey(person.dataKeyId);
  const { numUpdatedRows } = await tx
    .updateTable('person_questions')
    .set({ answer: key.encrypt(answer, contextOf(questionId, 'answer')), answered_on: day })
    .where('id', '=', questionId)
    .where('person_id', '=', person.id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function findQuestion(tx: Transaction, id: string): Promise<QuestionRow | null> {
  return (await tx.selectFrom('person_questions').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Newest first. */
export function questionsOf(tx: Transaction, personId: string): Promise<QuestionRow[]> {
  return tx
    .selectFrom('person_questions')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('day', 'desc')
    .orderBy('id')
    .execute();
}

/** Oldest first, those that are answered; with whose they are, to name the field and the language. */
export function answeredQuestions(tx: Transaction) {
  return tx
    .selectFrom('person_questions')
    .innerJoin('persons', 'persons.id', 'person_questions.person_id')
    .selectAll('person_questions')
    .select(['data_key_id as dataKeyId', 'language'])
    .where('answer', 'is not', null)
    .orderBy('answered_on')
    .orderBy('person_questions.id')
    .limit(500)
    .execute();
}

export async function countUnanswered(tx: Transaction): Promise<number> {
  const { count } = await tx
    .selectFrom('person_questions')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('answer', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

export async function openQuestion(
  keyring: Keyring,
  { dataKeyId }: { dataKeyId: string },
  row: QuestionRow,
): Promise<HeldQuestion> {
  const key = await keyring.dataKey(dataKeyId);
  const { field, question } = asked.parse(JSON.parse(key.decrypt(row.question, contextOf(row.id, 'question'))));
  const answer = row.answer && key.decrypt(row.answer, contextOf(row.id, 'answer'));
  return { questionId: row.id, field, question, day: row.day, answer, answeredOn: row.answered_on };
}

/** False where it is another person's, or gone. */
export async function closeQuestion(tx: Transaction, id: string, personId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('person_questions')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function forgetOldQuestions(tx: Transaction, today: IsoDay): Promise<number> {
  const before = addDays(today, -QUESTION_DAYS);
  const { numDeletedRows } = await tx.deleteFrom('person_questions').where('day', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
}

export async function forgetQuestionsOf(tx: Transaction, personId: string): Promise<void> {
  await tx.deleteFrom('person_questions').where('person_id', '=', personId).execute();
}
