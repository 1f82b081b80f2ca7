/**
 * The decision about the Improvement Programme, as one line of fixed columns, so that native programs read it with one call:
 * `1 001 2026-11-24 2026-11-30`: on (`0`: off), version of the field list, day of the decision, first day that may be counted.
 * No file, or anything else in it: undecided.
 */
import type { AtOnce } from '../at-once.ts';
import { fs } from '../place/file-system.ts';
import { dayText } from '../place/utc-day.ts';

export interface Decision {
  choice: 'on' | 'off';
  /** Version of the field list that was shown. */
  fieldList: number;
  /** ISO date, by the clock of the machine's own time zone. */
  day: string;
  /** ISO date, a Monday: nothing before it is counted. */
  countsFrom: string;
}

/** The same as the file has it. A day is a number: 20261124. */
interface Columns {
  on: boolean;
  fieldList: number;
  day: number;
  countsFrom: number;
}

/** `0` stands for a digit. */
const SHAPE = '0 000 0000-00-00 0000-00-00\n';
const [ZERO, NINE] = [0x30, 0x39];
/** A pipe in the place of the file must not hold up an application. */
const READ = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0);

const line = new Uint8Array(SHAPE.length + 1);

/** By hand: the first regular expression of a process takes 0.06 ms (Node 24). */
const hasShape = ((bytes: Uint8Array, length: number): boolean => {
  if (length !== SHAPE.length) return false;
  for (let at = 0; at < length; at++) {
    const wanted = SHAPE.charCodeAt(at);
    const found = bytes[at] ?? 0;
    if (wanted === ZERO ? found < ZERO || found > NINE : found !== wanted) return false;
  }
  return true;
}) satisfies AtOnce;

/** The digits among these columns as one number. */
const numberIn = ((bytes: Uint8Array, from: number, to: number): number => {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit >= 0) value = value * 10 + digit;
  }
  return value;
}) satisfies AtOnce;

const columnsOf = ((bytes: Uint8Array, length: number): Columns | null => {
  if (!hasShape(bytes, length)) return null;
  const on = bytes[0] === ZERO + 1;
  const fieldList = numberIn(bytes, 2, 5);
  if ((!on && bytes[0] !== ZERO) || fieldList === 0) return null;
  return { on, fieldList, day: numberIn(bytes, 6, 16), countsFrom: numberIn(bytes, 17, 27) };
}) satisfies AtOnce;

/** Null: undecided. Never throws. It is asked at every start of an application: no more calls of the system than it needs. */
export const readColumns = ((file: string): Columns | null => {
  try {
    // Asked first, as an error for a missing file costs more than all the rest.
    if (!fs.existsSync(file)) return null;
    const handle = fs.openSync(file, READ);
    let length: number;
    try {
      length = fs.readSync(handle, line, 0, line.length, 0);
    } finally {
      fs.closeSync(handle);
    }
    return columnsOf(line, length);
  } catch {
    return null;
  }
}) satisfies AtOnce;

function decisionIn(columns: Columns | null): Decision | null {
  if (columns === null) return null;
  const { on, fieldList, day, countsFrom } = columns;
  return { choice: on ? 'on' : 'off', fieldList, day: dayText(day), countsFrom: dayText(countsFrom) };
}

/** Null: undecided. Never throws. */
export const readDecision = (file: string): Decision | null => decisionIn(readColumns(file));

export function parseDecision(text: string): Decision | null {
  const bytes = Buffer.from(text);
  return decisionIn(columnsOf(bytes, bytes.length));
}

/** Throws RangeError for what does not fit the columns. */
export function formatDecision({ choice, fieldList, day, countsFrom }: Decision): string {
  const text = `${choice === 'on' ? 1 : 0} ${String(fieldList).padStart(3, '0')} ${day} ${countsFrom}\n`;
  if (parseDecision(text) === null) throw new RangeError('the decision does not fit its columns');
  return text;
}
