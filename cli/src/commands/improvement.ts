/** `avow improvement`: what the Improvement Programme asks, signed; and a play of many installations against ground truth. */
import { Command, InvalidArgumentError } from 'commander';
import { type ConfigureOptions, configurationLog, configure } from '../improvement/configure.ts';
import { type SimulateOptions, simulate } from '../improvement/simulate.ts';
import { type VaultContext, withVault } from '../vault-handle.ts';

const wholeNumber =
  (most: number) =>
  (text: string): number => {
    if (!/^[1-9]\d*$/.test(text) || Number(text) > most) {
      throw new InvalidArgumentError(`a whole number from 1 to ${most}`);
    }
    return Number(text);
  };

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
  improvement
    .command('simulate')
    .description('invented installations over weeks, through the real way, and how near the figures come to the truth')
    .option('--installations <n>', 'how many', wholeNumber(1_000_000), 1_000)
    .option('--weeks <n>', 'how many', wholeNumber(60), 8)
    .option('--seed <n>', 'of the chance', wholeNumber(2 ** 31), 8)
    .option('--straight-to-vault', 'without sealing, relay and link, and without empty messages: for large numbers')
    .option('--stay', 'leave the pages up until Ctrl-C')
    .option('--json', 'as JSON')
    .action((options: SimulateOptions) => simulate(options));
  return improvement;
}
