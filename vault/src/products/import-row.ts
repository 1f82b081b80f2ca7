/** One row of an import: what it says, or why it is refused. */
import { serialIsWellFormed } from '@avow/protocol/serial';
import { foldLegacySerial } from './legacy-serial.ts';
import type { EditionSold } from './products-sold.ts';
import { MAX_TYPED_SERIAL } from './recognise-serial.ts';

/** Every reason for which a row is refused, and how it is told. */
export const ROW_REFUSALS = {
  empty: 'There is no serial in this row.',
  'too long': `A serial has at most ${MAX_TYPED_SERIAL} characters.`,
  unreadable: 'The serial contains characters that no printed serial has; perhaps the file is not in UTF-8.',
  'wrong form': "The serial is not of the form that the suite's legacySerialPattern describes.",
  'new form': 'This looks like a serial made by "avow serials generate"; those are never imported.',
  'edition unknown': 'The suite has no such edition.',
  repeated: 'The same serial stands further up in this file.',
  'of another product': 'The same serial is stored already, for another product or edition.',
  'of an unfinished run': 'The same serial belongs to a run that is not finished yet.',
} as const;

export type RowRefusal = keyof typeof ROW_REFUSALS;

export interface RefusedRow {
  /** Line of the file on which the row begins, from 1. */
  line: number;
  /** The serial as it stands there, cut to what fits a report. */
  what: string;
  why: RowRefusal;
}

export interface ReadableRow {
  line: number;
  what: string;
  /** Folded: see `legacy-serial.ts`. */
  serial: string;
  edition: string;
}

export interface Columns {
  serial: number;
  /** -1 where every row has the default edition. */
  edition: number;
}

const SHOWN_CHARACTERS = 64;

export function readImportRow(
  row: { line: number; cells: readonly string[] },
  columns: Columns,
  expect: { pattern: RegExp; editions: readonly EditionSold[]; defaultEdition: string | null },
): ReadableRow | RefusedRow {
  const text = (row.cells[columns.serial] ?? '').trim();
  const what = text.slice(0, SHOWN_CHARACTERS);
  const refuse = (why: RowRefusal): RefusedRow => ({ line: row.line, what, why });
  if (text === '') return refuse('empty');
  if (text.length > MAX_TYPED_SERIAL) return refuse('too long');
  const serial = foldLegacySerial(text);
  if (serial === null) return refuse('unreadable');
  if (serialIsWellFormed(text)) return refuse('new form');
  if (!expect.pattern.test(text.normalize('NFKC'))) return refuse('wrong form');

  const named = (row.cells[columns.edition] ?? '').trim().toLowerCase();
  const edition = named || expect.defaultEdition;
  if (edition === null || !expect.editions.some((sold) => sold.edition === edition)) return refuse('edition unknown');
  return { line: row.line, what, serial, edition };
}
