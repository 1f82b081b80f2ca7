import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBrowser } from '../build.ts';

let outDir: string;
const files = new Map<string, string>();

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'avow-tracker-'));
  await buildBrowser({ outDir, rootPublicKey: Buffer.alloc(32, 0xa5).toString('base64url') });
  for (const name of await readdir(join(outDir, 'tracker'))) {
    files.set(name, await readFile(join(outDir, 'tracker', name), 'utf8'));
  }
});

afterAll(() => rm(outDir, { recursive: true, force: true }));

/** Bytes after gzip; each ceiling has its reason. */
const CEILINGS: Record<string, number> = {
  // Every page of every site loads it; the smallest of the peers, without engaged time and retries, has 777.
  'avow.js': 1_000,
  // As avow.js, and one regular expression.
  'avow-hash.js': 1_030,
  'avow-forms.js': 200,
  // Only older browsers load it.
  'avow-history.js': 250,
  // A third of it is the list of file endings.
  'avow-links.js': 520,
  'avow-not-found.js': 300,
};

test('these files make up the tracker', () => {
  expect([...files.keys()].toSorted()).toEqual(Object.keys(CEILINGS).toSorted());
});

test.each(Object.entries(CEILINGS))('%s stays under %i bytes', (name, ceiling) => {
  const size = gzipSync(files.get(name) ?? '').length;
  expect(size).toBeGreaterThan(ceiling / 2);
  expect(size).toBeLessThanOrEqual(ceiling);
});

test.each(Object.keys(CEILINGS))(
  '%s names no cookie, no storage, and nothing that tells browsers apart (C6)',
  (name) => {
    const code = files.get(name) ?? '';
    expect(code).not.toMatch(/cookie|storage|indexedDB|\bcaches\b|serviceWorker/i);
    expect(code).not.toMatch(
      /userAgent|plugins|screen\b|devicePixelRatio|hardwareConcurrency|deviceMemory|canvas|languages?\b|timeZone/,
    );
  },
);

test('only the core is a classic script, and it leaves nothing behind but `avow`', () => {
  for (const [name, code] of files) {
    const core = name === 'avow.js' || name === 'avow-hash.js';
    expect(/^\(function\(\)\{.*\}\)\(\);\s*$/s.test(code)).toBe(core);
    expect(/\bexport\s*\{/.test(code)).toBe(!core);
  }
});
