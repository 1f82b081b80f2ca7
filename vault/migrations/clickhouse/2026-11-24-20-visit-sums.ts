// Roll-ups with plain numbers throughout: rebuilt from the events some days at a time in a "…_staging" table of the same shape, swapped in by
// REPLACE PARTITION, kept for good. A month is a partition: its other days are copied. Every column is a sum, and a key may have several rows.
//
// The same measures in all three tables. Counted where (hour, day) the event happened:
//   views        events of kind view
//   visits       first flags: first_in_visit; by page first_of_path; by event name or target its first in the visit
//   visitors     distinct ids of events of any kind, on the day; in visits_by_hour within the hour
//   events       events of any kind but view and engagement
//   engaged_ms   visible and focused
// Counted where the visit's first event happened, for the visits with that value (of a page: with a view of it):
//   visit_starts      those visits: what the next three are divided by
//   bounces           with one view, under 10 s engaged, no event
//   visit_views       all views of those visits
//   visit_engaged_ms  all engaged time of those visits: their duration, as the client measured it
// Totals and by page only, counted where the first engagement of the page in the visit happened:
//   scrolled          pages in visits of which the depth is known
//   scroll_percent    their greatest depths, summed up
// In visits_by_hour, so that hours add up to days: each visitor of a day in the first hour that saw it:
//   day_visitors
//
// "dimension" is one of: page entry exit source referrer channel utm_source utm_medium utm_campaign utm_content utm_term
// country language device browser browser_version os os_version, and by event: event (its name), outbound (target),
// download (target), not-found (path), form (name). browser_version and os_version carry the name: "Firefox 140".
// "is_bot": 1 for events that carry a reason in "bot". An id may have visits of both kinds: such visitors are counted in both rows, and once
// more in "shared" (day_shared) of the row with is_bot 1; together the rows have so many fewer.

const SUMS = (names: readonly string[]) =>
  names.map((name) => `${name} SimpleAggregateFunction(sum, UInt64)`).join(', ');
const MEASURES = [
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
];
const FOR_GOOD = 'fsync_after_insert = 1, fsync_part_directory = 1';
// Inserts into staging tables need not last; what is swapped in is what the last merge wrote, so that one is on disk before it ends.
const FOR_STAGING =
  'fsync_after_insert = 0, min_rows_to_fsync_after_merge = 1, min_compressed_bytes_to_fsync_after_merge = 1';

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
  'exit_path',
  'country',
  'language',
  'device',
  'browser',
  'browser_version',
  'os',
  'os_version',
  'bot',
]
  .map((name) => `${name} LowCardinality(String)`)
  .join(', ');

// One row for each visit and each of its days. "began": on this day; only there is anything of the whole visit.
const VISIT_DAY = `site LowCardinality(String),
    day Date,
    visitor UInt64,
    began UInt8,
    views UInt32,
    event UInt32,
    outbound UInt32,
    download UInt32,
    not_found UInt32,
    form UInt32,
    engaged_ms UInt64,
    bounce UInt8,
    visit_views UInt32,
    visit_engaged_ms UInt64,
    ${OF_VISIT},
    received Date`;

const OLD_MEASURES = MEASURES.filter((name) => name !== 'visitors' && name !== 'shared');

export const up = [
  `CREATE TABLE visits_by_hour (
    day Date,
    hour DateTime('UTC'),
    site LowCardinality(String),
    is_bot UInt8,
    ${SUMS([...MEASURES, 'day_visitors', 'day_shared'])}
  ) ENGINE = AggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, is_bot, day, hour)
  SETTINGS ${FOR_GOOD}`,

  `CREATE TABLE visits_by_day (
    dimension LowCardinality(String),
    day Date,
    site LowCardinality(String),
    is_bot UInt8,
    value String,
    ${SUMS(MEASURES)}
  ) ENGINE = AggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (dimension, site, is_bot, day, value)
  SETTINGS ${FOR_GOOD}`,

  // The days of a month added up. "day" is its first.
  `CREATE TABLE visits_by_month (
    dimension LowCardinality(String),
    day Date,
    site LowCardinality(String),
    is_bot UInt8,
    value String,
    ${SUMS(MEASURES)}
  ) ENGINE = AggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (dimension, site, is_bot, day, value)
  SETTINGS ${FOR_GOOD}`,

  // For questions with filters; goes with the events. No id of a visit is in it.
  `CREATE TABLE visit_days (
    ${VISIT_DAY}
  ) ENGINE = MergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, day)
  TTL received + INTERVAL 90 DAY
  SETTINGS ${FOR_GOOD}`,

  // What is gathered of the days that are being rebuilt: empty in between. "hour" is that of the first event of the day; pages and acts are of
  // the whole visit, where it began.
  `CREATE TABLE gathered_staging (
    ${VISIT_DAY},
    hour DateTime('UTC'),
    pages Array(LowCardinality(String)),
    acts Array(Tuple(LowCardinality(String), LowCardinality(String)))
  ) ENGINE = MergeTree
  ORDER BY (site, day)`,

  ...['visits_by_hour', 'visits_by_day', 'visits_by_month', 'visit_days'].flatMap((table) => [
    `CREATE TABLE ${table}_staging AS ${table}`,
    `ALTER TABLE ${table}_staging MODIFY SETTING ${FOR_STAGING}`,
  ]),

  // What was rolled up before, with states for visitors.
  'TRUNCATE TABLE visits_by_hour',
  `INSERT INTO visits_by_hour (day, hour, site, is_bot, visitors, day_visitors, ${OLD_MEASURES.join(', ')})
    SELECT day, hour, site, is_bot, of_hour,
      greatest(so_far, before) - before,
      ${OLD_MEASURES.map((name) => `sum_${name}`).join(', ')}
    FROM (
      SELECT *, finalizeAggregation(state) AS of_hour, uniqCombinedMerge(state) OVER (PARTITION BY site, is_bot, day ORDER BY hour) AS so_far,
        uniqCombinedMerge(state) OVER (PARTITION BY site, is_bot, day ORDER BY hour ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM (
        SELECT day, hour, site, is_bot, uniqCombinedMergeState(visitors) AS state,
          ${OLD_MEASURES.map((name) => `sum(${name}) AS sum_${name}`).join(', ')}
        FROM visits_hourly GROUP BY day, hour, site, is_bot
      )
    )`,
  'TRUNCATE TABLE visits_by_day',
  `INSERT INTO visits_by_day (dimension, day, site, is_bot, value, visitors, ${OLD_MEASURES.join(', ')})
    SELECT dimension, day, site, is_bot, value, uniqCombinedMerge(visitors),
      ${OLD_MEASURES.map((name) => `sum(${name}) AS sum_${name}`).join(', ')}
    FROM visits_by_value_daily GROUP BY dimension, day, site, is_bot, value`,
  'TRUNCATE TABLE visits_by_month',
  `INSERT INTO visits_by_month
    SELECT dimension, toStartOfMonth(day) AS month, site, is_bot, value, ${MEASURES.map((name) => `sum(${name})`).join(', ')}
    FROM visits_by_day GROUP BY dimension, month, site, is_bot, value`,
];
