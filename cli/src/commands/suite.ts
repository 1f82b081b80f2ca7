/** `avow suite`: what the developers of a suite need of the house. */
import { Command } from 'commander';
import { type ManifestOptions, writeManifest } from '../suite/manifest.ts';
import { type VaultContext, withVault } from '../vault-handle.ts';

export function suiteCommand(context: VaultContext): Command {
  const suite = new Command('suite').description('what a suite is built with');
  suite
    .command('manifest')
    .description('public keys, addresses and the signed configuration, for the SDK (see sdk/README.md)')
    .requiredOption('--suite <id>', 'suite of the configuration')
    .option('--release <version>', 'major.minor; default: the last of `reportedVersions`')
    .option('--disc-version <text>', "the vendor's internal version of the disc")
    .option('--software-version <text>', "the vendor's internal version of the software")
    .option('--out <file>', 'default: standard output')
    .action((options: ManifestOptions) => withVault(context, (vault) => writeManifest(vault, options)));
  return suite;
}
