/**
 * The decision about the Improvement Programme, as one line of fixed columns, so that native programs read it with one call:
 * `1 001 2026-11-24 2026-11-30`: on (`0`: off), version of the field list, day of the decision, first day that may be counted.
 * No file, or anything else in it: undecided.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';

export interface Decision {
  choice: 'on' | 'off';
  /** Version of the field list that was shown. */
  fieldList: number;
  /** ISO date, by the clock of the machine's own time zone. */
  day: string;
  /** ISO date, a Monday: nothing before it is counted. */
  countsFrom: string;
}

export const MAX_FIELD_LIST = 999;

const LINE_BYTES = 28;
const LINE = /^([01]) (\d{3}) (\d{4}-\d{2}-\d{2}) (\d{4}-\d{2}-\d{2})\n$/;

const buffer = Buffer.alloc(LINE_BYTES + 1);

/** Null: undecided. Never throws. 2 µs: it is asked at every start of an application. */
export function readDecision(file: string): Decision | null {
  try {
    // Asked first, as an error for a missing file costs more than all the rest.
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return null;
    const handle = openSync(file, 'r');
    let length: number;
    try {
      length = readSync(handle, buffer, 0, LINE_BYTES + 1, 0);
    } finally {
      closeSync(handle);
    }
    return parseDecision(buffer.toString('latin1', 0, length));
  } catch {
    return null;
  }
}

export function parseDecision(line: string): Decision | null {
  const [, state, fieldList, day, countsFrom] = LINE.exec(line) ?? [];
  if (day === undefined || countsFrom === undefined || Number(fieldList) === 0) return null;
  return { choice: state === '1' ? 'on' : 'off', fieldList: Number(fieldList), day, countsFrom };
}

/** Throws RangeError for what does not fit the columns. */
export function formatDecision({ choice, fieldList, day, countsFrom }: Decision): string {
  const line = `${choice === 'on' ? 1 : 0} ${String(fieldList).padStart(3, '0')} ${day} ${countsFrom}\n`;
  if (parseDecision(line) === null) throw new RangeError('the decision does not fit its columns');
  return line;
}
