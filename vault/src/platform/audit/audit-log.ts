/**
 * The audit log: what staff did, each entry chained to the one before it. The hash is keyed, so that whoever can write to the
 * database cannot make a chain that holds; the key is the keyring's.
 */
import type { AuditAct } from '@avow/protocol/staff/audit';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { VaultTables } from '../database.ts';
import type { IsoDay } from '../day.ts';
import type { StaffCaller } from '../feature.ts';
import type { Keyring } from '../keys/keyring.ts';
import './tables.ts';

type Transaction = Kysely<VaultTables>;
export type AuditRow = Selectable<VaultTables['audit_log']>;

export interface AuditEntry {
  day: IsoDay;
  staff: string;
  act: AuditAct;
  purpose?: string;
  /** Never a person. */
  about?: string;
  /** A person, as `staff_access` knows it; `sealed` opens with the person's key. */
  person?: { accessId: string; sealed: Buffer };
}

/** What precedes the first entry. */
export const BEGINNING = Buffer.alloc(32);
/** Of the vault's advisory locks: entries are numbered one after the other. */
const LOCK = 4_201;
/** `staff` of whoever works on the vault's machine with `avow`. */
export const OPERATOR = 'operator';
/** `staff` of what was done to an account by whoever tried. */
export const NOBODY = 'nobody';

export function hashOfEntry(keyring: Pick<Keyring, 'blindIndex'>, row: Omit<AuditRow, 'hash'>): Buffer {
  const { number, day, staff, act, purpose, about, access_id, sealed, previous } = row;
  const parts = [number, day, staff, act, purpose, about, access_id, sealed?.toString('hex') ?? null];
  return keyring.blindIndex('audit-log', JSON.stringify([...parts, previous.toString('hex')]));
}

/**
 * Writes the entry in the transaction of what it records. Other entries wait until that transaction has ended: call it last.
 */
export async function recordAct(tx: Transaction, keyring: Keyring, entry: AuditEntry): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(tx);
  const last = await tx
    .selectFrom('audit_log')
    .select(['number', 'hash'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row = {
    number: (last?.number ?? 0) + 1,
    day: entry.day,
    staff: entry.staff,
    act: entry.act,
    purpose: entry.purpose ?? null,
    about: entry.about ?? null,
    access_id: entry.person?.accessId ?? null,
    sealed: entry.person?.sealed ?? null,
    previous: last?.hash ?? BEGINNING,
  };
  await tx
    .insertInto('audit_log')
    .values({ ...row, hash: hashOfEntry(keyring, row) })
    .execute();
}

/** Who it was, as the log names them. */
export function staffOf(caller: StaffCaller): string {
  if (caller.kind === 'member') return caller.staffId;
  return caller.kind === 'token' ? `token:${caller.tokenId}` : NOBODY;
}
