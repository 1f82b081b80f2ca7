import type { ColumnType } from 'kysely';

/** W10: these three fields, and no fourth. */
export interface AccessLogTable {
  domain: string | null;
  address: string;
  at: ColumnType<Date, Date, never>;
}

/**
 * W4 asks for failing addresses and for error rates, which three fields cannot tell. So failures are counted per day and network,
 * and requests per hour and class of route, each in a table of its own that nothing links to an entry of the log.
 */
export interface FailureCountsTable {
  day: string;
  /** An IPv4 address or an IPv6 /64. */
  address: string;
  failures: number;
}

export interface RequestCountsTable {
  hour: ColumnType<Date, Date, never>;
  route_class: string;
  requests: number;
  /** Answers of 400 to 499. */
  refusals: number;
  /** Answers from 500 on. */
  errors: number;
}

declare module '../platform/database.ts' {
  interface EdgeTables {
    access_log: AccessLogTable;
    failure_counts: FailureCountsTable;
    request_counts: RequestCountsTable;
  }
}
