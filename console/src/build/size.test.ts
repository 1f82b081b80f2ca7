import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { builtConsole } from './built-console.ts';

const files = new Map<string, string>();
/** What the page itself names: the rest is loaded with the page that needs it. */
let first: string[];

beforeAll(async () => {
  const folder = await builtConsole();
  const names = await readdir(join(folder, 'assets'));
  for (const name of names.filter((name) => /\.(?:js|css)$/.test(name))) {
    files.set(name, await readFile(join(folder, 'assets', name), 'utf8'));
  }
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  first = [...page.matchAll(/\/assets\/([\w.-]+\.(?:js|css))"/g)].map(([, name]) => name ?? '');
}, 120_000);

const sizeOf = (name: string): number => gzipSync(files.get(name) ?? '', { level: 9 }).length;

/** A second over 2 Mbit/s, the slowest line from which somebody is expected to work with it. */
const CEILING = 250_000;
/** Mantine's styles, React and both routers' ground are above this: less would mean that something was not counted. */
const FLOOR = 100_000;

test(`the first load stays under ${CEILING} bytes of gzip`, () => {
  const size = first.map(sizeOf).reduce((sum, bytes) => sum + bytes, 0);
  expect(size).toBeGreaterThan(FLOOR);
  expect(size).toBeLessThanOrEqual(CEILING);
});

test('it is React as it is for use, whatever the environment of who built it', () => {
  const forDevelopment = [...files].filter(([, code]) => code.includes('Download the React DevTools'));
  expect(forDevelopment.map(([name]) => name)).toEqual([]);
});

test.each(['account-page', 'audit-log-page', 'visits-page', 'command-palette', 'shortcut-sheet'])(
  '%s comes when it is asked for',
  (part) => {
    const ofPart = [...files.keys()].filter((name) => name.startsWith(`${part}-`));
    expect(ofPart.length).toBeGreaterThan(0);
    expect(first.filter((name) => ofPart.includes(name))).toEqual([]);
  },
);
