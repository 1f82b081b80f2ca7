/** Recovery codes: for whoever lost the authenticator, or every passkey. Ten, each good once; only keyed hashes are kept. */
import { normaliseCrockford, randomToken } from '@avow/protocol/crockford';
import type { Transaction } from '../people/people.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import './tables.ts';

const CODES = 10;
/** 80 random bits each. */
const LETTERS = 16;

/** `ABCD-EFGH-JKMN-PQRS` */
function written(letters: string): string {
  return letters.match(/.{4}/g)?.join('-') ?? letters;
}

function hashOf(keyring: Keyring, staffId: string, code: string): Buffer {
  return keyring.blindIndex('staff-recovery-code', `${staffId}/${normaliseCrockford(code)}`);
}

/** New ones; those from before are void. They can be told only now. */
export async function issueRecoveryCodes(tx: Transaction, keyring: Keyring, staffId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES }, () => randomToken().slice(0, LETTERS));
  await tx.deleteFrom('staff_recovery_codes').where('staff_id', '=', staffId).execute();
  await tx
    .insertInto('staff_recovery_codes')
    .values(codes.map((code) => ({ hash: hashOf(keyring, staffId, code), staff_id: staffId })))
    .execute();
  return codes.map(written);
}

/** Whether it is one of the member's, which it stays. */
export async function isRecoveryCode(
  tx: Transaction,
  keyring: Keyring,
  staffId: string,
  code: string,
): Promise<boolean> {
  const hash = hashOf(keyring, staffId, code);
  const found = await tx
    .selectFrom('staff_recovery_codes')
    .select('staff_id')
    .where('staff_id', '=', staffId)
    .where('hash', '=', hash)
    .executeTakeFirst();
  return found !== undefined;
}

/** Whether it was one of the member's. It is not any more. */
export async function spendRecoveryCode(
  tx: Transaction,
  keyring: Keyring,
  staffId: string,
  code: string,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('staff_recovery_codes')
    .where('staff_id', '=', staffId)
    .where('hash', '=', hashOf(keyring, staffId, code))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function countRecoveryCodes(tx: Transaction, staffId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('staff_recovery_codes')
    .select((row) => row.fn.countAll().as('count'))
    .where('staff_id', '=', staffId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
