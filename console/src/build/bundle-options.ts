/** How the console is cut into files, and which of them runs first. */
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Plugin } from 'vite';

const place = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A group takes along what its modules import, unless one of higher priority has it. Few files: each costs its own way through the vault. */
export const bundleOptions: BuildOptions = {
  rolldownOptions: {
    input: { index: place('index.html'), ahead: place('src/ahead.ts') },
    output: {
      chunkFileNames: ({ name }) => `assets/${name.replace(/~.*/, '')}-[hash].js`,
      assetFileNames: ({ names: [name = ''] }) => `assets/${name.replace(/~.*|\.\w+$/, '')}-[hash][extname]`,
      codeSplitting: {
        groups: [
          // All that `ahead.ts` needs, and nothing else: it must not wait for the console.
          { name: 'asking', test: /[\\/]ask-ahead\.ts$|vite[\\/]preload-helper/, priority: 3 },
          { name: 'console', tags: ['$initial'], test: (id) => !id.endsWith('/src/ahead.ts'), priority: 2 },
          // What several pages share, in pieces that hardly any page loads in vain.
          { name: 'parts', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 40_000, priority: 1 },
        ],
      },
    },
  },
};

/** Puts `ahead.ts` before the console, as a script of its own. Asynchronous: it does not wait for styles either. */
export const askAheadScript: Plugin = {
  name: 'avow-ask-ahead',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const script = Object.values(bundle).find(
        (chunk) => chunk.type === 'chunk' && chunk.isEntry && chunk.name === 'ahead',
      );
      if (script?.type !== 'chunk') throw new Error('there is no ahead.ts in the bundle');
      return [
        {
          tag: 'script',
          attrs: { type: 'module', async: true, src: `/${script.fileName}` },
          injectTo: 'head-prepend',
        },
        ...script.imports.map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', href: `/${file}` },
          injectTo: 'head-prepend' as const,
        })),
      ];
    },
  },
};
