/** Serials in the console, as both ends see them. Every path stands under `/api`. None of it tells who registered anything. */
export type SerialKind = 'unit' | 'pressed' | 'legacy';

export interface SerialBatch {
  id: string;
  kind: SerialKind;
  /** Suite and edition ids of the configuration, and what people read. */
  product: string;
  edition: string;
  title: string;
  serials: number;
  note: string;
  /** ISO date. */
  day: string;
  keyId: number | null;
}

/** Registrations of the serials of a batch, by state. */
export interface RegistrationCounts {
  registered: number;
  onHold: number;
  transferred: number;
  refused: number;
}

export interface SoldSuite {
  suite: string;
  name: string;
  editions: { id: string; name: string }[];
  /** Whether older serials can be imported: the suite has a `legacySerialPattern`. */
  importable: boolean;
}

/** A second registration of a serial about which its owner is being asked. */
export interface SerialHold {
  id: string;
  title: string;
  /** ISO dates: since when, and through which day the owner can answer. */
  day: string;
  answerThrough: string;
  /** The two registrations, for the look-up of a person with a purpose. */
  claimId: string;
  ownerId: string;
}

/** What the first owner said, or what staff found out. */
export type HoldResolution = 'household' | 'sold' | 'stolen' | 'mistake';

/** A transfer code that an owner asked for and nobody has used yet. The code itself is not kept. */
export interface OpenTransfer {
  registrationId: string;
  title: string;
  validUntil: string;
}

export type CheckedSerial =
  | { genuine: false; serial: string; why: string }
  | {
      genuine: true;
      serial: string;
      kind: SerialKind;
      title: string;
      batch: { id: string; day: string };
      registered: number;
      onHold: number;
    };

export interface SerialRoutes {
  'GET /serials/products': { body: null; answer: { suites: SoldSuite[] } };
  /** Newest first. `serials` and `registered` are of all batches. */
  'GET /serials/batches': {
    body: null;
    answer: { batches: SerialBatch[]; totals: { batches: number; serials: number; registered: number } };
  };
  'GET /serials/batches/:id': { body: null; answer: { batch: SerialBatch; registrations: RegistrationCounts } };
  'POST /serials/batches': {
    body: { suite: string; edition: string; count: number; kind: 'unit' | 'pressed'; keyId: number; note: string };
    answer: { jobId: string };
  };
  /** `file`: of an upload that is complete. `edition` null: the file has a column `edition`. */
  'POST /serials/imports': {
    body: {
      file: string;
      suite: string;
      edition: string | null;
      column: string;
      dryRun: boolean;
      skipRefused: boolean;
      note: string;
    };
    answer: { jobId: string };
  };
  'POST /serials/check': { body: { serial: string }; answer: CheckedSerial };
  'GET /serials/holds': { body: null; answer: { holds: SerialHold[] } };
  'POST /serials/holds/:id/answer': { body: { answer: HoldResolution }; answer: { settled: true } };
  'GET /serials/transfers': { body: null; answer: { transfers: OpenTransfer[] } };
  'DELETE /serials/transfers/:id': { body: null; answer: { ended: true } };
  /** By day, newest first: how often something odd was tried. Nothing about who tried. */
  'GET /serials/alarms': { body: null; answer: { alarms: { day: string; what: string; count: number }[] } };
}
