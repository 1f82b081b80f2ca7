/** The report of an import, row by row: the first ones on the screen, all of them in a file where one is wanted. */
import { open } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { type RefusedRow, ROW_REFUSALS } from '@avow/vault/products/import-row';
import { REPORT_HEAD, reportLine } from '@avow/vault/products/refused-rows';
import { SerialProblem } from '@avow/vault/products/serial-problem';
import { remark } from '../say.ts';
import { printable } from './printable.ts';

/** More than that on a screen helps nobody. */
const SHOWN = 20;

export interface RowReport {
  onRefused(row: RefusedRow): void;
  /** Returns how many rows were not shown on the screen. */
  close(): Promise<number>;
}

/** Throws SerialProblem where the file exists or cannot be written. */
export async function openRowReport(options: { file?: string | undefined; quiet: boolean }): Promise<RowReport> {
  const file = options.file === undefined ? null : await newFile(options.file);
  file?.write(REPORT_HEAD);
  let refused = 0;
  return {
    onRefused(row) {
      refused += 1;
      file?.write(reportLine(row));
      if (!options.quiet && refused <= SHOWN) {
        remark(`line ${row.line}: ${printable(row.what) || '(nothing)'}: ${ROW_REFUSALS[row.why]}`);
      }
    },
    async close() {
      if (file) await finished(file.end());
      return Math.max(0, refused - SHOWN);
    },
  };
}

async function newFile(path: string) {
  const handle = await open(path, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    throw new SerialProblem(cause.code === 'EEXIST' ? `${path} exists; choose another name.` : cause.message, {
      cause,
    });
  });
  return handle.createWriteStream();
}
