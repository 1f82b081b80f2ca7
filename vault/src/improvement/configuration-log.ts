/** The log of signed configurations: appended to with the root key, never changed. */
import {
  type ConfigurationContent,
  configurationHash,
  isSignedConfiguration,
  type SignedConfiguration,
} from '@avow/protocol/improvement/configuration';
import { signConfiguration } from '@avow/protocol/opening/improvement-signing';
import type { VaultDatabase } from '../platform/database.ts';
import type { IsoDay } from '../platform/day.ts';
import { currentKeySet } from '../platform/keys/key-log.ts';
import { checkRoot } from '../platform/keys/rotate-gateway-key.ts';
import type { SigningKey } from '../platform/keys/signing-keys.ts';
import { type Change, changesBetween } from './compare-configurations.ts';
import './tables.ts';

export class ConfigurationNotUsable extends Error {}

/** Oldest first. */
export async function signedConfigurations(db: VaultDatabase): Promise<SignedConfiguration[]> {
  const rows = await db.selectFrom('improvement_configurations').selectAll().orderBy('version').execute();
  return rows.map(({ configuration }) => configuration as SignedConfiguration);
}

export interface Proposal {
  /** What would be signed; null: what is in force says the same already. */
  next: Omit<SignedConfiguration, 'signature'> | null;
  changes: Change[];
  inForce: SignedConfiguration | null;
}

/** What `content` would change. A wider field list gets a new version: who agreed to the one before is asked again. */
export async function proposeConfiguration(
  db: VaultDatabase,
  content: ConfigurationContent,
  today: IsoDay,
): Promise<Proposal> {
  const inForce = (await signedConfigurations(db)).at(-1) ?? null;
  const changes = changesBetween(inForce, content);
  if (inForce && changes.length === 0) return { next: null, changes, inForce };
  const wider = inForce !== null && changes.some(({ widens }) => widens);
  const next = {
    ...content,
    version: (inForce?.version ?? 0) + 1,
    previous: inForce ? await configurationHash(inForce) : '',
    created: today,
    fieldList: (inForce?.fieldList ?? 1) + (wider ? 1 : 0),
  };
  return { next, changes, inForce };
}

/** Throws ConfigurationNotUsable, or OtherRootKey where it is not the key that signs the key sets. */
export async function signNext(
  db: VaultDatabase,
  next: Omit<SignedConfiguration, 'signature'>,
  rootKey: SigningKey,
): Promise<SignedConfiguration> {
  const keySet = await currentKeySet(db);
  if (keySet) await checkRoot(keySet.set, rootKey.publicKey);
  const signed = signConfiguration(next, rootKey.privateKey);
  if (!(await isSignedConfiguration(signed, Buffer.from(rootKey.publicKey, 'base64url')))) {
    throw new ConfigurationNotUsable(
      'this configuration breaks a rule of the Improvement Programme (docs/improvement.md): it would be believed by nobody',
    );
  }
  await db
    .insertInto('improvement_configurations')
    .values({ version: signed.version, configuration: JSON.stringify(signed) })
    .execute();
  return signed;
}
