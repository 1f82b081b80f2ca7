/** Looks for marked words where they must not be: in files, in every row of a database, in the memory of a process. */
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

/** A mark in the shapes in which it could lie about: plain, as UTF-16, as hexadecimal text, in base64 at each offset. */
export function shapesOf(mark: string): Buffer[] {
  const plain = Buffer.from(mark);
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), plain]).toString('base64url');
    // The characters at both ends depend on the neighbours.
    return Buffer.from(text.slice(offset === 0 ? 0 : offset + 1, -4));
  });
  return [plain, Buffer.from(mark, 'utf16le'), Buffer.from(plain.toString('hex')), ...base64];
}

export async function findInFolder(folder: string, shapes: readonly Buffer[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (shapes.some((shape) => bytes.includes(shape))) found.push(path);
  }
  return found;
}

/** Every row of every table as text, as a dump would hold it. */
export async function findInDatabase(url: string, shapes: readonly Buffer[]): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      if (rows.rows.some(({ row }) => shapes.some((shape) => Buffer.from(row).includes(shape)))) found.push(name);
    }
    if (tables.rows.length === 0) throw new Error('the dump is empty: nothing was looked at');
    return found;
  } finally {
    await client.end();
  }
}

const CHUNK = 16 * 1024 * 1024;

/** The readable and writable memory of a process (Linux). Returns the address ranges that hold a mark, and how much was read. */
export async function findInMemory(
  pid: number,
  shapes: readonly Buffer[],
): Promise<{ found: string[]; bytes: number }> {
  const overlap = Math.max(...shapes.map((shape) => shape.length));
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
  const memory = await open(`/proc/${pid}/mem`, 'r');
  const buffer = Buffer.alloc(CHUNK);
  const found: string[] = [];
  let bytes = 0;
  try {
    for (const line of maps.split('\n')) {
      const range = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      if (!range?.[1] || !range[2]) continue;
      const end = Number.parseInt(range[2], 16);
      for (let at = Number.parseInt(range[1], 16); at < end; at += CHUNK - overlap) {
        const length = Math.min(CHUNK, end - at);
        // A page that was never touched, or is gone by now, cannot be read.
        const { bytesRead } = await memory.read(buffer, 0, length, at).catch(() => ({ bytesRead: 0 }));
        bytes += bytesRead;
        const seen = buffer.subarray(0, bytesRead);
        if (shapes.some((shape) => seen.includes(shape))) found.push(line);
        if (length < CHUNK) break;
      }
    }
  } finally {
    await memory.close();
  }
  return { found, bytes };
}
