/** What this edge has been given of the Improvement Programme, for the pages about it. */
import type { PublishedConfigurations } from '@avow/protocol/improvement/configuration';
import type { PublishedTables } from '@avow/protocol/improvement/tables';

export interface Programme {
  /** Verified with the root key; null until the vault has brought it. */
  configurations(): PublishedConfigurations | null;
  /** Null until a week is finished. */
  tables(): PublishedTables | null;
}
