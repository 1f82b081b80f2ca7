interface EmailProposalsTable {
  person_id: string;
  /** Subject of the token that proves the address. */
  id: string;
  address: Buffer;
  day: string;
  by: 'person' | 'staff';
  valid_through: string;
  /** When the address in use objected. Nothing comes of it then. */
  objected_on: string | null;
}

interface EmailUndosTable {
  person_id: string;
  number: number;
  /** Subject of the token that undoes the change. */
  id: string;
  /** The address before the change. */
  address: Buffer;
  day: string;
}

interface CorrectionRequestsTable {
  id: string;
  person_id: string;
  content: Buffer;
  day: string;
}

declare module '../platform/database.ts' {
  interface VaultTables {
    email_proposals: EmailProposalsTable;
    email_undos: EmailUndosTable;
    correction_requests: CorrectionRequestsTable;
  }
}

export {};
