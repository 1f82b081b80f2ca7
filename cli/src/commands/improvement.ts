/** `avow improvement`: what the Improvement Programme asks, signed; and a play of many installations against ground truth. */
import { Command } from 'commander';
import { type ConfigureOptions, configurationLog, configure } from '../improvement/configure.ts';
import { type VaultContext, withVault } from '../vault-handle.ts';

export function improvementCommand(context: VaultContext): Command {
  const improvement = new Command('improvement').description('the Improvement Programme');
  improvement
    .command('config')
    .description('what avow.config.ts would change of what is signed; with --sign, sign it')
    .option('--sign', 'sign it with the root key; the vault publishes it within seconds')
    .option(
      '--root-key <file>',
      'the root key; bring it for this command and take it away again. Default: root/root.key in the data folder',
    )
    .option('--json', 'as JSON')
    .action((options: ConfigureOptions) => withVault(context, (vault) => configure(vault, options)));
  improvement
    .command('log')
    .description('every configuration ever signed, checked from the first to the last')
    .option('--json', 'as JSON')
    .action((options: { json?: true }) => withVault(context, (vault) => configurationLog(vault, options)));
  return improvement;
}
