import type { Generated } from 'kysely';

export interface SpoolItemsTable {
  id: string;
  lane: string;
  body: Buffer;
  answer: Buffer | null;
  refused: string | null;
  /** Number of the process that has handed the item to a vault; null while it waits. */
  claimed_by: number | null;
  /** UTC day of the last change. */
  day: Generated<string>;
}

declare module '../platform/database.ts' {
  interface EdgeTables {
    spool_items: SpoolItemsTable;
  }
}
