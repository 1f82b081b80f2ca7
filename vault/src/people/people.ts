/** The shared ground of the vault's features: persons, field by field, each encrypted with the person's own data key. */
import type { Kysely } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import type { IsoDay } from '../platform/day.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import { type Consent, createConsents, type NewConsent } from './consents.ts';
import { type Changed, createCorrections } from './corrections.ts';
import { createEmailIndex, type EmailTaken } from './email-index.ts';
import { createErasure } from './erasure.ts';
import { createPersonStore, type NewPerson, type PersonRecord } from './person-store.ts';

export type Transaction = Kysely<VaultTables>;

export interface People {
  /** The person with that address, if any. Exact after normalisation. */
  findByEmail(tx: Transaction, email: string): Promise<string | null>;
  /** Returns the new id, or EmailTaken when somebody has the address, even where both were created at the same moment. */
  create(tx: Transaction, person: NewPerson): Promise<string | EmailTaken>;
  /** Throws UnknownPerson; throws KeyDestroyed when only unreadable rows are left. */
  get(tx: Transaction, personId: string): Promise<PersonRecord>;
  /**
   * Sets fields and keeps what they were; an empty string removes a field. Returns the paths that really changed.
   * The e-mail is not among them: see `changeEmail`.
   */
  change(
    tx: Transaction,
    personId: string,
    changes: Record<string, string>,
    how: { by: 'person' | 'staff'; act: string; day: IsoDay },
  ): Promise<string[]>;
  /** Moves the person to a proven address, with history. Null when done. */
  changeEmail(
    tx: Transaction,
    personId: string,
    email: string,
    how: { by: 'person' | 'staff'; act: string; day: IsoDay },
  ): Promise<EmailTaken | null>;
  /** Oldest first. */
  history(tx: Transaction, personId: string): Promise<Changed[]>;
  recordConsent(tx: Transaction, personId: string, consent: NewConsent): Promise<void>;
  /** Newest first; the first one is in force. */
  consents(tx: Transaction, personId: string): Promise<Consent[]>;
  /**
   * Removes every row of the person here and dooms the data key, in one transaction; `destroyDoomedKeys` (erasure.ts) destroys
   * it after the commit. Keeps a keyed hash of the id and the day. Idempotent.
   */
  erase(tx: Transaction, personId: string, day: IsoDay): Promise<void>;
}

export type { Changed, Consent, EmailTaken, NewConsent, NewPerson, PersonRecord };

export function openPeople(options: { keyring: Keyring }): People {
  const { keyring } = options;
  const emails = createEmailIndex(keyring);
  const store = createPersonStore(keyring, emails);
  const corrections = createCorrections(keyring, emails);
  const { recordConsent, consents } = createConsents(keyring);
  const { erase } = createErasure(keyring);
  return {
    findByEmail: emails.find,
    create: (tx, person) => inTransaction(tx, (within) => store.create(within, person)),
    get: store.get,
    change: (tx, ...rest) => inTransaction(tx, (within) => corrections.change(within, ...rest)),
    changeEmail: (tx, ...rest) => inTransaction(tx, (within) => corrections.changeEmail(within, ...rest)),
    history: corrections.history,
    recordConsent: (tx, ...rest) => inTransaction(tx, (within) => recordConsent(within, ...rest)),
    consents,
    erase: (tx, ...rest) => inTransaction(tx, (within) => erase(within, ...rest)),
  };
}

/** What takes several rows is never done in halves, also where the caller passes the database itself. */
function inTransaction<T>(tx: Transaction, work: (within: Transaction) => Promise<T>): Promise<T> {
  return tx.isTransaction ? work(tx) : tx.transaction().execute(work);
}
