/** What stands beside figures: how each is defined, how it was asked for, what was dropped and what was taken for a program. */
import type { Explanation, MetricDefinition } from '@avow/protocol/staff/visits';
import type { ClickHouseClient } from '@clickhouse/client';
import { groundOf } from './conditions.ts';
import { type MetricName, metricOf } from './metrics.ts';
import { Parameters } from './parameters.ts';
import type { Scope } from './scope.ts';

type Counted = Omit<Explanation, 'definitions' | 'queries'>;
type Explain = (scope: Scope, asked: Pick<Explanation, 'definitions' | 'queries'>) => Promise<Explanation>;

/** What was counted of the same sites and days is looked up once. */
export function createExplain(client: ClickHouseClient): Explain {
  const known = new Map<string, Promise<Counted>>();
  return async (scope, asked) => {
    const key = JSON.stringify([scope.sites, scope.days, scope.rolledUp]);
    const counted = known.get(key) ?? countAll(client, scope);
    known.set(key, counted);
    return { ...asked, ...(await counted) };
  };
}

async function countAll(client: ClickHouseClient, scope: Scope): Promise<Counted> {
  const [dropped, labels, quiet] = await Promise.all([
    count(client, scope, 'drops', 'reason', 'count', ['drop_counts', 'drops_daily']),
    count(client, scope, 'bots', 'bot', '1', ['visit_events']),
    count(client, scope, 'quietViews', "''", 'views', ['quiet_views', 'quiet_views_daily']),
  ]);
  return {
    dropped: dropped.map(({ name, count }) => ({ reason: name, count })),
    bots: labels.filter(({ name }) => name !== '').map(({ name, count }) => ({ reason: name, events: count })),
    events: labels.reduce((sum, { count }) => sum + count, 0),
    quietViews: quiet[0]?.count ?? 0,
  };
}

export function definitionsOf(metrics: readonly MetricName[]): Record<string, MetricDefinition> {
  return Object.fromEntries(metrics.map((name) => [name, definitionOf(name)]));
}

function definitionOf(name: MetricName): MetricDefinition {
  const { unit, definition } = metricOf(name);
  return { unit, ...definition };
}

/** `name`, `times` and the tables are words of this file. The second table has the days that are rolled up. */
async function count(
  client: ClickHouseClient,
  scope: Scope,
  query: string,
  name: string,
  times: string,
  [table, rolledUp]: readonly [string, string?],
) {
  const parameters = new Parameters();
  const where = groundOf({ ...scope, bots: 'in', zone: scope.reportingZone }, parameters, { before: 0, after: 0 });
  const days = parameters.add(scope.rolledUp, 'Array(Date)');
  const from = (source: string, condition: string) =>
    `SELECT ${name} AS name, sum(${times}) AS times FROM ${source} WHERE ${[...where, condition].join(' AND ')} GROUP BY name`;
  const branches = rolledUp
    ? [from(table, `NOT has(${days}, day)`), from(rolledUp, `has(${days}, day)`)]
    : [from(table, '1')];
  const answer = await client.query({
    query: `/* visits.explain.${query} */
      SELECT name, sum(times) AS total FROM (${branches.join(' UNION ALL ')}) GROUP BY name ORDER BY total DESC`,
    query_params: parameters.values,
    format: 'JSONEachRow',
  });
  const rows = await answer.json<{ name: string; total: string }>();
  return rows.map(({ name, total }) => ({ name, count: Number(total) }));
}
