/** What the staff and their programs can ask of the visits. */

import { Readable } from 'node:stream';
import type { AvowConfig } from '@avow/config/config';
import type { Refusal } from '@avow/protocol/refusals';
import type { Answer, Beside, Explanation } from '@avow/protocol/staff/visits';
import type { ActiveVisits } from '@avow/protocol/visits';
import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import type { VaultDatabase } from '../../platform/database.ts';
import { isRefusal, type StaffRoute, staffRoute } from '../../platform/feature.ts';
import { fieldRefusals } from '../../platform/http/field-refusals.ts';
import { exportEvents } from '../export-events.ts';
import { findImportedDays } from '../imported-sums/queries.ts';
import { keptDaysOf } from '../kept-days.ts';
import { findRolledUpDays } from '../rollup-days.ts';
import { visitRoute } from '../visit-route.ts';
import { answerQuestions } from './answer-question.ts';
import {
  answerSchema,
  definitionsSchema,
  funnelAnswerSchema,
  journeyAnswerSchema,
  realtimeSchema,
  screenAnswerSchema,
} from './answer-schema.ts';
import type { Bounds } from './bounds.ts';
import { csvOf } from './csv.ts';
import { DIMENSION_NAMES, DIMENSIONS } from './dimensions.ts';
import { expiredDays, spanOf } from './expired-days.ts';
import { createExplain } from './explain.ts';
import type { FinishedSums } from './finished-sums.ts';
import { flatQuestionSchema, unflatten } from './flat-question.ts';
import { orRefusal } from './heavy-questions.ts';
import { houseRoutes } from './house-routes.ts';
import {
  FUNNEL_DEFINITIONS,
  funnelSchema,
  JOURNEY_DEFINITIONS,
  journeySchema,
  type Ordered,
  readFunnel,
  readJourney,
} from './journeys.ts';
import { METRIC_NAMES, metricOf } from './metrics.ts';
import { type Days, daysOf } from './period.ts';
import { type Ground, type Question, questionSchema, screenSchema } from './question.ts';
import { readRealtime } from './realtime.ts';
import { filtersOfSegment } from './saved.ts';
import { savedRoutes } from './saved-routes.ts';
import { groundScope, type Scope } from './scope.ts';
import { localDay } from './zone.ts';

export interface VisitQueries {
  config: AvowConfig;
  db: VaultDatabase;
  clickhouse: ClickHouseClient;
  clock: () => Date;
  /** Sums that are remembered from question to question. */
  finished?: FinishedSums;
  active(): ActiveVisits[];
  /** For readers of a shared link. */
  bounds?: Bounds;
}

export function visitRoutes(queries: VisitQueries): StaffRoute[] {
  const { config, db, clickhouse, clock, active } = queries;
  const { suppressBelow } = config.visits;
  const siteIds = config.sites.map(({ id }) => id);
  const ask = async (question: Question) => {
    const answers = await answer(queries, [question]);
    return isRefusal(answers) ? answers : (answers[0] ?? { refused: 'briefly_unavailable' as const });
  };

  return [
    ...savedRoutes({ db, clock, ask: (questions) => answer(queries, questions) }),
    ...houseRoutes(config),
    visitRoute('POST /visits/query', {
      permission: 'visits:read',
      summary: 'Figures of the visits: metrics, split and filtered, over time, compared.',
      body: questionSchema,
      answer: answerSchema,
      handle: async ({ body }) => ask(body),
    }),
    visitRoute('POST /visits/screen', {
      permission: 'visits:read',
      summary: 'Several questions about the same visits, answered together: each as `/visits/query` would.',
      body: screenSchema,
      answer: screenAnswerSchema,
      async handle({ body: { panels, ...ground } }) {
        const names = Object.keys(panels);
        const asked = Object.values(panels).map((panel) => questionSchema.parse({ ...ground, ...panel }));
        const told = await answer(queries, asked);
        if (isRefusal(told)) return told;
        return { panels: Object.fromEntries(told.map((one, at) => [names[at] ?? '', one])) };
      },
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
    visitRoute('POST /visits/journey', {
      permission: 'visits:read',
      summary: 'Which pages come before and after a page, within visits.',
      body: journeySchema,
      answer: journeyAnswerSchema,
      handle: async ({ body }) =>
        within(queries, body, JOURNEY_DEFINITIONS, (scope) => readJourney(clickhouse, scope, body, suppressBelow)),
    }),
    visitRoute('POST /visits/funnel', {
      permission: 'visits:read',
      summary: 'How many visits come to each of a list of steps, one after the other.',
      body: funnelSchema,
      answer: funnelAnswerSchema,
      handle: async ({ body }) =>
        within(queries, body, FUNNEL_DEFINITIONS, (scope) => readFunnel(clickhouse, scope, body, suppressBelow)),
    }),
    staffRoute({
      method: 'GET',
      path: '/visits/events',
      permission: 'visits:export',
      summary: 'The events themselves, as they are stored, in a stream.',
      query: eventsQuery,
      answer: { mediaType: 'application/x-ndjson' },
      async handle({ query: { from, to, site, format } }) {
        if (site !== undefined && !siteIds.includes(site)) return UNKNOWN_SITE;
        const sites = site === undefined ? siteIds : [site];
        const stream = await orRefusal(() => exportEvents(clickhouse, { sites, from, to, format }));
        if (isRefusal(stream)) return stream;
        const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson';
        return new Response(Readable.toWeb(stream) as ReadableStream, { headers: { 'content-type': type } });
      },
    }),
    visitRoute('GET /visits/realtime', {
      permission: 'visits:read',
      summary: 'Active visits, and page views of the last 30 minutes by minute and page.',
      query: z.strictObject({ site: z.enum(siteIds, { error: 'value_unknown' }).optional() }),
      answer: realtimeSchema,
      handle: async ({ query: { site } }) =>
        orRefusal(() =>
          readRealtime({ clickhouse, active: active(), sites: site ? [site] : siteIds, now: clock(), suppressBelow }),
        ),
    }),
    visitRoute('GET /visits/definitions', {
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

const UNKNOWN_SITE: Refusal = { refused: 'invalid_fields', fields: { sites: 'value_unknown' } };

const eventsQuery = z.strictObject({
  from: z.iso.date().describe('First day of the reporting time zone.'),
  to: z.iso.date().describe('Last day, included.'),
  site: z.string().optional().describe('Id of a site. Without: all.'),
  format: z.enum(['json', 'csv']).default('json').describe('`json`: one object a line.'),
});

/** With the filters of its segment and of the bounds, if the sites and the segment are known. */
async function settle<G extends Ground>({ config, db, bounds }: VisitQueries, asked: G): Promise<G | Refusal> {
  const known = config.sites.map(({ id }) => id);
  if (asked.sites?.some((site) => !known.includes(site))) return UNKNOWN_SITE;
  const ground = { ...asked, filters: [...asked.filters, ...(bounds?.filters ?? [])] };
  if (ground.segment === undefined) return ground;
  const filters = bounds && !bounds.segments ? null : await filtersOfSegment(db, ground.segment);
  if (filters === null) return { refused: 'invalid_fields', fields: { segment: 'value_unknown' } };
  return { ...ground, filters: [...ground.filters, ...filters] };
}

/** Work on the visits that a question is about, with what stands beside its figures. It needs single events of every day. */
async function within<Told extends object>(
  queries: VisitQueries,
  asked: Ground & { explain: boolean },
  definitions: Explanation['definitions'],
  work: (scope: Scope) => Promise<Ordered<Told>>,
): Promise<(Told & Beside) | Refusal> {
  const { config, db, clickhouse, clock, bounds } = queries;
  const ground = await settle(queries, asked);
  if (isRefusal(ground)) return ground;
  const now = clock();
  const today = localDay(Math.floor(now.getTime() / 1000), ground.timeZone ?? config.timeZone);
  const house = { sites: config.sites.map(({ id }) => id), reportingZone: config.timeZone };
  const scope = groundScope(house, ground, daysOf(ground.period, today));
  const rolledUp = await findRolledUpDays(db, scope.days.from, scope.days.to);
  return orRefusal(async () => {
    const { told, query } = await work(scope);
    return {
      ...told,
      ...spanOf('missing', expiredDays(rolledUp, { now, kept: keptDaysOf(config) }, scope.sites)),
      ...(asked.explain &&
        !bounds && {
          explanation: await createExplain(clickhouse)(
            { ...scope, rolledUp: rolledUp.map(({ day }) => day) },
            { definitions, queries: [query] },
          ),
        }),
    };
  });
}

/** Of questions about the same visits. */
async function answer(queries: VisitQueries, asked: readonly Question[]): Promise<Answer[] | Refusal> {
  const { config, db, clickhouse, clock, finished } = queries;
  const questions = await Promise.all(asked.map((question) => settle(queries, question)));
  const refusal = questions.find(isRefusal);
  if (refusal) return refusal;
  const asking = {
    clickhouse,
    ...(finished && { finished }),
    sites: config.sites.map(({ id }) => id),
    reportingZone: config.timeZone,
    now: clock(),
    kept: keptDaysOf(config),
    suppressBelow: config.visits.suppressBelow,
    rolledUpDays: ({ from, to }: Days) => findRolledUpDays(db, from, to),
    importsOf: (days: Days) => findImportedDays(db, days),
  };
  // What was dropped, and what is a program, is told of all visits whatever the filters: not to readers of a link.
  const explained = (question: Question) => ({ ...question, explain: question.explain && !queries.bounds });
  return orRefusal(() =>
    answerQuestions(
      asking,
      questions.flatMap((question) => (isRefusal(question) ? [] : [explained(question)])),
    ),
  );
}
