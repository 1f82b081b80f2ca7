import type { Generated } from 'kysely';

export interface VisitImportsTable {
  id: string;
  /** SHA-256 of the unpacked file, and its length: a log that has grown since begins with the same bytes. */
  file_hash: Buffer;
  file_bytes: number;
  site: string;
  format: string;
  /** Line of the file up to which everything is spooled. */
  position: Generated<number>;
  counted: Generated<number>;
  started: Generated<string>;
  finished: string | null;
}

export interface VisitImportSaltsTable {
  id: string;
  salt: Buffer;
  day: Generated<string>;
}

declare module '../platform/database.ts' {
  interface EdgeTables {
    visit_imports: VisitImportsTable;
    visit_import_salts: VisitImportSaltsTable;
  }
}
