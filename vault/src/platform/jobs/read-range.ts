/** Any part of a file that was sent up, without the rest. */
import { Readable } from 'node:stream';
import type { JobFile, JobFiles } from './files.ts';

/** All pieces of what is sent up have this size, but the last. */
export const PIECE_BYTES = 1024 ** 2;

/** From byte `start` on; `end` is not included. */
export function readRange(files: Pick<JobFiles, 'read'>, file: JobFile, start: number, end: number): Readable {
  async function* within(): AsyncGenerator<Buffer> {
    const first = Math.floor(start / PIECE_BYTES);
    let at = first * PIECE_BYTES;
    for await (const piece of files.read(file, first)) {
      yield piece.subarray(Math.max(0, start - at), end - at);
      at += piece.length;
      if (at >= end) return;
    }
  }
  return Readable.from(within(), { objectMode: false });
}
