/**
 * Builds the package that suites install: three bundles with the protocol inside and no dependency, declarations, the contract,
 * and the C example. The house itself runs the sources.
 */
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'rolldown';

const ROOM = fileURLToPath(new URL('..', import.meta.url));
const HOUSE = dirname(ROOM.replace(/[\\/]$/, ''));
const run = promisify(execFile);

/**
 * Names in the package by their source: bundles of one build share a file. Applications load `start-counter` when they start: one
 * file, with nothing in it that counting does not need.
 */
const BUILDS = [{ index: 'index', 'avow-suite': 'command/main' }, { 'start-counter': 'start-counter' }];

async function bundle(outDir: string, bundles: Record<string, string>): Promise<void> {
  const entry = (source: string) => join(ROOM, 'src', `${source}.ts`);
  await build({
    input: Object.fromEntries(Object.entries(bundles).map(([name, source]) => [name, entry(source)])),
    platform: 'node',
    logLevel: 'warn',
    transform: { target: 'node22' },
    // Not minified: whoever installs it can read what it does.
    output: { dir: outDir, format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared/[name].js' },
  });
}

/** `import('@avow/protocol/x')` of a declaration, as a path inside the package. */
function localSpecifiers(text: string, file: string): string {
  return text
    .replace(/(['"])@avow\/protocol\/([^'"]+)\1/g, (_, quote, name) => {
      const path = posix.relative(posix.dirname(file), `protocol/src/${name}.js`);
      return `${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
    })
    .replace(/(from ['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2')
    .replace(/(import\(['"]\.{1,2}\/[^'"]+)\.ts(['"]\))/g, '$1.js$2');
}

async function declare(outDir: string): Promise<void> {
  const types = join(outDir, 'types');
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const project = join(types, 'tsconfig.json');
  await mkdir(types, { recursive: true });
  await writeFile(
    project,
    JSON.stringify({
      extends: join(HOUSE, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        outDir: types,
        rootDir: HOUSE,
        typeRoots: [join(HOUSE, 'node_modules', '@types')],
        // As sources, so that they are declared, too: by way of node_modules they would be somebody else's.
        paths: { '@avow/protocol/*': [join(HOUSE, 'protocol', 'src', '*.ts')] },
      },
      files: [join(ROOM, 'src', 'index.ts'), join(ROOM, 'src', 'start-counter.ts')],
      include: [],
    }),
  );
  await run(process.execPath, [tsc, '-p', project]);
  await rm(project);
  for (const name of await readdir(types, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const file = join(types, name);
    const path = relative(types, file).replaceAll('\\', '/');
    await writeFile(file, localSpecifiers(await readFile(file, 'utf8'), path));
  }
}

async function describePackage(outDir: string): Promise<void> {
  const { name, version, license } = JSON.parse(await readFile(join(ROOM, 'package.json'), 'utf8'));
  const entry = (bundle: string) => ({ types: `./types/sdk/src/${bundle}.d.ts`, default: `./${bundle}.js` });
  const description = 'Improvement Programme and product registration for desktop suites, without identifiers';
  const manifest = {
    name,
    version,
    description,
    license,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=22.3' },
    exports: { '.': entry('index'), './start-counter': entry('start-counter'), './package.json': './package.json' },
    types: './types/sdk/src/index.d.ts',
    bin: { 'avow-suite': './avow-suite.js' },
  };
  await writeFile(join(outDir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Writes the package into `outDir`, which is emptied first. Needs the house's own `node_modules`. */
export async function buildSdk(outDir: string): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(join(outDir, 'native'), { recursive: true });
  await Promise.all([...BUILDS.map((bundles) => bundle(outDir, bundles)), declare(outDir), describePackage(outDir)]);
  await chmod(join(outDir, 'avow-suite.js'), 0o755);
  await copyFile(join(ROOM, 'README.md'), join(outDir, 'README.md'));
  await copyFile(join(HOUSE, 'LICENSE'), join(outDir, 'LICENSE'));
  // The one library inside the bundles, under the same licence.
  const canonicalize = join(HOUSE, 'node_modules', 'canonicalize', 'LICENSE');
  await copyFile(canonicalize, join(outDir, 'LICENSE-canonicalize'));
  await copyFile(join(ROOM, 'native', 'count-start.c'), join(outDir, 'native', 'count-start.c'));
}

if (import.meta.main) await buildSdk(join(ROOM, 'dist'));
