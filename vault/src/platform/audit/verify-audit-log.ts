/** Checks the chain from its first entry, and that its end is not older than the anchor in the keyring. */
import type { KeyringDatabase, VaultDatabase } from '../database.ts';
import type { Keyring } from '../keys/keyring.ts';
import { type AuditRow, BEGINNING, hashOfEntry } from './audit-log.ts';

export type Verified =
  | { holds: true; entries: number; head: string }
  /** `number` is that of the first entry that cannot be believed. */
  | { holds: false; number: number; why: 'changed' | 'missing' | 'not chained' | 'end missing' };

const BATCH = 2_000;

export async function verifyAuditLog(
  stores: { db: VaultDatabase; keyringDb: KeyringDatabase; keyring: Pick<Keyring, 'blindIndex'> },
  onProgress: (checked: number) => void = () => {},
): Promise<Verified> {
  const { db, keyringDb, keyring } = stores;
  // Read first: what is written meanwhile must not look like an end that is missing.
  const anchor = await keyringDb.selectFrom('audit_anchor').selectAll().executeTakeFirst();
  let previous: Buffer = BEGINNING;
  let checked = 0;
  let anchored = false;
  for (;;) {
    const rows = await db
      .selectFrom('audit_log')
      .selectAll()
      .where('number', '>', checked)
      .orderBy('number')
      .limit(BATCH)
      .execute();
    for (const row of rows) {
      const why = problemOf(row, { number: checked + 1, previous, keyring });
      if (why) return { holds: false, number: checked + 1, why };
      if (anchor?.number === row.number) anchored = anchor.hash.equals(row.hash);
      previous = row.hash;
      checked = row.number;
    }
    onProgress(checked);
    if (rows.length < BATCH) break;
  }
  if (anchor && !anchored) return { holds: false, number: Math.min(anchor.number, checked + 1), why: 'end missing' };
  return { holds: true, entries: checked, head: previous.toString('hex') };
}

function problemOf(
  row: AuditRow,
  expected: { number: number; previous: Buffer; keyring: Pick<Keyring, 'blindIndex'> },
): 'changed' | 'missing' | 'not chained' | null {
  if (row.number !== expected.number) return 'missing';
  if (!hashOfEntry(expected.keyring, row).equals(row.hash)) return 'changed';
  return row.previous.equals(expected.previous) ? null : 'not chained';
}

/** For the timetable: remembers the end of the chain in the other database, which whoever writes to this one cannot change. */
export async function anchorAuditLog(db: VaultDatabase, keyringDb: KeyringDatabase): Promise<void> {
  const last = await db
    .selectFrom('audit_log')
    .select(['number', 'hash'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last) return;
  await keyringDb
    .insertInto('audit_anchor')
    .values({ single: true, ...last })
    // Never back: an end that was cut off is what the anchor is there to show.
    .onConflict((row) => row.column('single').doUpdateSet(last).where('audit_anchor.number', '<', last.number))
    .execute();
}
