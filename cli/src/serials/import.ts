import { resolve } from 'node:path';
import { type ImportReport, importSerials } from '@avow/vault/products/import-serials';
import { remark, say } from '../say.ts';
import type { VaultHandle } from '../vault-handle.ts';
import { chooseSuite } from './choose-edition.ts';
import { interruptible } from './interruptible.ts';
import { progressBar } from './progress-bar.ts';
import { openRowReport } from './row-report.ts';

export interface ImportFlags {
  suite?: string;
  edition?: string;
  column: string;
  dryRun?: true;
  skipRefused?: true;
  report?: string;
  note: string;
  json?: true;
}

/** `avow serials import`. The exit code is 1 where rows were refused and therefore nothing was stored. */
export async function importFile(vault: VaultHandle, path: string, flags: ImportFlags): Promise<void> {
  const { edition, column, dryRun = false, skipRefused = false, note } = flags;
  const suite = chooseSuite(vault.config, flags.suite);
  const file = resolve(path);
  const rows = await openRowReport({ file: flags.report, quiet: flags.json === true });
  const bar = progressBar('bytes');
  const options = { suite, file, column, dryRun, skipRefused, note, ...(edition !== undefined && { edition }) };
  const report = await interruptible((signal) =>
    importSerials(vault, { ...options, signal, onProgress: bar.onProgress, onRefused: rows.onRefused }),
  ).finally(bar.stop);
  const more = await rows.close();

  if (report.refused > 0 && !skipRefused) process.exitCode = 1;
  if (flags.json) return say(JSON.stringify({ ...report, suite, dryRun }));
  if (more > 0) remark(`… and ${more} more; --report <file> writes all of them.`);
  say(`${report.rows} rows: ${report.fresh} new, ${report.alreadyStored} stored before, ${report.refused} refused.`);
  say(outcome(report, dryRun));
}

function outcome(report: ImportReport, dryRun: boolean): string {
  if (report.stored) return `${report.fresh} serials are stored.`;
  if (dryRun) return 'This was a dry run: nothing was stored.';
  if (report.refused > 0) return 'Nothing was stored. Correct the refused rows, or leave them out with --skip-refused.';
  return 'There was nothing to store.';
}
