// What other programs have counted and give away as sums only. Not partitioned, so that an insert is one part: all of its rows are there or
// none. `batch` is the block of rows of a file from which a row comes. Columns as in visits_by_value_daily, but visitors is a sum;
// dimension 'total' has what is not split.
export const up = [
  `CREATE TABLE imported_sums (
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
  ) ENGINE = MergeTree
  ORDER BY (dimension, site, day, value)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
];
