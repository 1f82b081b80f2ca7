/** The tables of serials and of who registered them. What identifies a person is encrypted with that person's data key. */

/** `unit`: one copy, one owner. `pressed`: printed on a whole run, many may register it. `legacy`: imported, one owner. */
export type SerialKind = 'unit' | 'pressed' | 'legacy';

export interface SerialBatchesTable {
  id: string;
  kind: SerialKind;
  /** Suite and edition ids of the configuration. */
  product: string;
  edition: string;
  /** Key of the tags; null for imported serials, which have none. */
  key_id: number | null;
  serials: number;
  note: string;
  day: string;
}

export interface SerialsTable {
  /** Keyed hash of the normalised serial; its text is nowhere in this database. */
  serial_index: Buffer;
  batch_id: string;
}

export interface ProductRegistrationsTable {
  id: string;
  serial_index: Buffer;
  person_id: string;
  product: string;
  edition: string;
  role: 'owner' | 'household' | 'one of many';
  state: 'registered' | 'on hold' | 'transferred' | 'refused';
  day: string;
  statement_version: number;
  serial: Buffer;
  disc_version: Buffer | null;
  software_version: Buffer | null;
  receipt: Buffer | null;
}

/** A claim the owner is being asked about; the row goes when there is an answer. */
export interface SerialHoldsTable {
  id: string;
  claim_id: string;
  owner_id: string;
  day: string;
}

/** At most one code a registration, as a keyed hash. */
export interface SerialTransfersTable {
  registration_id: string;
  code_index: Buffer;
  valid_until: string;
}

/** How often a day something odd was tried; nothing about who tried. */
export interface SerialAlarmsTable {
  day: string;
  what: string;
  count: number;
}

declare module '../platform/database.ts' {
  interface VaultTables {
    serial_batches: SerialBatchesTable;
    serials: SerialsTable;
    serial_alarms: SerialAlarmsTable;
    product_registrations: ProductRegistrationsTable;
    serial_holds: SerialHoldsTable;
    serial_transfers: SerialTransfersTable;
  }
}
