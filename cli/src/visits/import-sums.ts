import { resolve } from 'node:path';
import { openExport } from '@avow/vault/visits/imported-sums/export-files';
import { importSums, type SumImportReport } from '@avow/vault/visits/imported-sums/import-sums';
import { SUM_PROGRAMS, type SumProgram } from '@avow/vault/visits/imported-sums/programs';
import { listSumImports, removeSumImport } from '@avow/vault/visits/imported-sums/queries';
import { BROKEN_SUMS, SKIPPED_SUMS } from '@avow/vault/visits/imported-sums/sum-row';
import type { ClickHouse } from '../open-clickhouse.ts';
import { numbered, say } from '../say.ts';
import type { VaultHandle } from '../vault-handle.ts';
import { openBrokenRows } from './broken-rows.ts';
import { INTERRUPTED } from './import.ts';
import { runBar } from './run-bar.ts';
import { untilInterrupted } from './until-interrupted.ts';
import { VisitsProblem } from './visits-problem.ts';

interface House {
  vault: VaultHandle;
  clickhouse: ClickHouse;
}

export interface SumImportFlags {
  site: string;
  dryRun?: true;
  report?: string;
  json?: true;
}

/** `avow visits import --format plausible` or `ga4`: sums, which no address is in, go straight to the vault's store. */
export async function importSumFiles(
  { vault, clickhouse }: House,
  paths: readonly string[],
  flags: SumImportFlags & { program: SumProgram },
): Promise<void> {
  const { site, program, dryRun = false, json = false } = flags;
  const house = { config: vault.config, db: vault.db, clickhouse, clock: () => new Date() };
  const broken = await openBrokenRows({ file: flags.report, quiet: json, words: BROKEN_SUMS });
  try {
    for (const path of paths) {
      const { files, close } = await openExport(resolve(path));
      try {
        for (const file of files) {
          const bar = runBar('rows');
          const report = await untilInterrupted(INTERRUPTED, (signal) =>
            importSums(house, {
              file,
              program,
              site,
              dryRun,
              signal,
              onProgress: ({ bytes, rows }) => bar.update(Math.min(bytes, file.bytes), file.bytes, rows),
              onBroken: broken.add,
            }),
          ).finally(bar.stop);
          if (json) say(JSON.stringify({ file: file.name, site, format: program, dryRun, ...report }));
          else tell(file.name, report, dryRun);
        }
      } finally {
        close();
      }
    }
  } finally {
    await broken.close();
  }
}

const number = (value: number) => value.toLocaleString('en');

function tell(name: string, report: SumImportReport, dryRun: boolean): void {
  if (report.repeated) {
    say(`${name}: imported before. Nothing was done.`);
    return;
  }
  const would = dryRun ? 'would be' : report.sums === 1 ? 'is' : 'are';
  say(`${name}: ${numbered(report.rows, 'row')}, ${numbered(report.sums, 'sum')} ${would} kept.`);
  if (report.resumedAfter > 0) say(`  went on after row ${number(report.resumedAfter)}`);
  if (report.firstDay !== '') say(`  from ${report.firstDay} to ${report.lastDay}`);
  for (const [why, count] of Object.entries(report.skipped)) {
    say(`  ${number(count)} left out: ${SKIPPED_SUMS[why as keyof typeof SKIPPED_SUMS]}`);
  }
  if (report.broken > 0) say(`  ${number(report.broken)} could not be read`);
}

/** `avow visits imports`: what was brought in as sums; with `--remove`, one less. */
export async function listImports(
  { vault, clickhouse }: House,
  { remove, json }: { remove?: string; json?: true },
): Promise<void> {
  if (remove !== undefined) {
    const known = (await listSumImports(vault.db)).some(({ id }) => id === remove);
    if (!known) throw new VisitsProblem(`There is no import ${remove}. \`avow visits imports\` lists them.`);
    await removeSumImport(vault.db, clickhouse, remove);
    return json ? say(JSON.stringify({ removed: remove })) : say('It is gone, with its figures.');
  }
  const imports = await listSumImports(vault.db);
  if (json) return say(JSON.stringify({ imports }));
  if (imports.length === 0) return say('Nothing was imported as sums. Logs and single events are counted like visits.');
  for (const { id, site, program, fileName, firstDay, lastDay, finished } of imports) {
    const days = firstDay === null ? 'no day' : `${firstDay} to ${lastDay}`;
    const name = Object.hasOwn(SUM_PROGRAMS, program) ? SUM_PROGRAMS[program as SumProgram] : program;
    say(`${id}  ${site}  ${name}  ${days}  ${fileName}${finished === null ? '  (interrupted)' : ''}`);
  }
}
