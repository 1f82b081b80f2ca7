/** How days are rolled up. What the columns mean stands with the tables: migrations/clickhouse/2026-11-24-20-visit-sums.ts. */

/** Rebuilt and swapped in together; all but the months have the days of the month that are not rebuilt copied. */
export const ROLLUPS = [
  'visits_by_hour',
  'visits_by_day',
  'visits_by_month',
  'visit_days',
  'drops_daily',
  'quiet_views_daily',
] as const;

/** A bounce is shorter. */
const BOUNCE_MS = 10_000;

/** What belongs to the visit stands on each of its events. */
const OF_VISIT = [
  'source',
  'referrer',
  'channel',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
  'entry_path',
  'country',
  'language',
  'device',
  'browser',
  'browser_version',
  'os',
  'os_version',
  'bot',
];

const IS_ACT = `kind NOT IN ('view', 'engagement')`;
/** Dimension of an event that is no view, and its value there. */
const ACT_VALUE = `multiIf(kind IN ('outbound', 'download'), target, kind = 'not-found', path, name)`;

const DAYS = 'day IN {days:Array(Date)}';
/** Also events, on the days before and after, of visits that are there on one of the days. */
const AROUND = `(${DAYS} OR (day IN {around:Array(Date)} AND visit IN (SELECT visit FROM visit_events WHERE ${DAYS})))`;

/** What is grouped by visit is done in slices of the visits: together they would not fit into memory. Their sums add up. */
const IN_SLICE = 'visit % {slices:UInt32} = {slice:UInt32}';

const KEY = 'dimension, day, site, is_bot, value';
const EVENT_MEASURES = 'views, visits, visitors, events, engaged_ms';
const VISIT_MEASURES = 'visit_starts, bounces, visit_views, visit_engaged_ms';
const eventSums = (firstFlag: string) =>
  `countIf(kind = 'view'), sum(${firstFlag}), uniqExact(visitor), countIf(${IS_ACT}), sum(engaged_ms)`;
const ALL_ACTS = 'event + outbound + download + not_found + form';
const VISIT_SUMS = 'sum(began), sum(bounce), sum(visit_views), sum(visit_engaged_ms)';

/** By visit and day first, in the order in which the events lie; then what the days of a visit have in common. */
const GATHER = `INSERT INTO gathered_staging (site, day, received, visitor, began, hour, views, event, outbound, download, not_found, form, engaged_ms,
    bounce, visit_views, visit_engaged_ms, pages, acts, exit_path, ${OF_VISIT.join(', ')})
  SELECT site, part.1, part.2, part.3, part.4 AS began, part.5, part.6, part.7, part.8, part.9, part.10, part.11, part.12,
    began AND all_views = 1 AND all_engaged_ms < ${BOUNCE_MS} AND all_acts = 0, if(began, all_views, 0), if(began, all_engaged_ms, 0),
    if(began, all_pages, []), if(began, all_deeds, []), last_page, ${OF_VISIT.map((name) => `of_${name}`).join(', ')}
  FROM (
    SELECT site, visit, is_bot,
      groupArray((day, oldest, who, first, at, seen, event, outbound, download, not_found, form, engaged)) AS parts,
      sum(seen) AS all_views, sum(engaged) AS all_engaged_ms, sum(${ALL_ACTS}) AS all_acts,
      groupUniqArrayArray(seen_pages) AS all_pages, groupUniqArrayArray(deeds) AS all_deeds, argMaxIf(last_seen, day, seen > 0) AS last_page,
      ${OF_VISIT.map((name) => `any(its_${name}) AS of_${name}`).join(', ')}
    FROM (
      SELECT site, day, visit, bot != '' AS is_bot, min(received) AS oldest, any(visitor) AS who, max(first_in_visit) AS first,
        argMin(hour, seq) AS at, countIf(kind = 'view') AS seen, countIf(kind = 'event') AS event, countIf(kind = 'outbound') AS outbound,
        countIf(kind = 'download') AS download, countIf(kind = 'not-found') AS not_found, countIf(kind = 'form') AS form,
        sum(engaged_ms) AS engaged, groupUniqArrayIf(path, kind = 'view') AS seen_pages, groupUniqArrayIf((kind, ${ACT_VALUE}), ${IS_ACT}) AS deeds,
        argMaxIf(path, seq, kind = 'view') AS last_seen, ${OF_VISIT.map((name) => `any(${name}) AS its_${name}`).join(', ')}
      FROM (SELECT * FROM visit_events WHERE ${AROUND} AND ${IN_SLICE}) GROUP BY site, day, visit, is_bot
    ) GROUP BY site, visit, is_bot
  ) ARRAY JOIN parts AS part WHERE part.1 IN {days:Array(Date)}`;

const KEPT_VISITS = `INSERT INTO visit_days_staging SELECT * EXCEPT (hour, pages, acts) FROM gathered_staging`;

/** The depth of each page in each visit, where its first engagement was. */
const DEPTHS = `(SELECT site, bot != '' AS is_bot, visit, path, argMin(hour, seq) AS hour, argMin(day, seq) AS day, max(scroll_percent) AS depth
  FROM (SELECT * FROM visit_events WHERE ${AROUND} AND ${IN_SLICE} AND kind = 'engagement') GROUP BY site, is_bot, visit, path)`;

/** Ids with visits of both kinds on a day: mostly none. */
const OF_BOTH_KINDS = `(SELECT day, site, visitor FROM gathered_staging GROUP BY day, site, visitor HAVING min(bot != '') != max(bot != ''))`;

const BY_HOUR = [
  `INSERT INTO visits_by_hour_staging (day, hour, site, is_bot, ${EVENT_MEASURES})
    SELECT day, hour, site, bot != '' AS is_bot, ${eventSums('first_in_visit')}
    FROM visit_events WHERE ${DAYS} GROUP BY day, hour, site, is_bot`,
  `INSERT INTO visits_by_hour_staging (day, hour, site, is_bot, ${VISIT_MEASURES})
    SELECT day, hour, site, bot != '' AS is_bot, ${VISIT_SUMS} FROM gathered_staging WHERE began GROUP BY day, hour, site, is_bot`,
  `INSERT INTO visits_by_hour_staging (day, hour, site, is_bot, day_visitors)
    SELECT day, at, site, is_bot, count() FROM (
      SELECT day, site, bot != '' AS is_bot, visitor, min(hour) AS at FROM gathered_staging GROUP BY day, site, is_bot, visitor
    ) GROUP BY day, at, site, is_bot`,
  `INSERT INTO visits_by_hour_staging (day, hour, site, is_bot, scrolled, scroll_percent)
    SELECT day, hour, site, is_bot, count(), sum(depth) FROM ${DEPTHS} WHERE ${DAYS} GROUP BY day, hour, site, is_bot`,
  `INSERT INTO visits_by_hour_staging (day, hour, site, is_bot, shared)
    SELECT day, hour, site, 1, count() FROM (
      SELECT day, hour, site, visitor FROM visit_events WHERE ${DAYS} AND (day, site, visitor) IN ${OF_BOTH_KINDS}
      GROUP BY day, hour, site, visitor HAVING min(bot != '') != max(bot != '')
    ) GROUP BY day, hour, site`,
  `INSERT INTO visits_by_hour_staging (day, hour, site, is_bot, day_shared)
    SELECT day, at, site, 1, count() FROM (
      SELECT day, site, visitor, minIf(hour, bot != '') AS at FROM gathered_staging WHERE (day, site, visitor) IN ${OF_BOTH_KINDS} GROUP BY day, site, visitor
    ) GROUP BY day, at, site`,
];

/** Only with its name does a version say something. */
const withVersion = (name: string) => `if(${name}_version = '', ${name}, concat(${name}, ' ', ${name}_version))`;

/** Values that belong to the visit: expressions over the gathered visits, by the name of the dimension. */
const BY_VISIT: Record<string, string> = {
  ...Object.fromEntries(OF_VISIT.filter((name) => name !== 'bot').map((name) => [name, name])),
  browser_version: withVersion('browser'),
  os_version: withVersion('os'),
  entry: 'entry_path',
  exit: 'exit_path',
};
delete BY_VISIT.entry_path;

const OF_DIMENSION = Object.entries(BY_VISIT);

/** A visit without a view has no exit page. */
const exists = (dimension: string) => (dimension === 'exit' ? ` WHERE exit_path != ''` : '');

const BY_VALUE = [
  // Each dimension is read on its own, one after the other: all at once (GROUPING SETS) they would have to fit into memory.
  `INSERT INTO visits_by_day_staging (${KEY}, ${EVENT_MEASURES}, ${VISIT_MEASURES}) ${OF_DIMENSION.map(
    ([dimension, value]) => `SELECT '${dimension}', day, site, bot != '' AS is_bot, ${value} AS of,
      sum(views), sum(began), uniqExact(visitor), sum(${ALL_ACTS}), sum(engaged_ms), ${VISIT_SUMS}
      FROM gathered_staging${exists(dimension)} GROUP BY day, site, is_bot, of`,
  ).join(' UNION ALL ')}`,
  `INSERT INTO visits_by_day_staging (${KEY}, ${EVENT_MEASURES})
    SELECT 'page', day, site, bot != '' AS is_bot, path, ${eventSums('first_of_path')}
    FROM visit_events WHERE ${DAYS} GROUP BY day, site, is_bot, path`,
  `INSERT INTO visits_by_day_staging (${KEY}, ${VISIT_MEASURES})
    SELECT 'page', day, site, bot != '' AS is_bot, page, ${VISIT_SUMS}
    FROM gathered_staging ARRAY JOIN pages AS page GROUP BY day, site, is_bot, page`,
  `INSERT INTO visits_by_day_staging (${KEY}, scrolled, scroll_percent)
    SELECT 'page', day, site, is_bot, path, count(), sum(depth) FROM ${DEPTHS} WHERE ${DAYS} GROUP BY day, site, is_bot, path`,
  `INSERT INTO visits_by_day_staging (${KEY}, visits, visitors, events)
    SELECT kind, day, site, is_bot, of, sum(first), uniqExact(who), sum(times) FROM (
      SELECT site, is_bot, day, kind, of, who, times, day = min(day) OVER (PARTITION BY site, visit, is_bot, kind, of) AS first FROM (
        SELECT site, visit, bot != '' AS is_bot, day, kind, ${ACT_VALUE} AS of, any(visitor) AS who, count() AS times
        FROM visit_events WHERE ${AROUND} AND ${IN_SLICE} AND ${IS_ACT} GROUP BY site, visit, is_bot, day, kind, of
      )
    ) WHERE ${DAYS} GROUP BY day, site, is_bot, kind, of`,
  `INSERT INTO visits_by_day_staging (${KEY}, ${VISIT_MEASURES})
    SELECT act.1, day, site, bot != '' AS is_bot, act.2, ${VISIT_SUMS}
    FROM gathered_staging ARRAY JOIN acts AS act GROUP BY day, site, is_bot, act`,
  `INSERT INTO visits_by_day_staging (${KEY}, shared)
    SELECT one.1, day, site, 1, one.2, count() FROM (
      SELECT day, site, visitor, one FROM (SELECT * FROM gathered_staging WHERE (day, site, visitor) IN ${OF_BOTH_KINDS})
      ARRAY JOIN [${OF_DIMENSION.map(([dimension, value]) => `('${dimension}', toString(${value}))`).join(', ')}] AS one
      WHERE one != ('exit', '') GROUP BY day, site, visitor, one HAVING min(bot != '') != max(bot != '')
      UNION ALL
      SELECT day, site, visitor, one FROM (SELECT * FROM visit_events WHERE ${DAYS} AND (day, site, visitor) IN ${OF_BOTH_KINDS})
      ARRAY JOIN arrayConcat([('page', toString(path))], if(${IS_ACT}, [(toString(kind), toString(${ACT_VALUE}))], [])) AS one
      GROUP BY day, site, visitor, one HAVING min(bot != '') != max(bot != '')
    ) GROUP BY day, site, one`,
];

const COUNTS = [
  `INSERT INTO drops_daily_staging (day, site, reason, count)
    SELECT day, site, reason, sum(count) FROM drop_counts WHERE ${DAYS} GROUP BY day, site, reason`,
  `INSERT INTO quiet_views_daily_staging (day, site, path, views)
    SELECT day, site, path, sum(views) FROM quiet_views WHERE ${DAYS} GROUP BY day, site, path`,
];

/** Whether a statement is to be run once for each slice, with `slice` and `slices`. */
export const isSliced = (statement: string): boolean => statement.includes(IN_SLICE);

/**
 * In this order, each with the parameters `days` (of one month) and `around` (the days before and after them that are not among them);
 * `gathered_staging` is empty before.
 */
export const DAY_STATEMENTS: readonly string[] = [GATHER, KEPT_VISITS, ...BY_HOUR, ...BY_VALUE, ...COUNTS];

/** When all days of the month are there. */
export const MONTH_STATEMENT = `INSERT INTO visits_by_month_staging
  SELECT dimension, toStartOfMonth(day) AS month, site, is_bot, value, ${[
    'views',
    'visits',
    'visitors',
    'shared',
    'events',
    'engaged_ms',
    'visit_starts',
    'bounces',
    'visit_views',
    'visit_engaged_ms',
    'scrolled',
    'scroll_percent',
  ]
    .map((name) => `sum(${name})`)
    .join(', ')}
  FROM visits_by_day_staging GROUP BY dimension, month, site, is_bot, value`;
