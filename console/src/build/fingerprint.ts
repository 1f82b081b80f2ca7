/** What the built console depends on, as one hash: its own sources, the contract, the locked versions of everything else. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDERS = ['console/src', 'protocol/src'];
const FILES = ['console/index.html', 'console/vite.config.ts', 'console/package.json', 'package-lock.json'];

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

/** 20 hex digits. The same sources on another machine or in another folder give the same ones. */
export async function fingerprint(): Promise<string> {
  const files = [...FILES, ...(await Promise.all(FOLDERS.map(sourcesIn))).flat()].toSorted();
  const hash = createHash('sha256');
  for (const file of files) {
    const content = await readFile(join(ROOT, file));
    hash.update(`${file.replaceAll('\\', '/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 20);
}
