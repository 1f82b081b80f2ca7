import { resolve } from 'node:path';
import { countInProcess } from '@avow/edge/count-in-process';
import { FORMATS, type ImportFormat, type ImportReport, importVisits } from '@avow/edge/visits-import/import-visits';
import { BROKEN, SKIPPED } from '@avow/edge/visits-import/rows';
import type { EdgeHandle } from '../open-edge.ts';
import { numbered, remark, say } from '../say.ts';
import { openBrokenRows } from './broken-rows.ts';
import { runBar } from './run-bar.ts';
import { untilInterrupted } from './until-interrupted.ts';

export interface ImportFlags {
  site: string;
  format: ImportFormat;
  dryRun?: true;
  report?: string;
  json?: true;
}

export const INTERRUPTED =
  'Interrupted. Run the same command again: it goes on where it stopped, and counts nothing twice.';

/** `avow visits import`. Files are imported in the order in which they are given: oldest first. */
export async function importVisitFiles(edge: EdgeHandle, paths: readonly string[], flags: ImportFlags): Promise<void> {
  const { config, db } = edge;
  const { site, format, dryRun = false, json = false } = flags;
  const house = {
    config,
    db,
    openCounting: (...given: [Parameters<typeof countInProcess>[1], Buffer]) => countInProcess(config, ...given),
  };
  const broken = await openBrokenRows({ file: flags.report, quiet: json, words: BROKEN });
  try {
    for (const path of paths) {
      const bar = runBar('lines');
      const report = await untilInterrupted(INTERRUPTED, (signal) =>
        importVisits(house, {
          file: resolve(path),
          format,
          site,
          dryRun,
          signal,
          onProgress: ({ done, total, lines }) => bar.update(done, total, lines),
          onBroken: broken.add,
          onWaiting: () => remark('The spool is filled: waiting until the private server has fetched what is there.'),
        }),
      ).finally(bar.stop);
      if (json) say(JSON.stringify({ file: path, site, format, dryRun, ...report }));
      else tell(path, report, dryRun);
      if (!report.repeated && report.broken > 0 && report.broken === report.rows) {
        remark(
          `${path}: no row of it could be read as ${format}. --format names another: ${FORMATS.join(', ')}, plausible, ga4.`,
        );
        process.exitCode = 1;
      }
    }
  } finally {
    await broken.close();
  }
}

function tell(path: string, report: ImportReport, dryRun: boolean): void {
  const number = (value: number) => value.toLocaleString('en');
  if (report.repeated) {
    say(`${path}: imported before (${number(report.counted)} events). Nothing was done.`);
    return;
  }
  const would = dryRun ? 'would be' : report.counted === 1 ? 'is' : 'are';
  say(`${path}: ${numbered(report.rows, 'row')}, ${numbered(report.counted, 'event')} ${would} counted.`);
  if (report.resumedAfter > 0) say(`  went on after line ${number(report.resumedAfter)}`);
  if (report.saltLost) say('  visits that were under way at that line are counted as two: the salt is gone');
  if (report.firstDay !== '') say(`  from ${report.firstDay} to ${report.lastDay}; ${number(report.bots)} by bots`);
  for (const [reason, count] of Object.entries(report.skipped)) {
    say(`  ${number(count)} left out: ${SKIPPED[reason as keyof typeof SKIPPED]}`);
  }
  for (const [reason, count] of Object.entries(report.dropped)) say(`  ${number(count)} dropped: ${reason}`);
  if (report.broken > 0) say(`  ${number(report.broken)} could not be read`);
}
