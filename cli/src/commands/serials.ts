/** `avow serials`: making them, bringing in older ones, looking one up. */
import { Command, InvalidArgumentError } from 'commander';
import { check } from '../serials/check.ts';
import { type GenerateFlags, generate } from '../serials/generate.ts';
import { type ImportFlags, importFile } from '../serials/import.ts';
import { verifyReceiptFile } from '../serials/verify-receipt.ts';
import { type VaultContext, withVault } from '../vault-handle.ts';

export function serialsCommand(context: VaultContext): Command {
  const serials = new Command('serials').description('serial numbers: make, import, check');

  serials
    .command('generate')
    .description('make a batch of serials and write them to a file to print from; all of them or none')
    .requiredOption('--count <n>', 'how many', wholeNumber)
    .requiredOption('--out <file>', 'file to write, one serial a line; must not exist')
    .option('--suite <id>', 'suite of the configuration, where it has several')
    .option('--edition <id>', 'edition of the suite, where it has several')
    .option('--pressed-run', 'printed on a whole run of discs: many people may register it')
    .option('--key-id <n>', 'serial key, 0 to 15; a new one is made where there is none', wholeNumber, 0)
    .option('--note <text>', 'for your own record', '')
    .option('--dry-run', 'check everything, make nothing')
    .option('--json', 'as JSON')
    .action((flags: GenerateFlags) => withVault(context, (vault) => generate(vault, flags)));

  serials
    .command('import')
    .description("bring in serials sold before, from a CSV file; they must match the suite's legacySerialPattern")
    .argument('<file>', 'CSV with a column "serial" and, if rows differ, a column "edition"')
    .option('--suite <id>', 'suite of the configuration, where it has several')
    .option('--edition <id>', 'edition of the rows that name none')
    .option('--column <name>', 'column with the serials', 'serial')
    .option('--dry-run', 'report every row, store nothing')
    .option('--skip-refused', 'store the other rows even where some are refused')
    .option('--report <file>', 'write every refused row to this CSV file; must not exist')
    .option('--note <text>', 'for your own record', '')
    .option('--json', 'as JSON')
    .action((file: string, flags: ImportFlags) => withVault(context, (vault) => importFile(vault, file, flags)));

  serials
    .command('check')
    .description('whether serials are genuine, what they are for, and how often they are registered (not by whom)')
    .argument('<serials...>', 'as printed or as typed')
    .option('--json', 'as JSON')
    .action((typed: string[], flags: { json?: true }) => withVault(context, (vault) => check(vault, typed, flags)));

  serials
    .command('verify-receipt')
    .description('whether a registration receipt is genuine; needs no vault')
    .argument('<file>', 'the receipt, as JSON')
    .requiredOption('--key <public key>', 'public half of the receipt key, as "avow keys status" shows it')
    .option('--json', 'as JSON')
    .action(verifyReceiptFile);
  return serials;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
}
