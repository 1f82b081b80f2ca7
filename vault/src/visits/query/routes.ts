/** What the staff and their programs can ask of the visits. */
import type { AvowConfig } from '@avow/config/config';
import type { Refusal } from '@avow/protocol/refusals';
import type { ActiveVisits } from '@avow/protocol/visits';
import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import type { VaultDatabase } from '../../platform/database.ts';
import { isRefusal, type StaffRoute, staffRoute } from '../../platform/feature.ts';
import { fieldRefusals } from '../../platform/http/field-refusals.ts';
import { findRolledUpDays } from '../rollup-days.ts';
import { type Answer, answerQuestion } from './answer-question.ts';
import { answerSchema, definitionsSchema, realtimeSchema } from './answer-schema.ts';
import { csvOf } from './csv.ts';
import { DIMENSION_NAMES, DIMENSIONS } from './dimensions.ts';
import { flatQuestionSchema, unflatten } from './flat-question.ts';
import { orRefusal } from './heavy-questions.ts';
import { METRIC_NAMES, metricOf } from './metrics.ts';
import { type Question, questionSchema } from './question.ts';
import { readRealtime } from './realtime.ts';

export interface VisitQueries {
  config: AvowConfig;
  db: VaultDatabase;
  clickhouse: ClickHouseClient;
  clock: () => Date;
  active(): ActiveVisits[];
}

export function visitRoutes(queries: VisitQueries): StaffRoute[] {
  const { config, clickhouse, clock, active } = queries;
  const { suppressBelow } = config.visits;
  const siteIds = config.sites.map(({ id }) => id);
  const ask = (question: Question) => answer(queries, question);

  return [
    staffRoute({
      method: 'POST',
      path: '/visits/query',
      permission: 'visits:read',
      summary: 'Figures of the visits: metrics, split and filtered, over time, compared.',
      body: questionSchema,
      answer: answerSchema,
      handle: async ({ body }) => ask(body),
    }),
    staffRoute({
      method: 'GET',
      path: '/visits/query',
      permission: 'visits:read',
      summary: 'The same, asked in the query string.',
      query: flatQuestionSchema,
      answer: answerSchema,
      async handle({ query }) {
        const value = unflatten(query);
        const { data, error } = questionSchema.safeParse(value);
        return data ? ask(data) : fieldRefusals(error, value);
      },
    }),
    staffRoute({
      method: 'POST',
      path: '/visits/query.csv',
      permission: 'visits:export',
      summary: 'The answer to a question as CSV.',
      body: questionSchema,
      answer: { mediaType: 'text/csv' },
      async handle({ body }) {
        const told = await ask(body);
        if (isRefusal(told)) return told;
        return new Response(csvOf(told, body.metrics, body.dimensions), {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': 'attachment; filename="visits.csv"',
          },
        });
      },
    }),
    staffRoute({
      method: 'GET',
      path: '/visits/realtime',
      permission: 'visits:read',
      summary: 'Active visits, and page views of the last 30 minutes by minute and page.',
      query: z.strictObject({ site: z.enum(siteIds, { error: 'value_unknown' }).optional() }),
      answer: realtimeSchema,
      handle: async ({ query: { site } }) =>
        orRefusal(() =>
          readRealtime({ clickhouse, active: active(), sites: site ? [site] : siteIds, now: clock(), suppressBelow }),
        ),
    }),
    staffRoute({
      method: 'GET',
      path: '/visits/definitions',
      permission: 'visits:read',
      summary: 'What every figure and dimension means, in the words of the definition that the queries use.',
      answer: definitionsSchema,
      handle: async () => ({
        metrics: Object.fromEntries(METRIC_NAMES.map(metricDefinition)),
        dimensions: Object.fromEntries(DIMENSION_NAMES.map((name) => [name, DIMENSIONS[name].definition])),
      }),
    }),
  ];
}

function metricDefinition(name: (typeof METRIC_NAMES)[number]) {
  const { unit, definition } = metricOf(name);
  return [name, { unit, ...definition }] as const;
}

async function answer({ config, db, clickhouse, clock }: VisitQueries, question: Question): Promise<Answer | Refusal> {
  const sites = config.sites.map(({ id }) => id);
  if (question.sites?.some((site) => !sites.includes(site))) {
    return { refused: 'invalid_fields', fields: { sites: 'value_unknown' } };
  }
  const asking = {
    clickhouse,
    sites,
    reportingZone: config.timeZone,
    now: clock(),
    rawDays: config.visits.rawDays,
    suppressBelow: config.visits.suppressBelow,
    rolledUpDays: ({ from, to }: { from: string; to: string }) => findRolledUpDays(db, from, to),
  };
  return orRefusal(() => answerQuestion(asking, question));
}
