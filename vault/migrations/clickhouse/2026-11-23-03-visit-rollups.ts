// Roll-ups: rebuilt from the events a day at a time in a "…_staging" table of the same shape, swapped in by REPLACE PARTITION,
// kept for good. A month is a partition: its other days are copied. Every measure is additive, and a key may have several rows; "visitors" is a state: uniqCombinedMerge(visitors).
//
// The same measures in both tables. Counted where (hour, day) the event happened:
//   views        events of kind view
//   visits       first flags: first_in_visit; by page first_of_path; by event name or target its first in the visit
//   visitors     of events of any kind
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
// By exit (path of the visit's last view) there is only what belongs to the visit, and its visitors.
//
// "dimension" is one of: page entry exit source referrer channel utm_source utm_medium utm_campaign utm_content utm_term
// country language device browser browser_version os os_version, and by event: event (its name), outbound (target),
// download (target), not-found (path), form (name). browser_version and os_version carry the name: "Firefox 140".
// "is_bot": 1 for events that carry a reason in "bot".

// Inserts into staging tables need not last; what is swapped in is what the last merge wrote, so that one is on disk before it ends.
const FOR_STAGING = `fsync_after_insert = 0, min_rows_to_fsync_after_merge = 1, min_compressed_bytes_to_fsync_after_merge = 1`;

export const up = [
  `CREATE TABLE visits_hourly (
    day Date,
    hour DateTime('UTC'),
    site LowCardinality(String),
    is_bot UInt8,
    views SimpleAggregateFunction(sum, UInt64),
    visits SimpleAggregateFunction(sum, UInt64),
    visitors AggregateFunction(uniqCombined, UInt64),
    events SimpleAggregateFunction(sum, UInt64),
    engaged_ms SimpleAggregateFunction(sum, UInt64),
    visit_starts SimpleAggregateFunction(sum, UInt64),
    bounces SimpleAggregateFunction(sum, UInt64),
    visit_views SimpleAggregateFunction(sum, UInt64),
    visit_engaged_ms SimpleAggregateFunction(sum, UInt64),
    scrolled SimpleAggregateFunction(sum, UInt64),
    scroll_percent SimpleAggregateFunction(sum, UInt64)
  ) ENGINE = AggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, is_bot, day, hour)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,

  `CREATE TABLE visits_by_value_daily (
    dimension LowCardinality(String),
    day Date,
    site LowCardinality(String),
    is_bot UInt8,
    value String,
    views SimpleAggregateFunction(sum, UInt64),
    visits SimpleAggregateFunction(sum, UInt64),
    visitors AggregateFunction(uniqCombined, UInt64),
    events SimpleAggregateFunction(sum, UInt64),
    engaged_ms SimpleAggregateFunction(sum, UInt64),
    visit_starts SimpleAggregateFunction(sum, UInt64),
    bounces SimpleAggregateFunction(sum, UInt64),
    visit_views SimpleAggregateFunction(sum, UInt64),
    visit_engaged_ms SimpleAggregateFunction(sum, UInt64),
    scrolled SimpleAggregateFunction(sum, UInt64),
    scroll_percent SimpleAggregateFunction(sum, UInt64)
  ) ENGINE = AggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (dimension, site, is_bot, day, value)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,

  `CREATE TABLE drops_daily (
    day Date,
    site LowCardinality(String),
    reason LowCardinality(String),
    count SimpleAggregateFunction(sum, UInt64)
  ) ENGINE = AggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, day, reason)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,

  `CREATE TABLE quiet_views_daily (
    day Date,
    site LowCardinality(String),
    path String,
    views SimpleAggregateFunction(sum, UInt64)
  ) ENGINE = AggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, day, path)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,

  // One row for each visit of the day that is being rebuilt: empty in between.
  `CREATE TABLE visits_staging (
    site LowCardinality(String),
    is_bot UInt8,
    hour DateTime('UTC'),
    visitor UInt64,
    views UInt64,
    engaged_ms UInt64,
    bounce UInt8,
    pages Array(LowCardinality(String)),
    acts Array(Tuple(LowCardinality(String), LowCardinality(String))),
    exit LowCardinality(String),
    entry LowCardinality(String),
    source LowCardinality(String),
    referrer LowCardinality(String),
    channel LowCardinality(String),
    utm_source LowCardinality(String),
    utm_medium LowCardinality(String),
    utm_campaign LowCardinality(String),
    utm_content LowCardinality(String),
    utm_term LowCardinality(String),
    country LowCardinality(String),
    language LowCardinality(String),
    device LowCardinality(String),
    browser LowCardinality(String),
    browser_version LowCardinality(String),
    os LowCardinality(String),
    os_version LowCardinality(String)
  ) ENGINE = MergeTree
  ORDER BY (site, is_bot)`,

  ...['visits_hourly', 'visits_by_value_daily', 'drops_daily', 'quiet_views_daily'].flatMap((table) => [
    `CREATE TABLE ${table}_staging AS ${table}`,
    `ALTER TABLE ${table}_staging MODIFY SETTING ${FOR_STAGING}`,
  ]),
];
