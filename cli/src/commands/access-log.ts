/** `avow access-log`: what the edge's log says (W4, W10, W11). It can be read on the edge's machine only. */
import { type AccessLogReport, accessLogReport } from '@avow/edge/access-log/report';
import { openEdgeDatabase } from '@avow/edge/platform/database';
import { attachPostgres } from '@avow/engines/postgres';
import { clusterExists } from '@avow/engines/postgres/initialise';
import { Command, InvalidArgumentError } from 'commander';
import { edgePostgresOptions } from '../house/engines.ts';
import { dataDir, NoHouseThere } from '../place.ts';
import { say } from '../say.ts';

interface AccessLogOptions {
  days: number;
  entries: number;
  addresses: number;
  json?: true;
}

export function accessLogCommand(): Command {
  return new Command('access-log')
    .description('the access log: domain name, address, date and time; busiest and failing addresses, rates')
    .option('--days <n>', 'days back, today included', countOf, 1)
    .option('--entries <n>', 'how many entries, newest first', countOf, 20)
    .option('--addresses <n>', 'how many addresses in each list', countOf, 10)
    .option('--json', 'as JSON')
    .action(accessLog);
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 100_000)
    throw new InvalidArgumentError('a whole number from 1 to 100000');
  return count;
}

async function accessLog({ json, ...question }: AccessLogOptions): Promise<void> {
  const url = process.env.EDGE_DATABASE_URL;
  const cluster = edgePostgresOptions(dataDir());
  // Otherwise a mistyped folder would get an empty database of its own.
  if (!url && !(await clusterExists(cluster.dir)))
    throw new NoHouseThere(`No edge was ever started in ${dataDir()}: name its data folder with --data.`);
  const postgres = url ? null : await attachPostgres(cluster);
  const db = openEdgeDatabase(url ?? postgres?.urls.edge ?? '');
  try {
    const report = await accessLogReport(db, question);
    if (json) say(JSON.stringify(report));
    else show(report);
  } finally {
    await db.destroy();
    await postgres?.stop();
  }
}

function show({ since, totals, entries, busiest, failing, rates }: AccessLogReport): void {
  say(`Since ${since} (UTC): ${totals.entries} accesses from ${totals.addresses} addresses`);
  table(
    'Newest',
    entries.map(({ at, address, domain }) => [at, address, domain ?? '-']),
  );
  table(
    'Busiest addresses',
    busiest.map(({ requests, address, domain }) => [String(requests), address, domain ?? '-']),
  );
  table(
    'Failing addresses',
    failing.map(({ failures, address }) => [String(failures), address]),
  );
  table(
    'By hour',
    rates.map((rate) => [
      rate.hour,
      rate.routeClass,
      `${rate.requests} requests`,
      `${rate.perMinute}/min`,
      `${rate.refusals} refused`,
      `${rate.errors} errors (${(rate.errorRate * 100).toFixed(2)} %)`,
    ]),
  );
}

function table(title: string, rows: string[][]): void {
  say(`\n${title}`);
  if (rows.length === 0) say('  none');
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    say(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
    );
}
