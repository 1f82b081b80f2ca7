/** Puts a suite into a folder: its applications, the Control Center, the command-line twin, and the manifest that says what is installed. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPageFiles } from '@avow/control-center/page-files';
import type { SuiteManifest } from '@avow/sdk/manifest';
import { build, type Plugin } from 'rolldown';

/** Applications of this example; a manifest may name more. */
export const APPLICATIONS = ['disc', 'photo', 'sound', 'backup'] as const;

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** On a participant's machine nothing is built: the page is in the program. */
async function withPage(): Promise<Plugin> {
  const files = JSON.stringify(await readPageFiles());
  return {
    name: 'page-inside',
    load: (id) => (id.endsWith('page-files.ts') ? `export const readPageFiles = async () => (${files});` : null),
  };
}

/** Writes `avow-suite.json` and one program for each of `installed` into `folder`. Returns the manifest. */
export async function placeFiles(
  folder: string,
  vendor: SuiteManifest,
  installed: readonly string[],
): Promise<SuiteManifest> {
  await mkdir(folder, { recursive: true });
  const programs = {
    ...Object.fromEntries(installed.map((id) => [id, local(`../applications/${id}.ts`)])),
    'control-center': fileURLToPath(import.meta.resolve('@avow/control-center/main')),
    'avow-suite': fileURLToPath(import.meta.resolve('@avow/sdk/command/main')),
  };
  await build({
    input: programs,
    platform: 'node',
    logLevel: 'warn',
    plugins: [await withPage()],
    transform: { target: 'node22' },
    output: { dir: folder, format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'shared-[name].mjs' },
  });
  for (const name of Object.keys(programs)) await chmod(join(folder, `${name}.mjs`), 0o755);
  const manifest = { ...vendor, installed: [...installed], installedAt: new Date().toISOString() };
  await writeFile(join(folder, 'avow-suite.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
