CREATE TABLE visit_events_local ON CLUSTER 'figures' (
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
  ) ENGINE = ReplicatedMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, day, visit, seq)
  TTL received + INTERVAL 90 DAY
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE visit_events ON CLUSTER 'figures' AS visit_events_local ENGINE = Distributed('figures', currentDatabase(), 'visit_events_local', cityHash64(site));

CREATE TABLE minute_counts_local ON CLUSTER 'figures' (
    minute DateTime('UTC'),
    site LowCardinality(String),
    path LowCardinality(String),
    views UInt32,
    batch UUID
  ) ENGINE = ReplicatedMergeTree
  ORDER BY (site, minute, path)
  TTL minute + INTERVAL 1 HOUR
  SETTINGS merge_with_ttl_timeout = 600, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE minute_counts ON CLUSTER 'figures' AS minute_counts_local ENGINE = Distributed('figures', currentDatabase(), 'minute_counts_local', cityHash64(site));

CREATE TABLE drop_counts_local ON CLUSTER 'figures' (
    hour DateTime('UTC'),
    day Date,
    site LowCardinality(String),
    reason LowCardinality(String),
    count UInt64,
    received Date DEFAULT today(),
    batch UUID
  ) ENGINE = ReplicatedMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, day, reason, hour)
  TTL received + INTERVAL 90 DAY
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE drop_counts ON CLUSTER 'figures' AS drop_counts_local ENGINE = Distributed('figures', currentDatabase(), 'drop_counts_local', cityHash64(site));

CREATE TABLE quiet_views_local ON CLUSTER 'figures' (
    day Date,
    site LowCardinality(String),
    path LowCardinality(String),
    views UInt64,
    received Date DEFAULT today(),
    batch UUID
  ) ENGINE = ReplicatedMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, day, path)
  TTL received + INTERVAL 90 DAY
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE quiet_views ON CLUSTER 'figures' AS quiet_views_local ENGINE = Distributed('figures', currentDatabase(), 'quiet_views_local', cityHash64(site));

CREATE TABLE visits_hourly_local ON CLUSTER 'figures' (
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
  ) ENGINE = ReplicatedAggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, is_bot, day, hour)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE visits_hourly ON CLUSTER 'figures' AS visits_hourly_local ENGINE = Distributed('figures', currentDatabase(), 'visits_hourly_local', cityHash64(site));

CREATE TABLE visits_by_value_daily_local ON CLUSTER 'figures' (
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
  ) ENGINE = ReplicatedAggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (dimension, site, is_bot, day, value)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE visits_by_value_daily ON CLUSTER 'figures' AS visits_by_value_daily_local ENGINE = Distributed('figures', currentDatabase(), 'visits_by_value_daily_local', cityHash64(site));

CREATE TABLE drops_daily_local ON CLUSTER 'figures' (
    day Date,
    site LowCardinality(String),
    reason LowCardinality(String),
    count SimpleAggregateFunction(sum, UInt64)
  ) ENGINE = ReplicatedAggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, day, reason)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE drops_daily ON CLUSTER 'figures' AS drops_daily_local ENGINE = Distributed('figures', currentDatabase(), 'drops_daily_local', cityHash64(site));

CREATE TABLE quiet_views_daily_local ON CLUSTER 'figures' (
    day Date,
    site LowCardinality(String),
    path String,
    views SimpleAggregateFunction(sum, UInt64)
  ) ENGINE = ReplicatedAggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, day, path)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE quiet_views_daily ON CLUSTER 'figures' AS quiet_views_daily_local ENGINE = Distributed('figures', currentDatabase(), 'quiet_views_daily_local', cityHash64(site));

CREATE TABLE visits_staging_local ON CLUSTER 'figures' (
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
  ) ENGINE = ReplicatedMergeTree
  ORDER BY (site, is_bot);

CREATE TABLE visits_staging ON CLUSTER 'figures' AS visits_staging_local ENGINE = Distributed('figures', currentDatabase(), 'visits_staging_local', cityHash64(site));

CREATE TABLE visits_hourly_staging_local ON CLUSTER 'figures' AS visits_hourly_local;

CREATE TABLE visits_hourly_staging ON CLUSTER 'figures' AS visits_hourly_staging_local ENGINE = Distributed('figures', currentDatabase(), 'visits_hourly_staging_local', cityHash64(site));

ALTER TABLE visits_hourly_staging_local ON CLUSTER 'figures' MODIFY SETTING fsync_after_insert = 0, min_rows_to_fsync_after_merge = 1, min_compressed_bytes_to_fsync_after_merge = 1;

CREATE TABLE visits_by_value_daily_staging_local ON CLUSTER 'figures' AS visits_by_value_daily_local;

CREATE TABLE visits_by_value_daily_staging ON CLUSTER 'figures' AS visits_by_value_daily_staging_local ENGINE = Distributed('figures', currentDatabase(), 'visits_by_value_daily_staging_local', cityHash64(site));

ALTER TABLE visits_by_value_daily_staging_local ON CLUSTER 'figures' MODIFY SETTING fsync_after_insert = 0, min_rows_to_fsync_after_merge = 1, min_compressed_bytes_to_fsync_after_merge = 1;

CREATE TABLE drops_daily_staging_local ON CLUSTER 'figures' AS drops_daily_local;

CREATE TABLE drops_daily_staging ON CLUSTER 'figures' AS drops_daily_staging_local ENGINE = Distributed('figures', currentDatabase(), 'drops_daily_staging_local', cityHash64(site));

ALTER TABLE drops_daily_staging_local ON CLUSTER 'figures' MODIFY SETTING fsync_after_insert = 0, min_rows_to_fsync_after_merge = 1, min_compressed_bytes_to_fsync_after_merge = 1;

CREATE TABLE quiet_views_daily_staging_local ON CLUSTER 'figures' AS quiet_views_daily_local;

CREATE TABLE quiet_views_daily_staging ON CLUSTER 'figures' AS quiet_views_daily_staging_local ENGINE = Distributed('figures', currentDatabase(), 'quiet_views_daily_staging_local', cityHash64(site));

ALTER TABLE quiet_views_daily_staging_local ON CLUSTER 'figures' MODIFY SETTING fsync_after_insert = 0, min_rows_to_fsync_after_merge = 1, min_compressed_bytes_to_fsync_after_merge = 1;

CREATE TABLE imported_sums_local ON CLUSTER 'figures' (
    dimension LowCardinality(String),
    day Date,
    site LowCardinality(String),
    value String,
    views UInt64,
    visits UInt64,
    visitors UInt64,
    events UInt64,
    engaged_ms UInt64,
    visit_starts UInt64,
    bounces UInt64,
    visit_views UInt64,
    visit_engaged_ms UInt64,
    scrolled UInt64,
    scroll_percent UInt64,
    import UUID,
    batch UUID
  ) ENGINE = ReplicatedMergeTree
  ORDER BY (dimension, site, day, value)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE imported_sums ON CLUSTER 'figures' AS imported_sums_local ENGINE = Distributed('figures', currentDatabase(), 'imported_sums_local', cityHash64(site));

CREATE TABLE improvement_reports_local ON CLUSTER 'figures' (
    week Date,
    facet LowCardinality(String),
    product LowCardinality(String),
    version LowCardinality(String),
    os LowCardinality(String),
    os_version LowCardinality(String),
    country LowCardinality(String),
    installed LowCardinality(String),
    applications LowCardinality(String),
    application LowCardinality(String),
    starts LowCardinality(String),
    batch UUID
  ) ENGINE = ReplicatedMergeTree
  PARTITION BY week
  ORDER BY (facet, product, application, starts, applications, installed, version, os, os_version, country)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE improvement_reports ON CLUSTER 'figures' AS improvement_reports_local ENGINE = Distributed('figures', currentDatabase(), 'improvement_reports_local', cityHash64(week));

CREATE TABLE visits_by_hour_local ON CLUSTER 'figures' (
    day Date,
    hour DateTime('UTC'),
    site LowCardinality(String),
    is_bot UInt8,
    views SimpleAggregateFunction(sum, UInt64), visits SimpleAggregateFunction(sum, UInt64), visitors SimpleAggregateFunction(sum, UInt64), shared SimpleAggregateFunction(sum, UInt64), events SimpleAggregateFunction(sum, UInt64), engaged_ms SimpleAggregateFunction(sum, UInt64), visit_starts SimpleAggregateFunction(sum, UInt64), bounces SimpleAggregateFunction(sum, UInt64), visit_views SimpleAggregateFunction(sum, UInt64), visit_engaged_ms SimpleAggregateFunction(sum, UInt64), scrolled SimpleAggregateFunction(sum, UInt64), scroll_percent SimpleAggregateFunction(sum, UInt64), day_visitors SimpleAggregateFunction(sum, UInt64), day_shared SimpleAggregateFunction(sum, UInt64)
  ) ENGINE = ReplicatedAggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, is_bot, day, hour)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE visits_by_hour ON CLUSTER 'figures' AS visits_by_hour_local ENGINE = Distributed('figures', currentDatabase(), 'visits_by_hour_local', cityHash64(site));

CREATE TABLE visits_by_day_local ON CLUSTER 'figures' (
    dimension LowCardinality(String),
    day Date,
    site LowCardinality(String),
    is_bot UInt8,
    value String,
    views SimpleAggregateFunction(sum, UInt64), visits SimpleAggregateFunction(sum, UInt64), visitors SimpleAggregateFunction(sum, UInt64), shared SimpleAggregateFunction(sum, UInt64), events SimpleAggregateFunction(sum, UInt64), engaged_ms SimpleAggregateFunction(sum, UInt64), visit_starts SimpleAggregateFunction(sum, UInt64), bounces SimpleAggregateFunction(sum, UInt64), visit_views SimpleAggregateFunction(sum, UInt64), visit_engaged_ms SimpleAggregateFunction(sum, UInt64), scrolled SimpleAggregateFunction(sum, UInt64), scroll_percent SimpleAggregateFunction(sum, UInt64)
  ) ENGINE = ReplicatedAggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (dimension, site, is_bot, day, value)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE visits_by_day ON CLUSTER 'figures' AS visits_by_day_local ENGINE = Distributed('figures', currentDatabase(), 'visits_by_day_local', cityHash64(site));

CREATE TABLE visits_by_month_local ON CLUSTER 'figures' (
    dimension LowCardinality(String),
    day Date,
    site LowCardinality(String),
    is_bot UInt8,
    value String,
    views SimpleAggregateFunction(sum, UInt64), visits SimpleAggregateFunction(sum, UInt64), visitors SimpleAggregateFunction(sum, UInt64), shared SimpleAggregateFunction(sum, UInt64), events SimpleAggregateFunction(sum, UInt64), engaged_ms SimpleAggregateFunction(sum, UInt64), visit_starts SimpleAggregateFunction(sum, UInt64), bounces SimpleAggregateFunction(sum, UInt64), visit_views SimpleAggregateFunction(sum, UInt64), visit_engaged_ms SimpleAggregateFunction(sum, UInt64), scrolled SimpleAggregateFunction(sum, UInt64), scroll_percent SimpleAggregateFunction(sum, UInt64)
  ) ENGINE = ReplicatedAggregatingMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (dimension, site, is_bot, day, value)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE visits_by_month ON CLUSTER 'figures' AS visits_by_month_local ENGINE = Distributed('figures', currentDatabase(), 'visits_by_month_local', cityHash64(site));

CREATE TABLE visit_days_local ON CLUSTER 'figures' (
    site LowCardinality(String),
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
    source LowCardinality(String), referrer LowCardinality(String), channel LowCardinality(String), utm_source LowCardinality(String), utm_medium LowCardinality(String), utm_campaign LowCardinality(String), utm_content LowCardinality(String), utm_term LowCardinality(String), entry_path LowCardinality(String), exit_path LowCardinality(String), country LowCardinality(String), language LowCardinality(String), device LowCardinality(String), browser LowCardinality(String), browser_version LowCardinality(String), os LowCardinality(String), os_version LowCardinality(String), bot LowCardinality(String),
    received Date
  ) ENGINE = ReplicatedMergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (site, day)
  TTL received + INTERVAL 90 DAY
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE visit_days ON CLUSTER 'figures' AS visit_days_local ENGINE = Distributed('figures', currentDatabase(), 'visit_days_local', cityHash64(site));

CREATE TABLE gathered_staging_local ON CLUSTER 'figures' (
    site LowCardinality(String),
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
    source LowCardinality(String), referrer LowCardinality(String), channel LowCardinality(String), utm_source LowCardinality(String), utm_medium LowCardinality(String), utm_campaign LowCardinality(String), utm_content LowCardinality(String), utm_term LowCardinality(String), entry_path LowCardinality(String), exit_path LowCardinality(String), country LowCardinality(String), language LowCardinality(String), device LowCardinality(String), browser LowCardinality(String), browser_version LowCardinality(String), os LowCardinality(String), os_version LowCardinality(String), bot LowCardinality(String),
    received Date,
    hour DateTime('UTC'),
    pages Array(LowCardinality(String)),
    acts Array(Tuple(LowCardinality(String), LowCardinality(String)))
  ) ENGINE = ReplicatedMergeTree
  ORDER BY (site, day);

CREATE TABLE gathered_staging ON CLUSTER 'figures' AS gathered_staging_local ENGINE = Distributed('figures', currentDatabase(), 'gathered_staging_local', cityHash64(site));

CREATE TABLE visits_by_hour_staging_local ON CLUSTER 'figures' AS visits_by_hour_local;

CREATE TABLE visits_by_hour_staging ON CLUSTER 'figures' AS visits_by_hour_staging_local ENGINE = Distributed('figures', currentDatabase(), 'visits_by_hour_staging_local', cityHash64(site));

ALTER TABLE visits_by_hour_staging_local ON CLUSTER 'figures' MODIFY SETTING fsync_after_insert = 0, min_rows_to_fsync_after_merge = 1, min_compressed_bytes_to_fsync_after_merge = 1;

CREATE TABLE visits_by_day_staging_local ON CLUSTER 'figures' AS visits_by_day_local;

CREATE TABLE visits_by_day_staging ON CLUSTER 'figures' AS visits_by_day_staging_local ENGINE = Distributed('figures', currentDatabase(), 'visits_by_day_staging_local', cityHash64(site));

ALTER TABLE visits_by_day_staging_local ON CLUSTER 'figures' MODIFY SETTING fsync_after_insert = 0, min_rows_to_fsync_after_merge = 1, min_compressed_bytes_to_fsync_after_merge = 1;

CREATE TABLE visits_by_month_staging_local ON CLUSTER 'figures' AS visits_by_month_local;

CREATE TABLE visits_by_month_staging ON CLUSTER 'figures' AS visits_by_month_staging_local ENGINE = Distributed('figures', currentDatabase(), 'visits_by_month_staging_local', cityHash64(site));

ALTER TABLE visits_by_month_staging_local ON CLUSTER 'figures' MODIFY SETTING fsync_after_insert = 0, min_rows_to_fsync_after_merge = 1, min_compressed_bytes_to_fsync_after_merge = 1;

CREATE TABLE visit_days_staging_local ON CLUSTER 'figures' AS visit_days_local;

CREATE TABLE visit_days_staging ON CLUSTER 'figures' AS visit_days_staging_local ENGINE = Distributed('figures', currentDatabase(), 'visit_days_staging_local', cityHash64(site));

ALTER TABLE visit_days_staging_local ON CLUSTER 'figures' MODIFY SETTING fsync_after_insert = 0, min_rows_to_fsync_after_merge = 1, min_compressed_bytes_to_fsync_after_merge = 1;

TRUNCATE TABLE visits_by_hour_local ON CLUSTER 'figures';

INSERT INTO visits_by_hour (day, hour, site, is_bot, visitors, day_visitors, views, visits, events, engaged_ms, visit_starts, bounces, visit_views, visit_engaged_ms, scrolled, scroll_percent)
    SELECT day, hour, site, is_bot, of_hour,
      greatest(so_far, before) - before,
      sum_views, sum_visits, sum_events, sum_engaged_ms, sum_visit_starts, sum_bounces, sum_visit_views, sum_visit_engaged_ms, sum_scrolled, sum_scroll_percent
    FROM (
      SELECT *, finalizeAggregation(state) AS of_hour, uniqCombinedMerge(state) OVER (PARTITION BY site, is_bot, day ORDER BY hour) AS so_far,
        uniqCombinedMerge(state) OVER (PARTITION BY site, is_bot, day ORDER BY hour ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM (
        SELECT day, hour, site, is_bot, uniqCombinedMergeState(visitors) AS state,
          sum(views) AS sum_views, sum(visits) AS sum_visits, sum(events) AS sum_events, sum(engaged_ms) AS sum_engaged_ms, sum(visit_starts) AS sum_visit_starts, sum(bounces) AS sum_bounces, sum(visit_views) AS sum_visit_views, sum(visit_engaged_ms) AS sum_visit_engaged_ms, sum(scrolled) AS sum_scrolled, sum(scroll_percent) AS sum_scroll_percent
        FROM visits_hourly GROUP BY day, hour, site, is_bot
      )
    );

TRUNCATE TABLE visits_by_day_local ON CLUSTER 'figures';

INSERT INTO visits_by_day (dimension, day, site, is_bot, value, visitors, views, visits, events, engaged_ms, visit_starts, bounces, visit_views, visit_engaged_ms, scrolled, scroll_percent)
    SELECT dimension, day, site, is_bot, value, uniqCombinedMerge(visitors),
      sum(views) AS sum_views, sum(visits) AS sum_visits, sum(events) AS sum_events, sum(engaged_ms) AS sum_engaged_ms, sum(visit_starts) AS sum_visit_starts, sum(bounces) AS sum_bounces, sum(visit_views) AS sum_visit_views, sum(visit_engaged_ms) AS sum_visit_engaged_ms, sum(scrolled) AS sum_scrolled, sum(scroll_percent) AS sum_scroll_percent
    FROM visits_by_value_daily GROUP BY dimension, day, site, is_bot, value;

TRUNCATE TABLE visits_by_month_local ON CLUSTER 'figures';

INSERT INTO visits_by_month
    SELECT dimension, toStartOfMonth(day) AS month, site, is_bot, value, sum(views), sum(visits), sum(visitors), sum(shared), sum(events), sum(engaged_ms), sum(visit_starts), sum(bounces), sum(visit_views), sum(visit_engaged_ms), sum(scrolled), sum(scroll_percent)
    FROM visits_by_day GROUP BY dimension, month, site, is_bot, value;

DROP TABLE IF EXISTS visits_hourly ON CLUSTER 'figures' SYNC;

DROP TABLE IF EXISTS visits_hourly_local ON CLUSTER 'figures' SYNC;

DROP TABLE IF EXISTS visits_by_value_daily ON CLUSTER 'figures' SYNC;

DROP TABLE IF EXISTS visits_by_value_daily_local ON CLUSTER 'figures' SYNC;

DROP TABLE IF EXISTS visits_staging ON CLUSTER 'figures' SYNC;

DROP TABLE IF EXISTS visits_staging_local ON CLUSTER 'figures' SYNC;

DROP TABLE IF EXISTS visits_hourly_staging ON CLUSTER 'figures' SYNC;

DROP TABLE IF EXISTS visits_hourly_staging_local ON CLUSTER 'figures' SYNC;

DROP TABLE IF EXISTS visits_by_value_daily_staging ON CLUSTER 'figures' SYNC;

DROP TABLE IF EXISTS visits_by_value_daily_staging_local ON CLUSTER 'figures' SYNC;
