/** Routes for what the staff keep beside the figures, and for how often goals are reached. */
import type { Refusal } from '@avow/protocol/refusals';
import type { Answer, Goal } from '@avow/protocol/staff/visits';
import { z } from 'zod';
import type { VaultDatabase } from '../../platform/database.ts';
import { isoDay } from '../../platform/day.ts';
import { isRefusal, type StaffRoute } from '../../platform/feature.ts';
import { visitRoute } from '../visit-route.ts';
import { figureSchema } from './answer-schema.ts';
import { groundShape, type Question, questionSchema } from './question.ts';
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
});

const NOTHING = { value: null };

export function savedRoutes(options: {
  db: VaultDatabase;
  clock: () => Date;
  ask(question: Question): Promise<Answer | Refusal>;
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
      body: z.strictObject(groundShape),
      answer: goalsAnswerSchema,
      async handle({ body }) {
        const goals: Goal[] = [];
        for (const { id, name, content } of await listSaved(db, 'goal')) {
          if (content.kind !== 'goal') continue;
          const filters = [...body.filters, { ...content.step, within: 'visit' as const }];
          const answer = await ask(questionSchema.parse({ ...body, filters, metrics: ['visits', 'visitors'] }));
          if (isRefusal(answer)) return answer;
          const { visits = NOTHING, visitors = NOTHING } = answer.totals;
          goals.push({ id, name, visits, visitors });
        }
        return { goals };
      },
    }),
  ];
}
