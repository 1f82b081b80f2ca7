import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAssetHandler, createTrackerHandler, loadAssets } from './assets.ts';
import type { EdgeEnv } from './variables.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'avow-assets-'));
  await writeFile(path.join(folder, 'forms-1a.js'), "import './chunk-2b.js';");
  await writeFile(path.join(folder, 'chunk-2b.js'), 'export {};');
  await writeManifest({ 'forms.js': { path: '/assets/forms-1a.js', integrity: 'sha384-abc' } });
});

afterEach(() => rm(folder, { recursive: true }));

const writeManifest = (manifest: object) => writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));

async function get(file: string, headers = {}): Promise<Response> {
  const handler = createAssetHandler(await loadAssets(folder));
  return new Hono<EdgeEnv>().get('/assets/:file', handler).request(`/assets/${file}`, { headers });
}

test('named files and what they import are served for ever, in the encoding that is understood', async () => {
  for (const file of ['forms-1a.js', 'chunk-2b.js']) {
    const response = await get(file);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBe(null);
  }
  const decoded = async (encoding: string, decode: (bytes: Buffer) => Buffer) => {
    const response = await get('chunk-2b.js', { 'accept-encoding': encoding });
    return decode(Buffer.from(await response.arrayBuffer())).toString();
  };
  expect(await decoded('gzip, deflate', gunzipSync)).toBe('export {};');
  expect(await decoded('gzip, deflate, br', brotliDecompressSync)).toBe('export {};');
});

test.each(['manifest.json', 'other.js', '..%2f..%2fpackage.json', '..%2fmanifest.json'])(
  'nothing else is served: %s',
  async (file) => {
    expect((await get(file)).status).toBe(404);
  },
);

test('a manifest that names a missing file or a path elsewhere is told at the start', async () => {
  await writeManifest({ 'my.js': { path: '/assets/my-3c.js', integrity: 'sha384-abc' } });
  await expect(loadAssets(folder)).rejects.toThrow('/assets/my-3c.js');
  await writeManifest({ 'my.js': { path: '//elsewhere.example/my.js', integrity: 'sha384-abc' } });
  await expect(loadAssets(folder)).rejects.toThrow();
});

describe('the tracker', () => {
  beforeEach(async () => {
    await mkdir(path.join(folder, 'tracker'));
    await writeFile(path.join(folder, 'tracker', 'avow.js'), '(function(){})();');
  });

  async function tracker(file: string, headers = {}): Promise<Response> {
    const assets = await loadAssets(folder);
    const app = new Hono<EdgeEnv>().get('/assets/:file', createAssetHandler(assets));
    return app.get('/:file', createTrackerHandler(assets)).request(file, { headers });
  }

  test('is served under its own name, for a day, and to every origin', async () => {
    const response = await tracker('/avow.js');
    expect(await response.text()).toBe('(function(){})();');
    expect(response.headers.get('cache-control')).toBe('public, max-age=86400');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect((await tracker('/assets/avow.js')).status).toBe(404);
    expect((await tracker('/forms-1a.js')).status).toBe(404);
  });

  test('is not sent again to who has it, and is when it has changed', async () => {
    const etag = (await tracker('/avow.js')).headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
    const again = await tracker('/avow.js', { 'if-none-match': `"other", ${etag}`, 'accept-encoding': 'gzip' });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect(again.headers.get('etag')).toBe(etag);
    await writeFile(path.join(folder, 'tracker', 'avow.js'), '(function(){"new"})();');
    expect((await tracker('/avow.js', { 'if-none-match': etag })).status).toBe(200);
  });
});
