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
  /** SHA-256 of the bytes on disk, hex. */
  hash: string;
}

/**
 * Reads the file once from end to end. Throws ImportProblem where it cannot. `onBeginning` is told the hashes of the file's
 * beginnings of the given `lengths` (bytes, ascending).
 */
export async function identifyFile(
  path: string,
  lengths: readonly number[] = [],
  onBeginning: (length: number, hash: string) => void = () => {},
): Promise<ImportFile> {
  const handle = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new ImportProblem(cause.code === 'ENOENT' ? `There is no file ${path}.` : cause.message, { cause });
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new ImportProblem(`${path} is not a file.`);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    const gzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    const hash = createHash('sha256');
    const wanted = [...lengths];
    let bytes = 0;
    for await (const chunk of handle.createReadStream({ start: 0, autoClose: false, highWaterMark: 1 << 20 })) {
      for (let next = wanted[0]; next !== undefined && next <= bytes + chunk.length; next = wanted[0]) {
        onBeginning(
          next,
          hash
            .copy()
            .update(chunk.subarray(0, next - bytes))
            .digest('hex'),
        );
        wanted.shift();
      }
      hash.update(chunk);
      bytes += chunk.length;
    }
    return { path, bytes, gzip, hash: hash.digest('hex') };
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

export function openFileBytes(file: ImportFile): FileBytes {
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
