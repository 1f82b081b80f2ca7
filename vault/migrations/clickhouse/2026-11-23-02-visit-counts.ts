// Counts without a visit, each row with its batch, so that a batch that comes again is counted once.
export const up = [
  `CREATE TABLE minute_counts (
    minute DateTime('UTC'),
    site LowCardinality(String),
    path LowCardinality(String),
    views UInt32,
    batch UUID
  ) ENGINE = MergeTree
  ORDER BY (site, minute, path)
  TTL minute + INTERVAL 1 HOUR
  SETTINGS merge_with_ttl_timeout = 600, fsync_after_insert = 1, fsync_part_directory = 1`,

  `CREATE TABLE drop_counts (
    hour DateTime('UTC'),
    day Date,
    site LowCardinality(String),
    reason LowCardinality(String),
    count UInt64,
    received Date DEFAULT today(),
    batch UUID
  ) ENGINE = MergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, day, reason, hour)
  TTL received + INTERVAL 90 DAY
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,

  `CREATE TABLE quiet_views (
    day Date,
    site LowCardinality(String),
    path LowCardinality(String),
    views UInt64,
    received Date DEFAULT today(),
    batch UUID
  ) ENGINE = MergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, day, path)
  TTL received + INTERVAL 90 DAY
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
];
