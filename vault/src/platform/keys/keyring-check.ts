/** A value in the keyring that only its own master key opens: the vault would rather not start than write with a wrong key. */
import type { KeyringDatabase } from '../database.ts';
import { NotAuthentic, openBytes, sealBytes } from './aes-gcm.ts';
import type { MasterKey } from './master-key.ts';

const CHECK = 'avow keyring';
const CONTEXT = 'keyring_check';

export class WrongMasterKey extends Error {}

/** Writes the check value into an empty keyring; throws WrongMasterKey where this master key cannot be the right one. */
export async function checkMasterKey(db: KeyringDatabase, masterKey: MasterKey): Promise<void> {
  const key = masterKey.derive('wrap/check');
  const present = await db.selectFrom('keyring_check').select('wrapped').executeTakeFirst();
  if (!present) {
    await refuseKeysWithoutCheck(db, masterKey);
    const wrapped = sealBytes(key, Buffer.from(CHECK), CONTEXT);
    await db
      .insertInto('keyring_check')
      .values({ single: true, wrapped })
      .onConflict((row) => row.doNothing())
      .execute();
  }
  // Read again in either case: another process may have been first, with another key.
  const { wrapped } = await db.selectFrom('keyring_check').select('wrapped').executeTakeFirstOrThrow();
  try {
    openBytes(key, wrapped, CONTEXT);
  } catch (cause) {
    if (!(cause instanceof NotAuthentic)) throw cause;
    throw new WrongMasterKey(
      `${masterKey.file} is not the master key of this keyring. ${masterKey.created ? 'It was created just now: remove it and put the right one in its place.' : 'Put the right one in its place.'}`,
      { cause },
    );
  }
}

async function refuseKeysWithoutCheck(db: KeyringDatabase, masterKey: MasterKey): Promise<void> {
  const anyKey = await db.selectFrom('data_keys').select('id').limit(1).executeTakeFirst();
  const anySecret = await db.selectFrom('vault_secrets').select('name').limit(1).executeTakeFirst();
  if (anyKey || anySecret) {
    throw new WrongMasterKey(
      `the keyring has keys but no check value, so ${masterKey.file} cannot be told to be its master key`,
    );
  }
}
