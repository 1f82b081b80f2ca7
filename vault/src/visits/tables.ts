export interface VisitBatchesTable {
  /** The spool item's id. */
  id: string;
  /** `pending` until its rows are known to be in ClickHouse. */
  state: 'pending' | 'confirmed';
  /** Rows of `visit_events`. */
  events: number;
  /** Rows of `drop_counts` and `quiet_views`. */
  counts: number;
  /** UTC day of its arrival. */
  day: string;
}

interface VisitRollupDaysTable {
  /** Of the reporting time zone. */
  day: string;
  stale: boolean;
  touched: number;
  oldest_received: string | null;
}

declare module '../platform/database.ts' {
  interface VaultTables {
    visit_batches: VisitBatchesTable;
    visit_rollup_days: VisitRollupDaysTable;
  }
}
