/** The order of things inside of visits: what comes before and after a page, and how far visits get along a list of steps. */

import type { FunnelAnswer, JourneyAnswer, MetricDefinition } from '@avow/protocol/staff/visits';
import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { BOTH_NEIGHBOURS, eventConditions, filterConditions, groundOf, withinDays } from './conditions.ts';
import { Parameters } from './parameters.ts';
import type { QueryText } from './query-text.ts';
import { explainShape, filterSchema, groundShape } from './question.ts';
import { asKept, bothWays, type Scope } from './scope.ts';
import { tellRows } from './suppress.ts';

const MOST_STEPS = 8;
const MOST_PAGES = 10_000;
/** The place of a step that was not reached: after every other. */
const NOWHERE = 'toUInt32(4294967295)';

export const journeySchema = z.strictObject({
  ...groundShape,
  page: z.string().max(500),
  limit: z.int().min(1).max(1000).default(100),
  ...explainShape,
});
export const funnelSchema = z.strictObject({
  ...groundShape,
  steps: z
    .array(filterSchema.omit({ within: true }))
    .min(2)
    .max(MOST_STEPS)
    .describe('In this order, within a visit.'),
  ...explainShape,
});

export type Journey = z.output<typeof journeySchema>;
export type Funnel = z.output<typeof funnelSchema>;

export interface Ordered<Told> {
  told: Told;
  query: QueryText;
}

export const JOURNEY_DEFINITIONS = {
  before: {
    unit: 'count',
    en: 'Before: visits with this page right before the one asked about, or that began there. A visit counts once for each page.',
    de: 'Davor: Besuche mit dieser Seite unmittelbar vor der gefragten, oder die dort begannen. Ein Besuch zählt für jede Seite einmal.',
  },
  after: {
    unit: 'count',
    en: 'After: visits with this page right after the one asked about, or that ended there. A visit counts once for each page.',
    de: 'Danach: Besuche mit dieser Seite unmittelbar nach der gefragten, oder die dort endeten. Ein Besuch zählt für jede Seite einmal.',
  },
} as const satisfies Record<string, MetricDefinition>;

export const FUNNEL_DEFINITIONS = {
  steps: {
    unit: 'count',
    en: 'Visits that came to this step after the ones before it, with anything in between.',
    de: 'Besuche, die nach den vorigen Schritten zu diesem kamen, gleich was dazwischen lag.',
  },
} as const satisfies Record<string, MetricDefinition>;

/** Figures are visits; one that comes by several times counts for each of the pages once. */
export async function readJourney(
  client: ClickHouseClient,
  scope: Scope,
  { page, limit }: Pick<Journey, 'page' | 'limit'>,
  k: number,
): Promise<Ordered<Pick<JourneyAnswer, 'page' | 'before' | 'after'>>> {
  const parameters = new Parameters();
  const wanted = parameters.add(bothWays([page]), 'Array(String)');
  const where = [...groundOf(scope, parameters, BOTH_NEIGHBOURS), ...wholeVisits(scope, parameters), "kind = 'view'"];
  const text = `/* visits.journey */
    SELECT direction, found, count() AS visits, uniqExact(site, who) AS visitors FROM (
      SELECT DISTINCT site, visit, who, step.1 AS direction, step.2 AS found FROM (
        SELECT site, visit, any(visitor) AS who, arraySort(groupArray((seq, toString(path), hour))) AS seen
        FROM visit_events WHERE ${where.join(' AND ')} GROUP BY site, visit
      ) ARRAY JOIN arrayEnumerate(seen) AS at
      ARRAY JOIN [('before', if(at = 1, '', seen[at - 1].2)), ('after', if(at = length(seen), '', seen[at + 1].2))] AS step
      WHERE seen[at].2 IN ${wanted} AND ${withinDays('seen[at].3', scope, parameters)}
    ) GROUP BY direction, found ORDER BY visits DESC LIMIT ${parameters.add(MOST_PAGES, 'UInt32')}`;
  const answer = await client.query({ query: text, query_params: parameters.values, format: 'JSONEachRow' });
  const rows = await answer.json<{ direction: string; found: string; visits: string; visitors: string }>();
  const tell = (wish: string) =>
    tellRows(
      rows
        .filter(({ direction }) => direction === wish)
        .map((row) => ({ keys: [row.found], sums: { visits: Number(row.visits), visitors: Number(row.visitors) } })),
      ['visits'],
      k,
    )
      .map(({ keys, figures }) => ({ page: keys[0] ?? '', ...(figures.visits ?? { value: null }) }))
      .sort((one, other) => (other.value ?? -1) - (one.value ?? -1))
      .slice(0, limit);
  const query = { name: 'visits.journey', text, parameters: parameters.values };
  return { told: { page, before: tell('before'), after: tell('after') }, query };
}

/** Filters choose whole visits here: a visit of which only some events are left has no order. */
function wholeVisits(scope: Scope, parameters: Parameters): string[] {
  const filters = scope.filters.map((filter) => ({ ...filter, within: 'visit' as const }));
  return filterConditions({ ...scope, filters }, parameters);
}

/** How many visits of the days came to each step, after the ones before it. A visit of a page and an act on it are two steps. */
export async function readFunnel(
  client: ClickHouseClient,
  scope: Scope,
  { steps }: Pick<Funnel, 'steps'>,
  k: number,
): Promise<Ordered<Pick<FunnelAnswer, 'steps'>>> {
  const parameters = new Parameters();
  const conditions = steps.map((step) => `(${eventConditions(asKept(step), parameters).join(' AND ')})`);
  const ground = { before: 0, after: 0 } as const;
  const where = [
    ...groundOf(scope, parameters, ground),
    withinDays('hour', scope, parameters),
    ...wholeVisits(scope, parameters),
  ];
  // Not windowFunnel: an event that fits two steps moves the earlier one on, and the visit is lost.
  const fitting = conditions.map((condition, at) => `groupArrayIf(seq, ${condition}) AS fitting${at}`);
  const places = steps.map((_, at) => {
    const later = at === 0 ? 'fitting0' : `arrayFilter(place -> place > place${at - 1}, fitting${at})`;
    return `arrayMin(arrayPushBack(${later}, ${NOWHERE})) AS place${at}`;
  });
  const columns = steps.map(
    (_, at) =>
      `countIf(place${at} < ${NOWHERE}) AS visits${at}, uniqExactIf((site, who), place${at} < ${NOWHERE}) AS visitors${at}`,
  );
  const text = `/* visits.funnel */
    SELECT ${columns.join(', ')} FROM (
      SELECT site, who, ${places.join(', ')} FROM (
        SELECT site, visit, any(visitor) AS who, ${fitting.join(', ')}
        FROM visit_events WHERE ${where.join(' AND ')} GROUP BY site, visit
      )
    )`;
  const answer = await client.query({ query: text, query_params: parameters.values, format: 'JSONEachRow' });
  const [row = {}] = await answer.json<Record<string, string>>();
  const counts = steps.map((_, at) => ({
    visits: Number(row[`visits${at}`]),
    visitors: Number(row[`visitors${at}`]),
  }));
  return {
    told: { steps: tellSteps(counts, k) },
    query: { name: 'visits.funnel', text, parameters: parameters.values },
  };
}

/** A step is not told either where those who were lost since the last told one are a small group. */
export function tellSteps(steps: readonly { visits: number; visitors: number }[], k: number): FunnelAnswer['steps'] {
  let last: number | null = null;
  return steps.map(({ visits, visitors }, at) => {
    const lost = last === null ? 0 : last - visits;
    const small = (visits > 0 && Math.min(visits, visitors) < k) || (lost > 0 && lost < k);
    if (small) return { step: at + 1, value: null, suppressed: true };
    last = visits;
    return { step: at + 1, value: visits };
  });
}
