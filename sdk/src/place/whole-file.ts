/** Files that are either as they were or as they shall be, whatever dies in between. */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { OWN_FILE } from './home.ts';

/** Null if there is none, or it cannot be read: both mean that nothing is known. */
export function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** Windows has no handle of a folder to flush; there the rename is all there is. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A new file, on disk when this returns. Throws as node:fs does, also if there is one. */
export function writeNew(path: string, content: string | Uint8Array): void {
  const handle = openSync(path, 'wx', OWN_FILE);
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** On disk before it gets its name. Throws as node:fs does: disk full, folder not writable. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const beside = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    writeNew(beside, content);
    renameSync(beside, path);
    flushFolder(dirname(path));
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
