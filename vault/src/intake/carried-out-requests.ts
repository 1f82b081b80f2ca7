/**
 * What was carried out for which idempotency key, so that a request sent twice, sealed anew each time, is carried out once.
 * Only acts are remembered: a refusal changed nothing, and the corrected form may come under the same key.
 */
import type { Kysely } from 'kysely';
import { writeAtClosing } from '../platform/closing-writes.ts';
import type { VaultDatabase, VaultTables } from '../platform/database.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import type { PeriodKeys } from '../platform/period-keys.ts';
import './tables.ts';

type Transaction = Kysely<VaultTables>;

const CONTEXT = 'carried_out_requests/answer';
const KEY_PURPOSE = 'answer';

export interface ActOnce {
  /** The stored answer, or null: then the act is this transaction's to carry out, and others with the same key wait for it. */
  claim(tx: Transaction, requestHash: Buffer, today: string): Promise<object | null>;
  keepAnswer(tx: Transaction, requestHash: Buffer, answer: object, today: string): Promise<void>;
  /** Nothing was carried out. */
  release(tx: Transaction, requestHash: Buffer): Promise<void>;
  forgetBefore(db: VaultDatabase, day: string): Promise<void>;
}

/** The same act: same route, key, bearer and body. */
export function requestHash(
  keyring: Keyring,
  request: { route: string; idempotencyKey: string; bearer: string | null; body: Uint8Array },
): Buffer {
  const { route, idempotencyKey, bearer, body } = request;
  const text = JSON.stringify([route, idempotencyKey, bearer, Buffer.from(body).toString('base64')]);
  return keyring.blindIndex('idempotency', text);
}

export function createActOnce(keyring: Keyring, periodKeys: PeriodKeys): ActOnce {
  return {
    async claim(tx, request_hash, today) {
      const inserted = await tx
        .insertInto('carried_out_requests')
        .values({ request_hash, data_key_id: null, answer: null, day: today })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (inserted.numInsertedOrUpdatedRows === 1n) return null;
      const stored = await tx
        .selectFrom('carried_out_requests')
        .select(['data_key_id', 'answer'])
        .where('request_hash', '=', request_hash)
        .executeTakeFirstOrThrow();
      if (!stored.data_key_id || !stored.answer) throw new Error('an act was committed without its answer');
      const key = await keyring.dataKey(stored.data_key_id);
      return JSON.parse(key.decrypt(stored.answer, CONTEXT));
    },
    async keepAnswer(tx, hash, answer, today) {
      const key = await periodKeys.current(KEY_PURPOSE, today);
      await writeAtClosing(
        tx,
        tx
          .updateTable('carried_out_requests')
          .set({ data_key_id: key.id, answer: key.encrypt(JSON.stringify(answer), CONTEXT) })
          .where('request_hash', '=', hash),
      );
    },
    async release(tx, hash) {
      await tx.deleteFrom('carried_out_requests').where('request_hash', '=', hash).execute();
    },
    async forgetBefore(db, day) {
      await db.deleteFrom('carried_out_requests').where('day', '<', day).execute();
      await periodKeys.forgetBefore(KEY_PURPOSE, day);
    },
  };
}
