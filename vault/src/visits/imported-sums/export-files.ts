/** The CSV files of an export: one by itself, packed by gzip, or all that are in a ZIP. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { openPromise } from 'yauzl';
import { VisitsImportProblem } from './import-problem.ts';

export interface ExportFile {
  /** Without folders. */
  name: string;
  /** Unpacked, as far as that is known: what progress is told against. */
  bytes: number;
  open(): Promise<Readable>;
}

/** More than any export of sums has; a ZIP may claim to unpack to anything. */
const MOST_BYTES = 2 * 1024 ** 3;
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
const GZIP = Buffer.from([0x1f, 0x8b]);

/** Throws VisitsImportProblem. `close` when nothing more is read. */
export async function openExport(path: string): Promise<{ files: ExportFile[]; close(): void }> {
  const { bytes, beginning } = await lookAt(path);
  const name = path.replace(/^.*[/\\]/, '');
  if (beginning.subarray(0, 4).equals(ZIP)) return openZip(path);
  const packed = beginning.subarray(0, 2).equals(GZIP);
  const source = () => createReadStream(path, { highWaterMark: 1 << 18 });
  const unpack = () => {
    const gunzip = createGunzip();
    source()
      .on('error', (error) => gunzip.destroy(error))
      .pipe(gunzip);
    return gunzip;
  };
  return { files: [{ name, bytes, open: async () => (packed ? unpack() : source()) }], close: () => {} };
}

async function openZip(path: string): Promise<{ files: ExportFile[]; close(): void }> {
  const zip = await openPromise(path, { autoClose: false, validateEntrySizes: true }).catch((cause: Error) => {
    throw new VisitsImportProblem(`${path} is no readable ZIP file.`, { cause });
  });
  const files: ExportFile[] = [];
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    if (!/\.csv$/i.test(entry.fileName)) continue;
    total += entry.uncompressedSize;
    if (total > MOST_BYTES) throw new VisitsImportProblem(`${path} unpacks to more than 2 GiB.`);
    files.push({
      name: entry.fileName.replace(/^.*[/\\]/, ''),
      bytes: entry.uncompressedSize,
      open: () => zip.openReadStreamPromise(entry),
    });
  }
  if (files.length === 0) throw new VisitsImportProblem(`${path} has no CSV file in it.`);
  return { files, close: () => zip.close() };
}

async function lookAt(path: string): Promise<{ bytes: number; beginning: Buffer }> {
  const handle = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new VisitsImportProblem(cause.code === 'ENOENT' ? `There is no file ${path}.` : cause.message, { cause });
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new VisitsImportProblem(`${path} is not a file.`);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return { bytes: stat.size, beginning: buffer.subarray(0, bytesRead) };
  } finally {
    await handle.close();
  }
}

/** SHA-256 of the unpacked bytes, hex. */
export async function hashOf(file: ExportFile): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of await file.open()) hash.update(chunk as Buffer);
  } catch (cause) {
    throw new VisitsImportProblem(`${file.name} is damaged: it cannot be unpacked to its end.`, { cause });
  }
  return hash.digest('hex');
}
