import type { Generated } from 'kysely';

interface ImprovementConfigurationsTable {
  version: number;
  configuration: unknown;
}

interface ImprovementNoncesTable {
  /** 16 bytes. */
  nonce: Buffer;
  /** Monday of the week that the report was about. */
  week: string;
}

interface ImprovementWaitingTable {
  id: Generated<string>;
  /** The batch with which it is under way to ClickHouse; null: not yet. */
  batch: string | null;
  /** A StoredReport (`stored-report.ts`). */
  report: unknown;
}

interface ImprovementBatchesTable {
  id: string;
  reports: number;
}

interface ImprovementWeeksTable {
  week: string;
  /** UTC day on which its tables were made. */
  made: string;
  /** Whether its reports are gone. */
  destroyed: Generated<boolean>;
}

interface ImprovementTablesTable {
  week: string;
  product: string;
  audience: 'public' | 'operator';
  /** WeekTables. */
  tables: unknown;
}

interface ImprovementAlarmsTable {
  week: string;
  product: string;
  facet: string;
  /** Reports; rounded. */
  seen: number;
  usual: number;
  raised: string;
}

declare module '../platform/database.ts' {
  interface VaultTables {
    improvement_configurations: ImprovementConfigurationsTable;
    improvement_nonces: ImprovementNoncesTable;
    improvement_waiting: ImprovementWaitingTable;
    improvement_batches: ImprovementBatchesTable;
    improvement_weeks: ImprovementWeeksTable;
    improvement_tables: ImprovementTablesTable;
    improvement_alarms: ImprovementAlarmsTable;
  }
}
