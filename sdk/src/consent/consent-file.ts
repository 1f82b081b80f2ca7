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

const LINE_BYTES = 28;
const LINE_SHAPE = '0 000 0000-00-00 0000-00-00\n';
const [ZERO, NINE] = [0x30, 0x39];

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

/** By hand: the first regular expression of a process takes 0.06 ms (Node 24). `0` in the shape stands for a digit. */
function hasShape(line: string): boolean {
  if (line.length !== LINE_BYTES) return false;
  for (let at = 0; at < LINE_BYTES; at++) {
    const wanted = LINE_SHAPE.charCodeAt(at);
    const found = line.charCodeAt(at);
    if (wanted === ZERO ? found < ZERO || found > NINE : found !== wanted) return false;
  }
  return true;
}

export function parseDecision(line: string): Decision | null {
  if (!hasShape(line)) return null;
  const state = line.charAt(0);
  const fieldList = Number(line.slice(2, 5));
  if ((state !== '0' && state !== '1') || fieldList === 0) return null;
  return { choice: state === '1' ? 'on' : 'off', fieldList, day: line.slice(6, 16), countsFrom: line.slice(17, 27) };
}

/** Throws RangeError for what does not fit the columns. */
export function formatDecision({ choice, fieldList, day, countsFrom }: Decision): string {
  const line = `${choice === 'on' ? 1 : 0} ${String(fieldList).padStart(3, '0')} ${day} ${countsFrom}\n`;
  if (parseDecision(line) === null) throw new RangeError('the decision does not fit its columns');
  return line;
}
