/** The CSV files of an export: one by itself, packed by gzip, or all that are in a ZIP. */
import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import { isTransient } from '../../platform/database-errors.ts';
import { VisitsImportProblem } from './import-problem.ts';

export interface ExportFile {
  /** Without folders. */
  name: string;
  /** Unpacked, as far as that is known: what progress is told against. */
  bytes: number;
  open(): Promise<Readable>;
}

/** Where the bytes of an export lie. */
export interface ExportBytes {
  name: string;
  bytes: number;
  /** From `start` on; `end` is not included. */
  range(start: number, end: number): Readable;
}

class BytesReader extends RandomAccessReader {
  readonly #source: ExportBytes;
  constructor(source: ExportBytes) {
    super();
    this.#source = source;
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return this.#source.range(start, end);
  }
}

/** More than any export of sums has; a ZIP may claim to unpack to anything. */
const MOST_BYTES = 2 * 1024 ** 3;
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
const GZIP = Buffer.from([0x1f, 0x8b]);

export interface OpenExport {
  files: ExportFile[];
  /** When nothing more is read. */
  close(): void;
}

/** Throws VisitsImportProblem. */
export async function openExport(path: string): Promise<OpenExport> {
  const { size } = await lookAt(path);
  return openExportBytes({
    name: path,
    bytes: size,
    range: (start, end) => createReadStream(path, { start, end: end - 1, highWaterMark: 1 << 18 }),
  });
}

/** The same of an export that lies elsewhere. */
export async function openExportBytes(bytesOf: ExportBytes): Promise<OpenExport> {
  const { bytes } = bytesOf;
  const name = bytesOf.name.replace(/^.*[/\\]/, '');
  const source = () => (bytes === 0 ? Readable.from([]) : bytesOf.range(0, bytes));
  const beginning = await firstBytes(bytesOf);
  if (beginning.subarray(0, 4).equals(ZIP)) return openZip(bytesOf);
  const packed = beginning.subarray(0, 2).equals(GZIP);
  const unpack = () => {
    const gunzip = createGunzip();
    source()
      .on('error', (error) => gunzip.destroy(error))
      .pipe(gunzip);
    return gunzip;
  };
  return { files: [{ name, bytes, open: async () => (packed ? unpack() : source()) }], close: () => {} };
}

async function openZip(source: ExportBytes): Promise<OpenExport> {
  const { name, bytes } = source;
  const options = { autoClose: false, validateEntrySizes: true };
  const zip = await fromRandomAccessReaderPromise(new BytesReader(source), bytes, options).catch((cause: Error) => {
    throw new VisitsImportProblem(`${name} is no readable ZIP file.`, { cause });
  });
  const files: ExportFile[] = [];
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    if (!/\.csv$/i.test(entry.fileName)) continue;
    total += entry.uncompressedSize;
    if (total > MOST_BYTES) throw new VisitsImportProblem(`${name} unpacks to more than 2 GiB.`);
    files.push({
      name: entry.fileName.replace(/^.*[/\\]/, ''),
      bytes: entry.uncompressedSize,
      open: () => zip.openReadStreamPromise(entry),
    });
  }
  if (files.length === 0) throw new VisitsImportProblem(`${name} has no CSV file in it.`);
  return { files, close: () => zip.close() };
}

async function lookAt(path: string): Promise<Stats> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new VisitsImportProblem(cause.code === 'ENOENT' ? `There is no file ${path}.` : cause.message, { cause });
  });
  if (!found.isFile()) throw new VisitsImportProblem(`${path} is not a file.`);
  return found;
}

async function firstBytes({ bytes, range }: ExportBytes): Promise<Buffer> {
  const pieces: Buffer[] = [];
  if (bytes > 0) for await (const piece of range(0, Math.min(4, bytes))) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** SHA-256 of the unpacked bytes, hex, and how many these are. */
export async function measure(file: ExportFile): Promise<{ hash: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of await file.open()) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
  } catch (cause) {
    if (isTransient(cause)) throw cause;
    throw new VisitsImportProblem(`${file.name} is damaged: it cannot be unpacked to its end.`, { cause });
  }
  return { hash: hash.digest('hex'), bytes };
}
