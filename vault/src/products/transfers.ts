/** Handing a serial on: a code from the owner, valid for 30 days and for one registration. Only its keyed hash is kept. */
import { normaliseCrockford, randomToken } from '@avow/protocol/crockford';
import type { Kysely } from 'kysely';
import type { VaultTables } from '../platform/database.ts';
import { addDays } from '../platform/day.ts';
import type { Keyring } from '../platform/keys/keyring.ts';

type Tx = Kysely<VaultTables>;

export const TRANSFER_DAYS = 30;

/** 60 bits: typed by people, and guessed only against the vault, which counts wrong ones. */
const CODE_SYMBOLS = 12;

function codeIndex(keyring: Keyring, code: string): Buffer | null {
  const symbols = normaliseCrockford(code);
  return symbols?.length === CODE_SYMBOLS ? keyring.blindIndex('transfer-code', symbols) : null;
}

/** Returns the new code (`ABCD-EFGH-JKMN`), the only time it is seen; an earlier one of this registration ends. */
export async function issueTransferCode(
  tx: Tx,
  keyring: Keyring,
  registrationId: string,
  today: string,
): Promise<{ code: string; validUntil: string }> {
  const symbols = randomToken().slice(0, CODE_SYMBOLS);
  const code = (symbols.match(/.{4}/g) ?? []).join('-');
  const code_index = keyring.blindIndex('transfer-code', symbols);
  const validUntil = addDays(today, TRANSFER_DAYS);
  await tx
    .insertInto('serial_transfers')
    .values({ registration_id: registrationId, code_index, valid_until: validUntil })
    .onConflict((row) => row.column('registration_id').doUpdateSet({ code_index, valid_until: validUntil }))
    .execute();
  return { code, validUntil };
}

/** Whether this code hands on this registration today. */
export async function transferCodeFits(
  tx: Tx,
  keyring: Keyring,
  ownerRegistrationId: string,
  code: string,
  today: string,
): Promise<boolean> {
  const index = codeIndex(keyring, code);
  if (index === null) return false;
  const row = await tx
    .selectFrom('serial_transfers')
    .select('registration_id')
    .where('registration_id', '=', ownerRegistrationId)
    .where('code_index', '=', index)
    .where('valid_until', '>=', today)
    .executeTakeFirst();
  return row !== undefined;
}

/** False where there was none. */
export async function endTransferCode(tx: Tx, registrationId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('serial_transfers')
    .where('registration_id', '=', registrationId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export function forgetExpiredTransferCodes(tx: Tx, today: string): Promise<unknown> {
  return tx.deleteFrom('serial_transfers').where('valid_until', '<', today).execute();
}
