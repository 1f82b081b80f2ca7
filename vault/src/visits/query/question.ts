/** What can be asked of the visits. The schema is also the documentation: `/api/openapi.json` is made from it. */
import { z } from 'zod';
import { daysBetween } from '../../platform/day.ts';
import { GRANULARITIES } from './buckets.ts';
import { DIMENSION_NAMES } from './dimensions.ts';
import { METRIC_NAMES } from './metrics.ts';
import { type Days, LONGEST_PERIOD_DAYS, NAMED_PERIODS, type NamedPeriod } from './period.ts';
import { isTimeZone } from './zone.ts';

const LONGEST_HOURLY_DAYS = 92;
const MOST_ROWS = 1000;
/** Those of a segment, a goal and a question together. */
const MOST_FILTERS = 40;
const MOST_VALUES = 100;
const MOST_PANELS = 40;

const days = z
  .strictObject({
    from: z.iso.date().describe('First day, in the time zone of the question.'),
    to: z.iso.date().describe('Last day, included.'),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'period_empty' })
  .refine(({ from, to }) => daysBetween(from, to) < LONGEST_PERIOD_DAYS, { path: ['to'], message: 'period_too_long' });

const property = z.templateLiteral(['property:', z.string().regex(/^[A-Za-z][A-Za-z0-9 _.-]{0,59}$/)]);

const dimension = z.union([z.enum(DIMENSION_NAMES), property], { error: 'value_unknown' });

export const filterSchema = z.strictObject({
  dimension: dimension.describe('A dimension, or `property:` and the name of a declared property.'),
  operator: z.enum(['is', 'is not', 'contains', 'starts with']),
  values: z
    .array(z.string().max(500))
    .min(1)
    .max(MOST_VALUES)
    .describe('Any of these; with `is not`, none of these. An empty text stands for "not known".'),
  within: z
    .enum(['event', 'visit'])
    .optional()
    .describe(
      'For pages and events: only these events themselves (the default), or visits in which such an event happened.',
    ),
});

export type Filter = z.output<typeof filterSchema>;

/** Which visits a question is about. */
export const groundShape = {
  sites: z.array(z.string().max(40)).min(1).max(100).optional().describe('Ids of sites. Without: the whole group.'),
  period: z.union([z.enum(NAMED_PERIODS), days]),
  timeZone: z
    .string()
    .refine(isTimeZone, { message: 'value_unknown' })
    .optional()
    .describe('IANA name. Without: the reporting time zone of the configuration.'),
  filters: z.array(filterSchema).max(MOST_FILTERS).default([]).describe('All of them apply.'),
  segment: z.uuid().optional().describe('Id of a saved segment: its filters apply too.'),
  bots: z
    .enum(['out', 'in', 'only'])
    .default('out')
    .describe('Whether what is taken for a program is left out, counted too, or counted alone.'),
};

export type Ground = Pick<Question, keyof typeof groundShape>;

export const explainShape = {
  explain: z
    .boolean()
    .default(false)
    .describe('Adds definitions, query texts, and what was dropped or taken for a program.'),
};

const panelShape = {
  metrics: z.array(z.enum(METRIC_NAMES)).min(1).max(METRIC_NAMES.length),
  dimensions: z.array(dimension).max(2).default([]),
  granularity: z.enum(GRANULARITIES).optional().describe('Adds `time` to every row.'),
  compare: z.union([z.enum(['previous period', 'previous year']), days]).optional(),
  order: z
    .strictObject({ by: z.enum(METRIC_NAMES), direction: z.enum(['ascending', 'descending']).default('descending') })
    .optional()
    .describe('Without: by the first metric, the greatest first; with a granularity, by time.'),
  limit: z.int().min(1).max(MOST_ROWS).default(100),
  ...explainShape,
};
const panelSchema = z.strictObject(panelShape);

type Panel = z.output<typeof panelSchema>;

/** What one part of a question alone cannot tell. */
function refusePanel(
  { granularity, order, metrics }: Pick<Panel, 'granularity' | 'order' | 'metrics'>,
  period: Days | NamedPeriod,
  refuse: (path: string[], message: string) => void,
): void {
  const long =
    typeof period === 'string'
      ? ['last 12 months', 'this year'].includes(period)
      : daysBetween(period.from, period.to) >= LONGEST_HOURLY_DAYS;
  if (granularity === 'hour' && long) refuse(['granularity'], 'period_too_long');
  if (order && !metrics.includes(order.by)) refuse(['order', 'by'], 'value_unknown');
}

export const questionSchema = z.strictObject({ ...groundShape, ...panelShape }).superRefine((question, context) => {
  refusePanel(question, question.period, (path, message) => context.addIssue({ code: 'custom', path, message }));
});

export const screenSchema = z
  .strictObject({
    ...groundShape,
    panels: z
      .record(z.string().min(1).max(60), panelSchema)
      .refine((panels) => Object.keys(panels).length <= MOST_PANELS, { message: 'field_too_long' })
      .describe('What is asked of these visits, each under a name of its own.'),
  })
  .superRefine(({ panels, period }, context) => {
    for (const [name, panel] of Object.entries(panels)) {
      refusePanel(panel, period, (path, message) =>
        context.addIssue({ code: 'custom', path: ['panels', name, ...path], message }),
      );
    }
  });

export type QuestionInput = z.input<typeof questionSchema>;
export type Question = z.output<typeof questionSchema>;
export type AnyDimension = Question['dimensions'][number];
