import type { Generated } from 'kysely';

export interface VisitSaltsTable {
  /** UTC. */
  day: string;
  salt: Buffer;
}

/** One row for each salt that is no more. */
export interface SaltReceiptsTable {
  day: string;
  /** SHA-256 of the salt: of 32 random bytes it tells nothing. */
  salt_hash: Buffer;
  destroyed_on: Generated<string>;
}

declare module '../platform/database.ts' {
  interface EdgeTables {
    visit_salts: VisitSaltsTable;
    salt_receipts: SaltReceiptsTable;
  }
}
