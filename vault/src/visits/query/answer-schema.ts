/** The shape of answers, for `/api/openapi.json`. Held to what is really answered by the tests of the routes. */
import { z } from 'zod';
import { UNITS } from './metrics.ts';

export const figureSchema = z.strictObject({
  value: z.number().nullable().describe('Null: suppressed, or nothing to divide by.'),
  suppressed: z.literal(true).optional().describe('The group is too small to be told.'),
});
const figures = z.record(
  z.string(),
  z.strictObject({
    ...figureSchema.shape,
    compared: figureSchema.optional().describe('The same of the compared period.'),
  }),
);
const days = z.strictObject({ from: z.iso.date(), to: z.iso.date() });
const texts = { en: z.string(), de: z.string() };
const metricDefinition = z.strictObject({ unit: z.enum(UNITS), ...texts });
const explanation = z.strictObject({
  definitions: z.record(z.string(), metricDefinition),
  queries: z.array(
    z.strictObject({ name: z.string(), text: z.string(), parameters: z.record(z.string(), z.unknown()) }),
  ),
  dropped: z.array(z.strictObject({ reason: z.string(), count: z.int() })),
  bots: z.array(z.strictObject({ reason: z.string(), events: z.int() })),
  events: z.int(),
  quietViews: z.int(),
});
const missing = days
  .optional()
  .describe('From the first to the last day that needs single events, which have expired. Figures are without them.');
/** What stands beside the figures of journeys, funnels and goals. */
export const besideShape = { missing, explanation: explanation.optional() };

export const answerSchema = z.strictObject({
  period: days,
  compared: days.optional(),
  timeZone: z.string(),
  sites: z.array(z.string()),
  suppressedBelow: z.int().describe('Figures of fewer are suppressed; 0: nothing is.'),
  totals: figures,
  rows: z.array(
    z.strictObject({
      time: z.string().optional().describe('First day of the bucket; of hours, local time with its offset.'),
      dimensions: z.record(z.string(), z.string()),
      figures,
    }),
  ),
  more: z.boolean().describe('There are more rows than were asked for.'),
  missing,
  comparedMissing: days.optional().describe('The same of the compared period.'),
  eventsKeptSince: z.iso.date().describe('Before that day only the roll-ups are left: filters and pairs find nothing.'),
  imported: z
    .array(z.strictObject({ site: z.string(), program: z.string(), from: z.iso.date(), to: z.iso.date() }))
    .optional()
    .describe('Days that another program counted and of which its sums are in the figures.'),
  explanation: explanation.optional(),
});

export const screenAnswerSchema = z.strictObject({
  panels: z.record(z.string(), answerSchema).describe('By the names of the question.'),
});

export const realtimeSchema = z.strictObject({
  suppressedBelow: z.int(),
  activeVisits: z
    .array(z.strictObject({ site: z.string(), ...figureSchema.shape }))
    .describe('Of the last five minutes.'),
  minutes: z
    .array(z.strictObject({ minute: z.iso.datetime(), ...figureSchema.shape }))
    .describe('Page views, 30 minutes.'),
  pages: z.array(z.strictObject({ site: z.string(), page: z.string(), ...figureSchema.shape })),
});

const neighbours = z.array(z.strictObject({ page: z.string(), ...figureSchema.shape }));

export const journeyAnswerSchema = z.strictObject({
  page: z.string(),
  before: neighbours.describe('Visits by the page before; an empty page: the visit began there.'),
  after: neighbours.describe('Visits by the page after; an empty page: the visit ended there.'),
  ...besideShape,
});

export const funnelAnswerSchema = z.strictObject({
  steps: z.array(z.strictObject({ step: z.int(), ...figureSchema.shape })).describe('Visits that came to each step.'),
  ...besideShape,
});

export const definitionsSchema = z.strictObject({
  metrics: z.record(z.string(), metricDefinition),
  dimensions: z.record(z.string(), z.strictObject(texts)),
});

export const houseSchema = z.strictObject({
  vendor: z.string(),
  timeZone: z.string().describe('The reporting time zone.'),
  suppressedBelow: z.int(),
  eventsKeptDays: z.int().describe('Filters and pairs reach that far.'),
  sites: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      events: z.array(z.strictObject({ name: z.string(), properties: z.array(z.string()) })),
    }),
  ),
});

export const weeklyReportSchema = z.strictObject({
  to: z.array(z.string()).describe('Addresses of staff; none: no report is sent.'),
  language: z.enum(['en', 'de']),
});
