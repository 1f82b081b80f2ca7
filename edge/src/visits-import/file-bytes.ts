/** The bytes of an import's file, unpacked where they are gzip, and the file's identity. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { ImportProblem } from './import-problem.ts';

export interface ImportFile {
  path: string;
  /** On disk. */
  bytes: number;
  gzip: boolean;
  /** SHA-256 of the unpacked bytes, hex: a log is the same before and after it is packed. */
  hash: string;
  unpackedBytes: number;
}

/**
 * Reads the file once from end to end. Throws ImportProblem where it cannot. `onBeginning` is told the hashes of the file's
 * beginnings of the given `lengths` (unpacked bytes, ascending).
 */
export async function identifyFile(
  path: string,
  lengths: readonly number[] = [],
  onBeginning: (length: number, hash: string) => void = () => {},
): Promise<ImportFile> {
  const { bytes, gzip } = await lookAt(path);
  const file = openFileBytes({ path, gzip });
  const hash = createHash('sha256');
  const wanted = [...lengths];
  let unpackedBytes = 0;
  try {
    for await (const chunk of file.chunks) {
      const end = unpackedBytes + chunk.length;
      for (let next = wanted[0]; next !== undefined && next <= end; next = wanted[0]) {
        onBeginning(
          next,
          hash
            .copy()
            .update(chunk.subarray(0, next - unpackedBytes))
            .digest('hex'),
        );
        wanted.shift();
      }
      hash.update(chunk);
      unpackedBytes = end;
    }
  } catch (error) {
    // Its readable part is what it is known by.
    if (!(error instanceof DamagedFile)) throw error;
  } finally {
    file.close();
  }
  return { path, bytes, gzip, hash: hash.digest('hex'), unpackedBytes };
}

async function lookAt(path: string): Promise<{ bytes: number; gzip: boolean }> {
  const handle = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new ImportProblem(cause.code === 'ENOENT' ? `There is no file ${path}.` : cause.message, { cause });
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new ImportProblem(`${path} is not a file.`);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return { bytes: stat.size, gzip: bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b };
  } finally {
    await handle.close();
  }
}

export interface FileBytes {
  /** Unpacked. A damaged gzip file makes it throw DamagedFile after the last good byte. */
  chunks: AsyncIterable<Buffer>;
  /** Bytes of the file on disk read so far. */
  bytesRead(): number;
  close(): void;
}

export class DamagedFile extends Error {}

export function openFileBytes(file: Pick<ImportFile, 'path' | 'gzip'>): FileBytes {
  const source = createReadStream(file.path, { highWaterMark: 1 << 18 });
  const close = () => source.destroy();
  if (!file.gzip) return { chunks: source, bytesRead: () => source.bytesRead, close };
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  return { chunks: unpacked(gunzip), bytesRead: () => source.bytesRead, close };
}

async function* unpacked(gunzip: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* gunzip;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code.startsWith('Z_')) throw new DamagedFile('', { cause });
    throw cause;
  }
}
