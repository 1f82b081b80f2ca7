/** What a file of serials has to look like: by the configuration, and by its own first row. */
import type { AvowConfig } from '@avow/config/config';
import { type CsvRow, CsvUnreadable } from '../platform/csv/csv-rows.ts';
import { SerialRunRefused } from './generate-serials.ts';
import type { Columns } from './import-row.ts';
import type { ImportOptions } from './import-serials.ts';
import { type EditionSold, editionsOf } from './products-sold.ts';

export interface Expectations {
  pattern: RegExp;
  editions: readonly EditionSold[];
  defaultEdition: string | null;
}

/** Throws SerialRunRefused where the configuration has no such suite, edition or pattern. */
export function expectedOf(config: AvowConfig, { suite, edition }: ImportOptions): Expectations {
  const editions = editionsOf(config, suite);
  if (editions.length === 0) throw new SerialRunRefused(`The configuration knows no suite "${suite}".`);
  const pattern = editions[0]?.legacySerialPattern;
  if (!pattern) throw new SerialRunRefused(`The suite "${suite}" has no legacySerialPattern in the configuration.`);
  if (edition !== undefined && !editions.some((sold) => sold.edition === edition)) {
    throw new SerialRunRefused(`The suite "${suite}" has no edition "${edition}".`);
  }
  return { pattern: wholeMatch(pattern), editions, defaultEdition: edition ?? null };
}

function wholeMatch(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 'iu');
  } catch (cause) {
    throw new SerialRunRefused(`The legacySerialPattern ${pattern} is no regular expression.`, { cause });
  }
}

/** Throws CsvUnreadable or SerialRunRefused where the first row does not name what is needed. */
export function findColumns({ cells }: CsvRow, { column = 'serial', edition, file }: ImportOptions): Columns {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const columns = { serial: names.indexOf(column.toLowerCase()), edition: names.indexOf('edition') };
  if (columns.serial < 0) {
    throw new CsvUnreadable(`${file} has no column "${column}". Its first row says: ${names.join(', ').slice(0, 200)}`);
  }
  if (columns.edition < 0 && edition === undefined) {
    throw new SerialRunRefused('Name an edition: neither the file nor the command does.');
  }
  return columns;
}
