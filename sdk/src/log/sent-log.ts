/**
 * The record of what left, on the person's own machine: one JSON object a line, each with the hash of the line before it. A
 * report is written down before it leaves, from the very bytes that are sealed; what came of it is a line of its own.
 */
import { createHash } from 'node:crypto';
import { closeSync, constants, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { readIfThere } from '../place/whole-file.ts';

/** One attempt to send. The same report again is a line again. */
export interface Leaving {
  event: 'leaving';
  week: string;
  /** The report, byte for byte. */
  body: string;
}

export interface Outcome {
  /** `accepted`: on the relay's disk. `failed`: it will be tried again. `stopped`: the person left meanwhile. */
  event: 'accepted' | 'failed' | 'stopped';
  /** Number of the line it is about. */
  of: number;
  reason?: string;
}

export type LogEvent = Leaving | Outcome;

export type LogEntry = LogEvent & {
  /** 1, 2, 3 and so on. */
  n: number;
  /** ISO date and time, to the second. */
  at: string;
  /** SHA-256 of the line before, without its line break, base64url; empty in the first. */
  previous: string;
};

const NEWLINE = 0x0a;

export function hashOfLine(line: Uint8Array): string {
  return createHash('sha256').update(line).digest('base64url');
}

/** Raw lines without line breaks; the last one may be torn. */
export function splitLines(bytes: Buffer): { lines: Buffer[]; torn: boolean } {
  const lines: Buffer[] = [];
  let from = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
    lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  const torn = from < bytes.length;
  if (torn) lines.push(bytes.subarray(from));
  return { lines, torn };
}

export function parseEntry(line: Buffer): LogEntry | null {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    return typeof value === 'object' && value !== null && 'n' in value && 'event' in value ? (value as LogEntry) : null;
  } catch {
    return null;
  }
}

function nextNumber(lines: Buffer[]): number {
  // A torn line has a number too, though nobody can read it.
  for (const [behind, line] of lines.toReversed().entries()) {
    const entry = parseEntry(line);
    if (entry !== null && Number.isSafeInteger(entry.n)) return entry.n + 1 + behind;
  }
  return lines.length + 1;
}

/**
 * Appends one line and waits until it is on disk. Returns its number. The file is not created: it is there from the decision
 * on, and a person who deletes it in this moment has deleted it. Throws as node:fs does.
 */
export function appendToLog(file: string, event: LogEvent, now: Date): number {
  const { lines, torn } = splitLines(readFileSync(file));
  const last = lines.at(-1);
  const n = nextNumber(lines);
  const at = `${now.toISOString().slice(0, 19)}Z`;
  const entry: LogEntry = { n, at, ...event, previous: last ? hashOfLine(last) : '' };
  const handle = openSync(file, constants.O_WRONLY | constants.O_APPEND);
  try {
    writeSync(handle, `${torn ? '\n' : ''}${JSON.stringify(entry)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return n;
}

export interface LogReading {
  entries: LogEntry[];
  /** Every line names the hash of the one before it. */
  intact: boolean;
  /** The first line (1 is the first) whose hash does not fit. */
  brokenAt: number | null;
  /** Lines that cannot be read: the program was killed, or the disk was full, while they were written. */
  unreadable: number[];
}

/** Reads and verifies. No log is an intact log without entries. Never throws. */
export function readLog(file: string): LogReading {
  const { lines } = splitLines(readIfThere(file) ?? Buffer.alloc(0));
  const reading: LogReading = { entries: [], intact: true, brokenAt: null, unreadable: [] };
  for (const [index, line] of lines.entries()) {
    const entry = parseEntry(line);
    if (entry === null) {
      reading.unreadable.push(index + 1);
      continue;
    }
    reading.entries.push(entry);
    const before = lines[index - 1];
    if (entry.previous !== (before ? hashOfLine(before) : '')) reading.brokenAt ??= index + 1;
  }
  reading.intact = reading.brokenAt === null;
  return reading;
}
