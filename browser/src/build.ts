/** Builds what browsers load from us: each page's script as one file, and the style sheet, with their hashes in the names. */
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

const source = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function bundle(name: string, rootPublicKey: string): Promise<string> {
  const result = await build({
    input: source(`./${name}.ts`),
    platform: 'browser',
    write: false,
    logLevel: 'warn',
    transform: { define: { AVOW_ROOT_PUBLIC_KEY: JSON.stringify(rootPublicKey) }, target: 'es2022' },
    // One file a page: a hash in the page then covers everything that runs.
    output: { format: 'es', minify: true, codeSplitting: false, comments: false },
  });
  const [chunk, ...more] = result.output;
  if (more.length > 0) throw new Error(`${name} was split into ${more.length + 1} files`);
  return chunk.code;
}

function assetOf(name: string, content: string): BuiltAsset {
  const digest = createHash('sha384').update(content).digest();
  const [stem, extension] = name.split('.');
  return {
    path: `/assets/${stem}-${digest.toString('hex').slice(0, 16)}.${extension}`,
    integrity: `sha384-${digest.toString('base64')}`,
  };
}

/** Writes the files and `manifest.json` (name to `{ path, integrity }`) into `outDir`. */
export async function buildBrowser({ outDir, rootPublicKey }: BuildOptions): Promise<void> {
  if (Buffer.from(rootPublicKey, 'base64url').length !== 32) throw new Error('the root public key is not 32 bytes');
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const contents = new Map<string, string>();
  for (const name of SCRIPTS) contents.set(`${name}.js`, await bundle(name, rootPublicKey));
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
