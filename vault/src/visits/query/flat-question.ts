/** A question in a query string: the same names, lists with commas, filters as JSON. */
import { z } from 'zod';

const list = (of: string) => z.string().optional().describe(`${of}, separated by commas.`);

export const flatQuestionSchema = z.strictObject({
  sites: list('Ids of sites'),
  period: z.string().optional().describe('Name of a period; or give `from` and `to`.'),
  from: z.string().optional().describe('First day.'),
  to: z.string().optional().describe('Last day, included.'),
  timeZone: z.string().optional(),
  metrics: z.string().describe('Metrics, separated by commas.'),
  dimensions: list('Dimensions'),
  granularity: z.string().optional(),
  filters: z.string().optional().describe('JSON: a list of filters as in the body of POST.'),
  segment: z.string().optional().describe('Id of a saved segment.'),
  bots: z.string().optional(),
  compare: z.string().optional().describe('`previous period` or `previous year`.'),
  limit: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional(),
  explain: z.enum(['true', 'false']).optional(),
});

/** What `questionSchema` then reads. */
export function unflatten(flat: z.output<typeof flatQuestionSchema>): Record<string, unknown> {
  const { sites, period, from, to, metrics, dimensions, filters, limit, explain, ...rest } = flat;
  return {
    ...rest,
    period: period ?? { from, to },
    metrics: metrics.split(','),
    ...(sites !== undefined && { sites: sites.split(',') }),
    ...(dimensions !== undefined && { dimensions: dimensions.split(',') }),
    ...(filters !== undefined && { filters: parsed(filters) }),
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(explain !== undefined && { explain: explain === 'true' }),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
