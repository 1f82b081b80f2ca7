/**
 * `node bundle.ts FOLDER` builds the console into FOLDER, with a `.br` and a `.gz` beside each file that gains by it. A process of
 * its own: Vite changes the environment of the one it runs in and keeps its memory.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { build } from 'vite';
import { askAheadScript, bundleOptions } from './bundle-options.ts';

const COMPRESSED = /\.(?:js|css|svg|json)$/;

const [outDir] = process.argv.slice(2);
if (!outDir) throw new Error('usage: bundle.ts FOLDER');

const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
await build({
  configFile,
  logLevel: 'warn',
  plugins: [askAheadScript],
  build: { ...bundleOptions, outDir, emptyOutDir: true },
});

for (const entry of await readdir(outDir, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !COMPRESSED.test(entry.name)) continue;
  const file = join(entry.parentPath, entry.name);
  const content = await readFile(file);
  await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
  await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
}
