import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltAsset, buildBrowser } from './build.ts';

const rootPublicKey = Buffer.alloc(32, 0xa5).toString('base64url');
let outDir: string;
let manifest: Record<string, BuiltAsset>;
const files = new Map<string, string>();

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'avow-build-'));
  await buildBrowser({ outDir, rootPublicKey });
  manifest = JSON.parse(await readFile(join(outDir, 'manifest.json'), 'utf8'));
  for (const [name, { path }] of Object.entries(manifest)) {
    files.set(name, await readFile(join(outDir, path.replace('/assets/', '')), 'utf8'));
  }
});

afterAll(() => rm(outDir, { recursive: true, force: true }));

/** Bytes after gzip; each ceiling has its reason. */
const CEILINGS: Record<string, number> = {
  // HPKE and the sealed channel 14 kB, address formats of 250 countries 10 kB, the forms themselves 4 kB.
  'forms.js': 29_000,
  // The sealed channel, and one field.
  'links.js': 16_500,
  // As forms.js, and everything /my draws in two languages; what becomes of a proposed address takes 250 bytes of it.
  'my.js': 36_300,
  // One sheet for all pages.
  'pages.css': 5_000,
};

test('the manifest names what the pages load, and beside it there is only the tracker', async () => {
  expect(Object.keys(manifest).toSorted()).toEqual(Object.keys(CEILINGS).toSorted());
  expect((await readdir(outDir)).length).toBe(Object.keys(CEILINGS).length + 2);
});

test.each(Object.entries(CEILINGS))('%s stays under %i bytes', (name, ceiling) => {
  const size = gzipSync(files.get(name) ?? '').length;
  expect(size).toBeGreaterThan(1_000);
  expect(size).toBeLessThanOrEqual(ceiling);
});

test('each file is named by its hash and carries its integrity', () => {
  for (const [name, { path, integrity }] of Object.entries(manifest)) {
    const digest = createHash('sha384')
      .update(files.get(name) ?? '')
      .digest();
    expect(integrity).toBe(`sha384-${digest.toString('base64')}`);
    expect(path).toContain(digest.toString('hex').slice(0, 16));
  }
});

test('building again gives the same bytes', async () => {
  const again = await mkdtemp(join(tmpdir(), 'avow-build-'));
  try {
    await buildBrowser({ outDir: again, rootPublicKey });
    expect(JSON.parse(await readFile(join(again, 'manifest.json'), 'utf8'))).toEqual(manifest);
  } finally {
    await rm(again, { recursive: true, force: true });
  }
});

const SCRIPTS = ['forms.js', 'links.js', 'my.js'];

test.each(SCRIPTS)('%s has the root key in it, and only that of the deployment', (name) => {
  const code = files.get(name) ?? '';
  expect(code).toContain(rootPublicKey);
  expect(code).not.toContain('AVOW_ROOT_PUBLIC_KEY');
  expect(code).not.toMatch(/nordlicht/i);
});

test.each(SCRIPTS)('%s touches no cookie and no lasting storage, and makes no markup from text (C4, C6)', (name) => {
  const code = files.get(name) ?? '';
  expect(code).not.toMatch(/document\.cookie|localStorage|indexedDB|cookieStore|\bcaches\b/);
  expect(code).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
  expect(code).not.toMatch(/^import\b|\bimport\(/m);
});

test('a key of the wrong length is no root key', async () => {
  await expect(buildBrowser({ outDir, rootPublicKey: 'AAAA' })).rejects.toThrow('32 bytes');
});
