/** Routes for what the staff keep beside the figures, and for how often goals are reached. */
import type { Refusal } from '@avow/protocol/refusals';
import type { Answer, Beside, MetricDefinition } from '@avow/protocol/staff/visits';
import { z } from 'zod';
import type { VaultDatabase } from '../../platform/database.ts';
import { isoDay } from '../../platform/day.ts';
import { isRefusal, type StaffRoute } from '../../platform/feature.ts';
import { visitRoute } from '../visit-route.ts';
import { besideShape, figureSchema } from './answer-schema.ts';
import { explainShape, groundShape, type Question, questionSchema } from './question.ts';
import { deleteSaved, KINDS, listSaved, save, savedInputSchema, savedListSchema, savedSchema } from './saved.ts';

const goalsAnswerSchema = z.strictObject({
  goals: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      visits: figureSchema.describe('Visits in which it happened.'),
      visitors: figureSchema,
    }),
  ),
  ...besideShape,
});

const NOTHING = { value: null };

const GOAL_DEFINITIONS = {
  visits: {
    unit: 'count',
    en: 'Visits in which it happened, however often. Each is counted in the hour in which it begins.',
    de: 'Besuche, in denen es vorkam, gleich wie oft. Jeder zählt in der Stunde, in der er beginnt.',
  },
  visitors: {
    unit: 'count',
    en: 'Visitors with such a visit, once per site and day; those of several days are added up.',
    de: 'Besucher mit einem solchen Besuch, je Website und Tag einmal; die mehrerer Tage werden zusammengezählt.',
  },
} as const satisfies Record<string, MetricDefinition>;

export function savedRoutes(options: {
  db: VaultDatabase;
  clock: () => Date;
  ask(questions: readonly Question[]): Promise<Answer[] | Refusal>;
}): StaffRoute[] {
  const { db, clock, ask } = options;
  return [
    visitRoute('GET /visits/saved', {
      permission: 'visits:read',
      summary: 'Saved segments, goals, funnels and annotations.',
      query: z.strictObject({ kind: z.enum(KINDS, { error: 'value_unknown' }).optional() }),
      answer: savedListSchema,
      handle: async ({ query: { kind } }) => ({ saved: await listSaved(db, kind) }),
    }),
    visitRoute('POST /visits/saved', {
      permission: 'visits:write',
      summary: 'Saves one.',
      body: savedInputSchema,
      answer: savedSchema,
      handle: async ({ body }) => save(db, body, isoDay(clock())),
    }),
    visitRoute('DELETE /visits/saved/:id', {
      permission: 'visits:write',
      summary: 'Deletes one.',
      answer: z.strictObject({ deleted: z.literal(true) }),
      async handle({ params: { id } }) {
        const known = z.uuid().safeParse(id).success && (await deleteSaved(db, id ?? ''));
        return known ? { deleted: true } : { refused: 'not_found' };
      },
    }),
    visitRoute('POST /visits/goals', {
      permission: 'visits:read',
      summary: 'In how many visits each saved goal was reached.',
      body: z.strictObject({ ...groundShape, ...explainShape }),
      answer: goalsAnswerSchema,
      async handle({ body }) {
        const saved = (await listSaved(db, 'goal')).flatMap(({ id, name, content }) =>
          content.kind === 'goal' ? [{ id, name, step: content.step }] : [],
        );
        const questions = saved.map(({ step }) => {
          const filters = [...body.filters, { ...step, within: 'visit' as const }];
          return questionSchema.parse({ ...body, filters, metrics: ['visits', 'visitors'] });
        });
        const answers = await ask(questions);
        if (isRefusal(answers)) return answers;
        const goals = saved.map(({ id, name }, at) => {
          const { visits = NOTHING, visitors = NOTHING } = answers[at]?.totals ?? {};
          return { id, name, visits, visitors };
        });
        return { goals, ...besideAll(answers) };
      },
    }),
  ];
}

/** The goals are about the same visits: what is said of one is said of all, except for how it was asked. */
function besideAll(answers: readonly Answer[]): Beside {
  const missing = answers.find((answer) => answer.missing)?.missing;
  const explanations = answers.flatMap(({ explanation }) => explanation ?? []);
  const [explanation] = explanations;
  const queries = [...new Set(explanations.flatMap((one) => one.queries))];
  return {
    ...(missing && { missing }),
    ...(explanation && { explanation: { ...explanation, definitions: GOAL_DEFINITIONS, queries } }),
  };
}
