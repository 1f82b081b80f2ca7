/**
 * Builds what browsers load from us: each page's script as one file, and the style sheet, with their hashes in the names; and
 * the tracker, whose names stay, because pages of other origins have them in their markup.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

export interface BuildOptions {
  /** Emptied first. */
  outDir: string;
  /** base64url of 32 raw bytes: the only thing of the deployment that goes into the bundle. */
  rootPublicKey: string;
}

export interface BuiltAsset {
  path: string;
  integrity: string;
}

const SCRIPTS = ['forms', 'links', 'my'];
const STYLES = ['pages.css'];

/** Files in `tracker/` by their source; what is there is served beside `/`. */
const TRACKER: Record<string, string> = {
  'avow.js': 'avow',
  'avow-hash.js': 'avow',
  'avow-forms.js': 'parts/forms',
  'avow-history.js': 'parts/history',
  'avow-links.js': 'parts/links',
  'avow-not-found.js': 'parts/not-found',
};

const source = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function bundle(file: string, define: Record<string, string>, format: 'es' | 'iife' = 'es'): Promise<string> {
  const result = await build({
    input: source(`./${file}.ts`),
    platform: 'browser',
    write: false,
    logLevel: 'warn',
    transform: { define, target: 'es2022' },
    // One file a page: a hash in the page then covers everything that runs.
    output: { format, minify: true, codeSplitting: false, comments: false },
  });
  const [chunk, ...more] = result.output;
  if (more.length > 0) throw new Error(`${file} was split into ${more.length + 1} files`);
  return chunk.code;
}

/** The core is a classic script, which knows its own element; the parts are modules, which the core imports. */
async function buildTracker(outDir: string): Promise<void> {
  await mkdir(join(outDir, 'tracker'));
  for (const [name, file] of Object.entries(TRACKER)) {
    const define = { HASH_ROUTING: String(name === 'avow-hash.js') };
    const code = await bundle(`tracker/${file}`, define, file === 'avow' ? 'iife' : 'es');
    await writeFile(join(outDir, 'tracker', name), code);
  }
}

function assetOf(name: string, content: string): BuiltAsset {
  const digest = createHash('sha384').update(content).digest();
  const [stem, extension] = name.split('.');
  return {
    path: `/assets/${stem}-${digest.toString('hex').slice(0, 16)}.${extension}`,
    integrity: `sha384-${digest.toString('base64')}`,
  };
}

/** Writes the files, `tracker/` and `manifest.json` (name to `{ path, integrity }`) into `outDir`. */
export async function buildBrowser({ outDir, rootPublicKey }: BuildOptions): Promise<void> {
  if (Buffer.from(rootPublicKey, 'base64url').length !== 32) throw new Error('the root public key is not 32 bytes');
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  await buildTracker(outDir);
  const contents = new Map<string, string>();
  const define = { AVOW_ROOT_PUBLIC_KEY: JSON.stringify(rootPublicKey) };
  for (const name of SCRIPTS) contents.set(`${name}.js`, await bundle(name, define));
  for (const name of STYLES) contents.set(name, await readFile(source(`./${name}`), 'utf8'));

  const manifest: Record<string, BuiltAsset> = {};
  for (const [name, content] of contents) {
    const asset = assetOf(name, content);
    manifest[name] = asset;
    await writeFile(join(outDir, asset.path.replace('/assets/', '')), content);
  }
  const unfinished = join(outDir, 'manifest.json.new');
  await writeFile(unfinished, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(unfinished, join(outDir, 'manifest.json'));
}
