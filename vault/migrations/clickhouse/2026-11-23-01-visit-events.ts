// "received" is the day on which the vault stored the row: retention counts from it, so that imported visits of last year are
// not gone before they were rolled up. "hour" and "day" are of the reporting time zone; there is no finer time.
// Rows of a batch arrive in one part for each month: all of them or none. "by_batch" finds them again after a crash, "by_id"
// finds the event that a retried one repeats.
export const up = [
  `CREATE TABLE visit_events (
    id UInt64,
    retried UInt8,
    site LowCardinality(String),
    hour DateTime('UTC'),
    day Date,
    visitor UInt64,
    visit UInt64,
    seq UInt32,
    kind LowCardinality(String),
    name LowCardinality(String),
    path LowCardinality(String),
    target LowCardinality(String),
    first_in_visit UInt8,
    first_of_path UInt8,
    first_of_day UInt8,
    engaged_ms UInt32,
    scroll_percent UInt8,
    source LowCardinality(String),
    referrer LowCardinality(String),
    channel LowCardinality(String),
    utm_source LowCardinality(String),
    utm_medium LowCardinality(String),
    utm_campaign LowCardinality(String),
    utm_content LowCardinality(String),
    utm_term LowCardinality(String),
    entry_path LowCardinality(String),
    country LowCardinality(String),
    language LowCardinality(String),
    device LowCardinality(String),
    browser LowCardinality(String),
    browser_version LowCardinality(String),
    os LowCardinality(String),
    os_version LowCardinality(String),
    bot LowCardinality(String),
    props Map(LowCardinality(String), String),
    received Date DEFAULT today(),
    batch UUID,
    INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX by_batch batch TYPE bloom_filter(0.001) GRANULARITY 1
  ) ENGINE = MergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, day, visit, seq)
  TTL received + INTERVAL 90 DAY
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
];
