/** The page as it is served: markup, style sheet, and its script bundled from `page/`. Nothing else is ever loaded. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

export type PageFiles = Readonly<Record<string, { type: string; content: string }>>;

const page = (name: string): string => fileURLToPath(new URL(`../page/${name}`, import.meta.url));

export async function readPageFiles(): Promise<PageFiles> {
  const [html, css, bundle] = await Promise.all([
    readFile(page('index.html'), 'utf8'),
    readFile(page('page.css'), 'utf8'),
    build({
      input: page('page.ts'),
      platform: 'browser',
      write: false,
      logLevel: 'warn',
      transform: { target: 'es2022' },
      output: { format: 'es', minify: true, codeSplitting: false, comments: false },
    }),
  ]);
  return {
    '/': { type: 'text/html; charset=utf-8', content: html },
    '/install': { type: 'text/html; charset=utf-8', content: html },
    '/page.css': { type: 'text/css; charset=utf-8', content: css },
    '/page.js': { type: 'text/javascript; charset=utf-8', content: bundle.output[0].code },
  };
}
