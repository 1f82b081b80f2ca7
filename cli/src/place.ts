/** Which house a command works on: its data folder and its configuration file. */
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A command was pointed at a data folder in which nothing was ever started. */
export class NoHouseThere extends Error {}

export function dataDir(): string {
  return resolve(process.env.AVOW_DATA ?? 'data');
}

const remembered = (dir: string): string => join(dir, 'config-file');

/** Named on the command line or in AVOW_CONFIG; else the one this data folder was last started with; else `./avow.config.ts`. */
export async function configFile(dir: string): Promise<string> {
  if (process.env.AVOW_CONFIG) return resolve(process.env.AVOW_CONFIG);
  const last = await readFile(remembered(dir), 'utf8').catch(() => null);
  return last?.trim() || resolve('avow.config.ts');
}

/** So that `avow serials …` after `avow up` needs no `--config`. */
export async function rememberConfigFile(dir: string, file: string): Promise<void> {
  await writeFile(remembered(dir), `${file}\n`);
}
