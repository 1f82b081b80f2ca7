interface PendingRegistrationsTable {
  id: string;
  kind: 'person' | 'product';
  data_key_id: string;
  email_index: Buffer;
  /** The submission as JSON, encrypted with its own data key. */
  content: Buffer;
  /** False where the address had its mails of the day already: the confirmation mail follows by the timetable. */
  mailed: boolean;
  day: string;
}

declare module '../platform/database.ts' {
  interface VaultTables {
    pending_registrations: PendingRegistrationsTable;
  }
}

export {};
