/**
 * What every table that holds something of its own has to say: `CREATE TABLE … ENGINE = MergeTree … SETTINGS ${DURABLE_TABLE}`.
 * Without it ClickHouse acknowledges an insert before it is on disk; a power cut then lost every batch of the last seconds. The
 * engine here has it as its default; a server of the vendor's has not, so migrations write it out.
 */
export const DURABLE_TABLE = 'fsync_after_insert = 1, fsync_part_directory = 1';

/** The same as the engine's configuration file wants it. */
export const ENGINE_CONFIGURATION = `<clickhouse>
  <logger><level>none</level></logger>
  <merge_tree>
    <fsync_after_insert>1</fsync_after_insert>
    <fsync_part_directory>1</fsync_part_directory>
  </merge_tree>
</clickhouse>
`;
