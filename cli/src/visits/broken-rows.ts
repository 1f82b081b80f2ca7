/** The report of an import, row by row. It tells lines and reasons only: a line of a log holds an address. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { ImportProblem } from '@avow/edge/visits-import/import-problem';
import { remark } from '../say.ts';

/** More than that on a screen helps nobody. */
const SHOWN = 20;

export interface BrokenRows<Why extends string> {
  add(row: { line: number; broken: Why }): void;
  /** Tells the first ones on the screen; resolves when the file, if one is wanted, is written. */
  close(): Promise<void>;
}

/** Throws ImportProblem where the file exists or cannot be written. */
export async function openBrokenRows<Why extends string>(options: {
  file?: string | undefined;
  quiet: boolean;
  /** Why, in words. */
  words: Record<Why, string>;
}): Promise<BrokenRows<Why>> {
  const { file: path, quiet, words } = options;
  const file = path === undefined ? null : createWriteStream(path, { flags: 'wx', mode: 0o600 });
  if (file) {
    await once(file, 'ready').catch((cause: NodeJS.ErrnoException) => {
      throw new ImportProblem(cause.code === 'EEXIST' ? `${path} exists; choose another name.` : cause.message, {
        cause,
      });
    });
    file.write('line,why\r\n');
  }
  const first: string[] = [];
  let more = 0;
  return {
    add({ line, broken }) {
      file?.write(`${line},"${words[broken]}"\r\n`);
      if (first.length < SHOWN) first.push(`line ${line}: ${words[broken]}`);
      else more += 1;
    },
    async close() {
      if (file) await finished(file.end());
      if (quiet) return;
      for (const line of first) remark(line);
      if (more > 0) remark(`… and ${more.toLocaleString('en')} more; --report <file> writes all of them.`);
    },
  };
}
