/** Everything that has to be in place before the vault starts: tables, keys, a first signed key set. `avow up` runs it each time. */
import type { AvowConfig } from '@avow/config/config';
import { proposeConfiguration, signNext } from './improvement/configuration-log.ts';
import { configuredContent } from './improvement/configured-content.ts';
import {
  type KeyringDatabase,
  openKeyringDatabase,
  openVaultDatabase,
  type VaultDatabase,
} from './platform/database.ts';
import { type IsoDay, isoDay } from './platform/day.ts';
import { currentKeySet } from './platform/keys/key-log.ts';
import { type Keyring, openKeyring } from './platform/keys/keyring.ts';
import { WrongMasterKey } from './platform/keys/keyring-check.ts';
import { loadMasterKey, loadOrCreateMasterKey, type MasterKey } from './platform/keys/master-key.ts';
import { receiptKey } from './platform/keys/receipt-key.ts';
import { checkRoot, rotateGatewayKey } from './platform/keys/rotate-gateway-key.ts';
import { createRootKey, loadOrCreateLinkKey, loadRootKey, type SigningKey } from './platform/keys/signing-keys.ts';
import { migrateKeyringDatabase, migrateVaultDatabase } from './platform/migrate.ts';
import { createInvitations } from './staff/invitations.ts';
import { createMembers } from './staff/members.ts';

export interface PreparedVault {
  /** Raw 32 bytes, base64url: pinned in the browser bundle and given to the edge. */
  rootPublicKey: string;
  linkPublicKey: string;
  /** Files that were created now, and that the operator must be told, loudly, to back up. */
  createdKeys: string[];
  /** Of the one-time link to the first account; null as soon as there is one. An earlier one is void. */
  welcomeToken: string | null;
}

/**
 * Idempotent. The root key may be away (offline) once the first key set is signed.
 * Throws SecretFileError, WrongMasterKey, OtherRootKey or MigrationFailed; each message says what to do.
 */
export async function prepareVault(options: {
  keysDir: string;
  rootKeyFile: string;
  vaultUrl: string;
  keyringUrl: string;
  /** For the first configuration of the Improvement Programme; later ones are signed by `avow improvement config`. */
  config?: AvowConfig;
  clock?: () => Date;
}): Promise<PreparedVault> {
  const { keysDir, rootKeyFile, clock = () => new Date() } = options;
  const db = openVaultDatabase(options.vaultUrl, 2);
  const keyringDb = openKeyringDatabase(options.keyringUrl, 2);
  try {
    await Promise.all([migrateVaultDatabase(db), migrateKeyringDatabase(keyringDb)]);
    const masterKey = await masterKeyOf(db, keyringDb, keysDir);
    const keyring = await openKeyring({ db: keyringDb, masterKey, clock });
    const linkKey = await loadOrCreateLinkKey(keysDir);
    const root = await rootOf({ db, keyring, rootKeyFile, clock });
    await receiptKey(keyring);
    await signFirstConfiguration(db, options.config, rootKeyFile, isoDay(clock()));
    const createdKeys = [
      ...(masterKey.created ? [masterKey.file] : []),
      ...(linkKey.created ? [linkKey.file] : []),
      ...(root.created ? [rootKeyFile] : []),
    ];
    const welcomeToken = await welcomeFirst(db, keyring, isoDay(clock()));
    return { rootPublicKey: root.publicKey, linkPublicKey: linkKey.publicKey, createdKeys, welcomeToken };
  } finally {
    await Promise.all([db.destroy(), keyringDb.destroy()]);
  }
}

async function welcomeFirst(db: VaultDatabase, keyring: Keyring, today: string): Promise<string | null> {
  if (!(await createMembers(keyring).isEmpty(db))) return null;
  return db.transaction().execute(async (tx) => (await createInvitations(keyring).issueFirst(tx, today)).token);
}

/** The root key, and a first key set signed by it where there is none. */
async function rootOf(options: {
  db: VaultDatabase;
  keyring: Keyring;
  rootKeyFile: string;
  clock: () => Date;
}): Promise<Pick<SigningKey, 'publicKey' | 'created'>> {
  const { db, keyring, rootKeyFile, clock } = options;
  const entry = await currentKeySet(db);
  const present = await loadRootKey(rootKeyFile);
  if (entry) {
    if (present) await checkRoot(entry.set, present.publicKey);
    return { publicKey: entry.rootPublicKey, created: false };
  }
  const rootKey = present ?? (await createRootKey(rootKeyFile));
  await rotateGatewayKey({ db, keyring, rootKey, today: isoDay(clock()), onlyFirst: true });
  return rootKey;
}

async function signFirstConfiguration(
  db: VaultDatabase,
  config: AvowConfig | undefined,
  rootKeyFile: string,
  today: IsoDay,
): Promise<void> {
  const content = config && configuredContent(config);
  if (!content) return;
  const { inForce, next } = await proposeConfiguration(db, content, today);
  const rootKey = inForce || !next ? null : await loadRootKey(rootKeyFile);
  if (rootKey && next) await signNext(db, next, rootKey);
}

/** A new master key is made for a new vault only. Anything else is a lost file, a lost database or a wrong address. */
async function masterKeyOf(db: VaultDatabase, keyringDb: KeyringDatabase, keysDir: string): Promise<MasterKey> {
  if (await keyringDb.selectFrom('keyring_check').select('single').executeTakeFirst()) return loadMasterKey(keysDir);
  const person = await db.selectFrom('persons').select('id').limit(1).executeTakeFirst();
  if (person || (await currentKeySet(db))) {
    throw new WrongMasterKey(
      'the keyring database is empty although the vault has been used: restore the keyring that belongs to it',
    );
  }
  return loadOrCreateMasterKey(keysDir);
}
