/** `avow visits`: bringing in what was counted elsewhere. */
import { FORMATS } from '@avow/edge/visits-import/import-visits';
import { Command, Option } from 'commander';
import { type EdgeContext, withEdge } from '../open-edge.ts';
import { type ImportFlags, importVisitFiles } from '../visits/import.ts';

export function visitsCommand(context: EdgeContext): Command {
  const visits = new Command('visits').description('website statistics: import');

  visits
    .command('import')
    .description('count what server logs and other programs tell; addresses are forgotten at once. Runs on the edge')
    .argument('<files...>', 'logs or CSV exports, also packed by gzip; oldest first')
    .requiredOption('--site <id>', 'site of the configuration that they belong to')
    .addOption(
      new Option('--format <format>', 'access-log: common or combined, of Apache or nginx; umami: website_event.csv')
        .choices(FORMATS)
        .default('access-log'),
    )
    .option('--dry-run', 'report what would be counted, store nothing')
    .option('--report <file>', 'write line and reason of every unreadable row to this CSV file; must not exist')
    .option('--json', 'one line of JSON for each file')
    .action((files: string[], flags: ImportFlags) => withEdge(context, (edge) => importVisitFiles(edge, files, flags)));
  return visits;
}
