/**
 * The statements of migrations and upkeep as a cluster of ClickHouse servers takes them. A table becomes two: `<name>_local` on every server,
 * replicated, with what is kept; and `<name>`, distributed, which is read and inserted into, so that no query is written twice.
 */

const COMMENT = /^\s*(?:\/\*[^*]*\*\/\s*)?/;
const CREATE =
  /^CREATE TABLE (?<guard>IF NOT EXISTS )?(?<name>\w+) (?<columns>\([\s\S]*\)) ENGINE = (?<engine>\w*MergeTree)(?<rest>[\s\S]*)$/;
const CREATE_AS = /^CREATE TABLE (?<guard>IF NOT EXISTS )?(?<name>\w+) AS (?<like>\w+)$/;
const DROP = /^DROP TABLE (?<guard>IF EXISTS )?(?<name>\w+)(?<rest>[\s\S]*)$/;
const CHANGE = /^(?<verb>ALTER TABLE|TRUNCATE TABLE|OPTIMIZE TABLE|DELETE FROM) (?<name>\w+)(?<rest>[\s\S]*)$/;

/** Settings of every query there: an insert is answered when the shards have it on most replicas, and subqueries see all shards. */
export const CLUSTER_SETTINGS = {
  distributed_foreground_insert: 1,
  distributed_product_mode: 'global',
  insert_quorum: 'auto',
  alter_sync: '2',
} as const;

/** In this order; what only reads or inserts is left as it is. */
export function clusterStatements(statement: string, cluster: string): string[] {
  const comment = COMMENT.exec(statement)?.[0] ?? '';
  const text = statement.slice(comment.length);
  const on = `ON CLUSTER '${named(cluster)}'`;
  const distributed = (guard: string, name: string, key: string) =>
    `CREATE TABLE ${guard}${name} ${on} AS ${name}_local ENGINE = Distributed('${cluster}', currentDatabase(), '${name}_local', ${key})`;
  return statementsOf().map((one) => comment + one);

  function statementsOf(): string[] {
    const created = CREATE.exec(text)?.groups;
    if (created) {
      const { guard = '', name = '', columns = '', engine = '', rest = '' } = created;
      const local = `CREATE TABLE ${guard}${name}_local ${on} ${columns} ENGINE = Replicated${engine}${rest}`;
      return [local, distributed(guard, name, shardingKey(columns))];
    }
    const copied = CREATE_AS.exec(text)?.groups;
    if (copied) {
      const { guard = '', name = '', like = '' } = copied;
      return [
        `CREATE TABLE ${guard}${name}_local ${on} AS ${like}_local`,
        distributed(guard, name, 'cityHash64(site)'),
      ];
    }
    const dropped = DROP.exec(text)?.groups;
    if (dropped) {
      const { guard = '', name = '', rest = '' } = dropped;
      return [name, `${name}_local`].map((table) => `DROP TABLE ${guard}${table} ${on}${rest}`);
    }
    const changed = CHANGE.exec(text)?.groups;
    if (!changed) return [text];
    const { verb = '', name = '', rest = '' } = changed;
    const here = rest.replace(/^( REPLACE PARTITION \S+ FROM )(\w+)/, '$1$2_local');
    return [`${verb} ${name}_local ${on}${here}`];
  }
}

/** A site's visits lie together; what is of no site, by its first column. */
function shardingKey(columns: string): string {
  const column = /\bsite\b/.test(columns) ? 'site' : (/^\(\s*(\w+)/.exec(columns)?.[1] ?? '');
  return `cityHash64(${column})`;
}

/** The name stands in the text of statements. */
function named(cluster: string): string {
  if (/^\w+$/.test(cluster)) return cluster;
  throw new Error('CLICKHOUSE_CLUSTER: the name of a cluster has letters, digits and underscores');
}
