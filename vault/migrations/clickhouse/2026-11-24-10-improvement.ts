// One row a report; what its facet does not have is empty. "week" is the Monday, and there is no other time. Sorted by all there
// is, so that rows which say the same cannot be told apart. "batch" is there only until it is sure that all its rows are.
export const up = [
  `CREATE TABLE improvement_reports (
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
  ) ENGINE = MergeTree
  PARTITION BY week
  ORDER BY (facet, product, application, starts, applications, installed, version, os, os_version, country)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
];
