interface ReceivedRequestsTable {
  /** SHA-256 of key id and encapsulated key. */
  mark: Buffer;
  spool_id: string;
  /** The encapsulated response, for redelivery; gone after the day. */
  answer: Buffer | null;
  day: string;
}

interface CarriedOutRequestsTable {
  /** Keyed hash of route, idempotency key, bearer and body. */
  request_hash: Buffer;
  data_key_id: string | null;
  /** The inner answer, encrypted with the week's key. */
  answer: Buffer | null;
  day: string;
}

interface SetAsideRequestsTable {
  spool_id: string;
  /** The encapsulated request, as it came. */
  body: Buffer;
  day: string;
}

declare module '../platform/database.ts' {
  interface VaultTables {
    received_requests: ReceivedRequestsTable;
    carried_out_requests: CarriedOutRequestsTable;
    set_aside_requests: SetAsideRequestsTable;
  }
}
