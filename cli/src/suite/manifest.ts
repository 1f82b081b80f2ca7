/** What a suite is built with: its manifest, from the vendor's configuration and the keys of the house. */
import { writeFile } from 'node:fs/promises';
import { publicUrl } from '@avow/config/config';
import { checkManifest, ManifestProblem, type SuiteManifest } from '@avow/sdk/manifest';
import { signedConfigurations } from '@avow/vault/improvement/configuration-log';
import { currentKeySet } from '@avow/vault/platform/keys/key-log';
import { receiptKey } from '@avow/vault/platform/keys/receipt-key';
import { say } from '../say.ts';
import type { VaultHandle } from '../vault-handle.ts';

export interface ManifestOptions {
  suite: string;
  /** `major.minor` */
  release?: string;
  discVersion?: string;
  softwareVersion?: string;
  out?: string;
}

/** Throws ManifestProblem where something that the suite needs is not there yet. */
export async function makeManifest(vault: VaultHandle, options: ManifestOptions): Promise<SuiteManifest> {
  const { config, db, keyring } = vault;
  const suite = config.suites.find(({ id }) => id === options.suite);
  if (!suite) throw new ManifestProblem(`there is no suite ${options.suite} in the configuration`);
  const version = options.release ?? suite.reportedVersions.at(-1);
  if (version === undefined) throw new ManifestProblem('which version? Name it with --release, for example 8.1');
  const rootPublicKey = (await currentKeySet(db))?.rootPublicKey;
  const configuration = (await signedConfigurations(db)).at(-1);
  if (rootPublicKey === undefined) throw new ManifestProblem('there is no key set yet: start the house once');
  if (!configuration) throw new ManifestProblem('nothing is signed yet: avow improvement config --sign');
  return checkManifest({
    suite: suite.id,
    name: suite.name,
    version,
    edge: process.env.AVOW_PUBLIC_URL?.replace(/\/$/, '') ?? publicUrl(config),
    vaultName: config.vendor.vaultName,
    rootPublicKey,
    receiptPublicKey: (await receiptKey(keyring)).rawPublicKey,
    statementVersion: config.statement.version,
    ...(options.discVersion !== undefined && { discVersion: options.discVersion }),
    ...(options.softwareVersion !== undefined && { softwareVersion: options.softwareVersion }),
    ...(suite.legacySerialPattern !== undefined && { legacySerialPattern: suite.legacySerialPattern }),
    applications: suite.applications.map(({ id, name, number }, at) => ({ id, name, number: number ?? at + 1 })),
    // The installer says which ones, and when.
    installed: [],
    installedAt: new Date().toISOString(),
    configuration,
  } satisfies SuiteManifest);
}

/** `avow suite manifest` */
export async function writeManifest(vault: VaultHandle, options: ManifestOptions): Promise<void> {
  const text = `${JSON.stringify(await makeManifest(vault, options), null, 2)}\n`;
  if (options.out === undefined) return say(text.trimEnd());
  await writeFile(options.out, text);
  say(`${options.out} is written. The installer adds which applications were installed, and when.`);
}
