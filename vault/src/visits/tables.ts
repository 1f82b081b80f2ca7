import type { Generated } from 'kysely';

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
  /** What its roll-up has. */
  shape: number;
  /** How often it was rolled up. */
  builds: Generated<number>;
}

export interface VisitAlertsTable {
  id: string;
  /** Null: the whole group. */
  site: string | null;
  metric: 'pageViews' | 'visits' | 'visitors';
  direction: 'spike' | 'drop';
  percent: number;
  minimum: number;
  created: string;
  /** Reporting day on which what goes on now began; null: nothing does. */
  episode_since: string | null;
  /** How many hours in a row it has not been so. */
  quiet_hours: number;
}

interface VisitReportsTable {
  /** Monday of the week that was reported. */
  week: string;
  mails: number;
}

declare module '../platform/database.ts' {
  interface VaultTables {
    visit_batches: VisitBatchesTable;
    visit_rollup_days: VisitRollupDaysTable;
    visit_alerts: VisitAlertsTable;
    visit_reports: VisitReportsTable;
  }
}
