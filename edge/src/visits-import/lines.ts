/** Splits a file into numbered lines, in stretches, without ever holding more than a stretch and one line of it. */
import { DamagedFile, type FileBytes } from './file-bytes.ts';

/** Longer ones are no log lines; a server's own limits are below it. */
export const MAX_LINE_BYTES = 65_536;
const NEWLINE = 10;

export interface LineBlock {
  /** Number of the first line of this block, from 1. */
  first: number;
  /** Without line ends. Null: too long, its content was let go. */
  lines: (string | null)[];
  bytesRead: number;
  /** The file cannot be read beyond this block. */
  damaged: boolean;
}

export async function* readLines(file: FileBytes): AsyncGenerator<LineBlock> {
  let first = 1;
  let carry: Buffer[] = [];
  let carried = 0;
  let damaged = false;

  const block = (lines: (string | null)[]): LineBlock => {
    const made = { first, lines, bytesRead: file.bytesRead(), damaged };
    first += lines.length;
    return made;
  };
  const keep = (bytes: Buffer): void => {
    // Of an endless line only its length is remembered.
    if (carried <= MAX_LINE_BYTES) carry.push(bytes);
    carried += bytes.length;
  };
  const finish = (): string | null => {
    const line = carried > MAX_LINE_BYTES ? null : lineOf(Buffer.concat(carry));
    carry = [];
    carried = 0;
    return line;
  };

  try {
    for await (const chunk of file.chunks) {
      const end = chunk.indexOf(NEWLINE);
      if (end < 0) {
        keep(chunk);
        continue;
      }
      keep(chunk.subarray(0, end));
      const lines = [finish()];
      const last = chunk.lastIndexOf(NEWLINE);
      if (last > end) for (const text of chunk.toString('utf8', end + 1, last).split('\n')) lines.push(shortened(text));
      if (last + 1 < chunk.length) keep(chunk.subarray(last + 1));
      yield block(lines);
    }
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    damaged = true;
  } finally {
    file.close();
  }
  if (carried > 0 || damaged) yield block(carried > 0 ? [finish()] : []);
}

function lineOf(bytes: Buffer): string {
  return withoutReturn(bytes.toString('utf8'));
}

function shortened(text: string): string | null {
  return text.length > MAX_LINE_BYTES ? null : withoutReturn(text);
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
