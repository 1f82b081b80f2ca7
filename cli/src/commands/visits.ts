/** `avow visits`: bringing in what was counted elsewhere; asking, taking out, and keeping in order what is counted here. */
import { FORMATS, type ImportFormat } from '@avow/edge/visits-import/import-visits';
import { EXPORT_FORMATS } from '@avow/vault/visits/export-events';
import { isProgram, SUM_PROGRAMS, type SumProgram } from '@avow/vault/visits/imported-sums/programs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type FiguresContext, withFigures } from '../open-clickhouse.ts';
import { type EdgeContext, withEdge } from '../open-edge.ts';
import { type ExportFlags, exportVisits } from '../visits/export.ts';
import { importVisitFiles } from '../visits/import.ts';
import { importSumFiles, listImports, type SumImportFlags } from '../visits/import-sums.ts';
import { type RebuildFlags, rebuildFigures, retainNow } from '../visits/maintain.ts';
import { type QueryFlags, queryVisits } from '../visits/query.ts';
import { type ReportFlags, reportWeek } from '../visits/report.ts';

const SUM_FORMATS = Object.keys(SUM_PROGRAMS);

export function visitsCommand(context: EdgeContext & FiguresContext): Command {
  const visits = new Command('visits').description(
    'website statistics: import, query, report, export, rebuild, retention',
  );

  visits
    .command('import')
    .description(
      'count what server logs and other programs tell; addresses are forgotten at once. Logs, Umami and GoatCounter: on the edge; Plausible and GA4, which have sums only: on the vault',
    )
    .argument('<files...>', 'logs or CSV exports, also packed by gzip (of Plausible: the ZIP as it is); oldest first')
    .requiredOption('--site <id>', 'site of the configuration that they belong to')
    .addOption(
      new Option('--format <format>', 'access-log: common or combined, of Apache or nginx; umami: website_event.csv')
        .choices([...FORMATS, ...SUM_FORMATS])
        .default('access-log'),
    )
    .option('--dry-run', 'report what would be counted, store nothing')
    .option('--report <file>', 'write line and reason of every unreadable row to this CSV file; must not exist')
    .option('--json', 'one line of JSON for each file')
    .action((files: string[], { format, ...flags }: SumImportFlags & { format: ImportFormat | SumProgram }) =>
      isProgram(format)
        ? withFigures(context, (house) => importSumFiles(house, files, { ...flags, program: format }))
        : withEdge(context, (edge) => importVisitFiles(edge, files, { ...flags, format })),
    );

  visits
    .command('imports')
    .description('what was imported as sums, from Plausible and GA4')
    .option('--remove <id>', 'take one out again, with its figures')
    .option('--json', 'as JSON')
    .action((flags: { remove?: string; json?: true }) => withFigures(context, (house) => listImports(house, flags)));

  visits
    .command('query')
    .description('figures, by the same queries as every screen')
    .option('--metrics <names...>', 'pageViews, visits, visitors, bounceRate, …', ['visitors', 'visits', 'pageViews'])
    .option('--by <dimensions...>', 'at most two: page, source, country, device, property:<name>, …')
    .option('--period <period>', 'last-30-days, this-month, today, … or 2026-01-01..2026-01-31', 'last-30-days')
    .option('--granularity <unit>', 'hour, day, week or month: a row for each')
    .option('--compare <period>', 'previous-period, previous-year, or days')
    .option(
      '--filter <filters...>',
      '"country is DE|AT", "page starts with /docs"; figures of few visitors are not told',
    )
    .option('--site <ids...>', 'default: all sites')
    .option('--time-zone <name>', 'when days begin, such as America/New_York; default: the zone that is configured')
    .option('--bots <how>', 'out, in or only', 'out')
    .option('--limit <n>', 'rows', wholeNumber, 20)
    .option('--explain', 'with definitions and query texts')
    .option('--json', 'as JSON')
    .action((flags: QueryFlags) => withFigures(context, (house) => queryVisits(house, flags)));

  visits
    .command('report')
    .description('the weekly report, as it is mailed on Mondays to the addresses of the configuration')
    .option('--week <day>', 'a day of the week; default: the last week that is over', isoDate)
    .option('--to <addresses...>', 'mail it to these, instead of printing it', addresses)
    .addOption(new Option('--language <language>', 'default: as configured').choices(['en', 'de']))
    .option('--json', 'as JSON')
    .action((flags: ReportFlags) => withFigures(context, (house) => reportWeek(house, flags)));

  visits
    .command('export')
    .description('the single events, as they are stored')
    .option('--from <day>', 'first reporting day', isoDate)
    .option('--to <day>', 'last reporting day', isoDate)
    .option('--site <ids...>', 'default: all sites')
    .addOption(new Option('--format <format>').choices(Object.keys(EXPORT_FORMATS)).default('csv'))
    .option('--out <file>', 'must not exist; default: standard output')
    .action((flags: ExportFlags) => withFigures(context, (house) => exportVisits(house, flags)));

  visits
    .command('rebuild')
    .description('make the figures of whole days once more from the events')
    .option('--from <day>', 'first reporting day; default: the first there is', isoDate)
    .option('--to <day>', 'last reporting day; default: yesterday', isoDate)
    .option('--json', 'as JSON')
    .action((flags: RebuildFlags) => withFigures(context, (house) => rebuildFigures(house, flags)));

  visits
    .command('retention')
    .description('remove events that are older than the configuration allows, now; every night it is done anyway')
    .option('--json', 'as JSON')
    .action((flags: { json?: true }) => withFigures(context, (house) => retainNow(house, flags)));
  return visits;
}

function isoDate(text: string): string {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('a day such as 2026-01-31');
  }
  return text;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
}

function addresses(text: string, before: string[] = []): string[] {
  if (!/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(text)) throw new InvalidArgumentError('an address such as name@example.org');
  return [...before, text];
}
