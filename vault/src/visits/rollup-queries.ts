/** How a day is rolled up. What the columns mean stands with the tables: migrations/clickhouse/2026-11-23-03-visit-rollups.ts. */

/** Rebuilt and swapped in together. */
export const ROLLUPS = ['visits_hourly', 'visits_by_value_daily', 'drops_daily', 'quiet_views_daily'] as const;

/** A bounce is shorter. */
const BOUNCE_MS = 10_000;

/** What belongs to the visit stands on each of its events. */
const VISIT_VALUES = [
  'source',
  'referrer',
  'channel',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
  'country',
  'language',
  'device',
  'browser',
  'os',
];

const IS_ACT = `kind NOT IN ('view', 'engagement')`;
/** Dimension of an event that is no view, and its value there. */
const ACT_VALUE = `multiIf(kind IN ('outbound', 'download'), target, kind = 'not-found', path, name)`;

const KEY = 'dimension, day, site, is_bot, value';
const VISIT_MEASURES = 'visit_starts, bounces, visit_views, visit_engaged_ms';
const VISIT_SUMS = 'count(), sum(bounce), sum(views), sum(engaged_ms)';
const EVENT_MEASURES = 'views, visits, visitors, events, engaged_ms';
const eventSums = (firstFlag: string) => `countIf(kind = 'view'), sum(${firstFlag}),
  uniqCombinedState(visitor), countIf(${IS_ACT}), sum(engaged_ms)`;

/** The day's events; and those of visits of the day that went on after midnight. */
const VISITS_OF_DAY = `day = {day:Date} OR
  (day = {day:Date} + 1 AND visit IN (SELECT visit FROM visit_events WHERE day = {day:Date}))`;
/** Also those of visits that came over from the day before: to know what was not the first time. */
const AROUND_DAY = `${VISITS_OF_DAY} OR
  (day = {day:Date} - 1 AND visit IN (SELECT visit FROM visit_events WHERE day = {day:Date}))`;

/** What is grouped by visit is done in slices of the visits: together they would not fit into memory. Their sums add up. */
const IN_SLICE = 'visit % {slices:UInt32} = {slice:UInt32}';

/** Only with its name does a version say something. */
const withVersion = (name: string, version: string) => `if(${version} = '', ${name}, concat(${name}, ' ', ${version}))`;

/** Goes into `visits_staging`: one row for each visit that began on the day. */
const VISITS = `INSERT INTO visits_staging (site, is_bot, hour, visitor, views, engaged_ms, bounce, pages, acts, exit, entry,
    ${VISIT_VALUES.join(', ')}, browser_version, os_version)
  SELECT site, bot != '' AS is_bot, argMin(hour, seq), any(visitor),
    countIf(kind = 'view') AS all_views, sum(engaged_ms) AS all_engaged_ms,
    all_views = 1 AND all_engaged_ms < ${BOUNCE_MS} AND countIf(${IS_ACT}) = 0,
    groupUniqArrayIf(path, kind = 'view'), groupUniqArrayIf((kind, ${ACT_VALUE}), ${IS_ACT}),
    argMaxIf(path, seq, kind = 'view'), any(entry_path), ${VISIT_VALUES.map((name) => `any(${name})`).join(', ')},
    ${withVersion('any(browser)', 'any(browser_version)')}, ${withVersion('any(os)', 'any(os_version)')}
  FROM visit_events WHERE (${VISITS_OF_DAY}) AND ${IN_SLICE}
  GROUP BY site, visit, is_bot
  HAVING maxIf(first_in_visit, day = {day:Date}) = 1`;

const TOTALS = [
  `INSERT INTO visits_hourly_staging (day, hour, site, is_bot, ${EVENT_MEASURES})
    SELECT day, hour, site, bot != '' AS is_bot, ${eventSums('first_in_visit')}
    FROM visit_events WHERE day = {day:Date} GROUP BY day, hour, site, is_bot`,
  `INSERT INTO visits_hourly_staging (day, hour, site, is_bot, ${VISIT_MEASURES})
    SELECT {day:Date}, hour, site, is_bot, ${VISIT_SUMS} FROM visits_staging GROUP BY hour, site, is_bot`,
  `INSERT INTO visits_hourly_staging (day, hour, site, is_bot, scrolled, scroll_percent)
    SELECT {day:Date}, first_hour, site, is_bot, count(), sum(depth) FROM (
      SELECT site, bot != '' AS is_bot, visit, path, argMin(hour, seq) AS first_hour, argMin(day, seq) AS first_day,
        max(scroll_percent) AS depth
      FROM visit_events WHERE (${AROUND_DAY}) AND ${IN_SLICE} AND kind = 'engagement' GROUP BY site, is_bot, visit, path
    ) WHERE first_day = {day:Date} GROUP BY first_hour, site, is_bot`,
];

/** Values that belong to the visit: expressions over events, by the name of the dimension. `visits_staging` has them as columns. */
const BY_VISIT: Record<string, string> = {
  ...Object.fromEntries(VISIT_VALUES.map((name) => [name, name])),
  browser_version: withVersion('browser', 'browser_version'),
  os_version: withVersion('os', 'os_version'),
  entry: 'entry_path',
};

const unionOf = (select: (dimension: string, value: string) => string) =>
  Object.entries(BY_VISIT)
    .map(([dimension, value]) => select(dimension, value))
    .join(' UNION ALL ');

// Each dimension is read on its own, one after the other: all at once (GROUPING SETS) they would have to fit into memory.
const BY_VISIT_VALUE = [
  `INSERT INTO visits_by_value_daily_staging (${KEY}, ${EVENT_MEASURES}) ${unionOf(
    (
      dimension,
      value,
    ) => `SELECT '${dimension}', day, site, bot != '' AS is_bot, ${value} AS of, ${eventSums('first_in_visit')}
      FROM visit_events WHERE day = {day:Date} GROUP BY day, site, is_bot, of`,
  )}`,
  `INSERT INTO visits_by_value_daily_staging (${KEY}, ${VISIT_MEASURES}) ${unionOf(
    (dimension) => `SELECT '${dimension}', {day:Date}, site, is_bot, ${dimension} AS of, ${VISIT_SUMS}
      FROM visits_staging GROUP BY site, is_bot, of`,
  )}`,
];

const BY_PAGE = [
  `INSERT INTO visits_by_value_daily_staging (${KEY}, ${EVENT_MEASURES})
    SELECT 'page', day, site, bot != '' AS is_bot, path, ${eventSums('first_of_path')}
    FROM visit_events WHERE day = {day:Date} GROUP BY day, site, is_bot, path`,
  `INSERT INTO visits_by_value_daily_staging (${KEY}, ${VISIT_MEASURES})
    SELECT 'page', {day:Date}, site, is_bot, page, ${VISIT_SUMS}
    FROM visits_staging ARRAY JOIN pages AS page GROUP BY site, is_bot, page`,
  `INSERT INTO visits_by_value_daily_staging (${KEY}, scrolled, scroll_percent)
    SELECT 'page', {day:Date}, site, is_bot, path, count(), sum(depth) FROM (
      SELECT site, bot != '' AS is_bot, visit, path, argMin(day, seq) AS first_day, max(scroll_percent) AS depth
      FROM visit_events WHERE (${AROUND_DAY}) AND ${IN_SLICE} AND kind = 'engagement' GROUP BY site, is_bot, visit, path
    ) WHERE first_day = {day:Date} GROUP BY site, is_bot, path`,
];

const BY_EXIT = `INSERT INTO visits_by_value_daily_staging (${KEY}, visits, visitors, ${VISIT_MEASURES})
  SELECT 'exit', {day:Date}, site, is_bot, exit, count(), uniqCombinedState(visitor), ${VISIT_SUMS}
  FROM visits_staging WHERE views > 0 GROUP BY site, is_bot, exit`;

const BY_ACT = [
  `INSERT INTO visits_by_value_daily_staging (${KEY}, visits, visitors, events)
    SELECT kind, {day:Date}, site, is_bot, of, countIf(first_day = {day:Date}), uniqCombinedState(one), sum(times) FROM (
      SELECT site, bot != '' AS is_bot, visit, kind, ${ACT_VALUE} AS of, argMin(day, seq) AS first_day,
        countIf(day = {day:Date}) AS times, any(visitor) AS one
      FROM visit_events WHERE (${AROUND_DAY}) AND ${IN_SLICE} AND ${IS_ACT} GROUP BY site, is_bot, visit, kind, of
    ) WHERE times > 0 GROUP BY site, is_bot, kind, of`,
  `INSERT INTO visits_by_value_daily_staging (${KEY}, ${VISIT_MEASURES})
    SELECT act.1, {day:Date}, site, is_bot, act.2, ${VISIT_SUMS}
    FROM visits_staging ARRAY JOIN acts AS act GROUP BY site, is_bot, act`,
];

const COUNTS = [
  `INSERT INTO drops_daily_staging (day, site, reason, count)
    SELECT day, site, reason, sum(count) FROM drop_counts WHERE day = {day:Date} GROUP BY day, site, reason`,
  `INSERT INTO quiet_views_daily_staging (day, site, path, views)
    SELECT day, site, path, sum(views) FROM quiet_views WHERE day = {day:Date} GROUP BY day, site, path`,
];

/** Whether a statement is to be run once for each slice, with `slice` and `slices`. */
export const isSliced = (statement: string): boolean => statement.includes(IN_SLICE);

/** In this order, each with the parameter `day`; `visits_staging` is empty before. */
export const DAY_STATEMENTS: readonly string[] = [
  VISITS,
  ...TOTALS,
  ...BY_VISIT_VALUE,
  ...BY_PAGE,
  BY_EXIT,
  ...BY_ACT,
  ...COUNTS,
];
