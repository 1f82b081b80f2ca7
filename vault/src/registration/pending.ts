/** Registrations that wait for their e-mail address to be confirmed. Each has a data key of its own. */
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { doomDataKey } from '../people/erasure.ts';
import { normaliseEmail } from '../people/normalise-email.ts';
import { writeAtClosing } from '../platform/closing-writes.ts';
import type { VaultTables } from '../platform/database.ts';
import { addDays } from '../platform/day.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import type { Submission } from './submission.ts';
import './tables.ts';

type Transaction = Kysely<VaultTables>;

export interface PendingRegistration {
  id: string;
  dataKeyId: string;
  day: string;
  submission: Submission;
}

const contextOf = (id: string) => `pending_registrations/${id}`;
const indexOf = (keyring: Keyring, email: string) => keyring.blindIndex('pending-email', normaliseEmail(email));

export async function storePending(
  tx: Transaction,
  keyring: Keyring,
  pending: { submission: Submission; mailed: boolean; day: string },
): Promise<PendingRegistration> {
  const { submission, mailed, day } = pending;
  const id = randomUUID();
  const key = await keyring.createDataKey();
  await writeAtClosing(
    tx,
    tx.insertInto('pending_registrations').values({
      id,
      kind: submission.kind,
      data_key_id: key.id,
      email_index: indexOf(keyring, submission.form.email),
      content: key.encrypt(JSON.stringify(submission.form), contextOf(id)),
      mailed,
      day,
    }),
  );
  return { id, dataKeyId: key.id, day, submission };
}

/** Takes it out and dooms its key; null when it was confirmed or forgotten before. */
export async function takePending(tx: Transaction, keyring: Keyring, id: string): Promise<PendingRegistration | null> {
  const row = await tx.deleteFrom('pending_registrations').where('id', '=', id).returningAll().executeTakeFirst();
  if (!row) return null;
  await doomDataKey(tx, row.data_key_id);
  return readPending(keyring, row);
}

/** Those whose address had its mails of the day. */
export async function unmailedPending(tx: Transaction, keyring: Keyring): Promise<PendingRegistration[]> {
  const rows = await tx
    .selectFrom('pending_registrations')
    .selectAll()
    .where('mailed', '=', false)
    .orderBy('day')
    .limit(1000)
    .forUpdate()
    .skipLocked()
    .execute();
  return Promise.all(rows.map((row) => readPending(keyring, row)));
}

export async function markMailed(tx: Transaction, id: string): Promise<void> {
  await tx.updateTable('pending_registrations').set({ mailed: true }).where('id', '=', id).execute();
}

/** Removes what was not confirmed in time, with its keys. */
export async function forgetUnconfirmed(tx: Transaction, today: string, unconfirmedDays: number): Promise<number> {
  const rows = await tx
    .deleteFrom('pending_registrations')
    .where('day', '<', addDays(today, -unconfirmedDays))
    .returning('data_key_id')
    .execute();
  for (const { data_key_id } of rows) await doomDataKey(tx, data_key_id);
  return rows.length;
}

/** Removes what waits under an address, with its keys. */
export async function forgetPendingOf(tx: Transaction, keyring: Keyring, email: string): Promise<void> {
  const rows = await tx
    .deleteFrom('pending_registrations')
    .where('email_index', '=', indexOf(keyring, email))
    .returning('data_key_id')
    .execute();
  for (const { data_key_id } of rows) await doomDataKey(tx, data_key_id);
}

async function readPending(
  keyring: Keyring,
  row: { id: string; kind: 'person' | 'product'; data_key_id: string; content: Buffer; day: string },
): Promise<PendingRegistration> {
  const key = await keyring.dataKey(row.data_key_id);
  const form: Submission['form'] = JSON.parse(key.decrypt(row.content, contextOf(row.id)));
  return { id: row.id, dataKeyId: row.data_key_id, day: row.day, submission: { kind: row.kind, form } as Submission };
}
