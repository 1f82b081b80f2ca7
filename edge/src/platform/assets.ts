/**
 * The built browser files: read once at the start, compressed once, served from memory. The names of the pages' own files carry
 * their contents' hash; the tracker's names stay, and pages of other origins load it.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Context } from 'hono';
import { z } from 'zod';
import { refuse } from './refuse.ts';
import type { EdgeEnv } from './variables.ts';

const manifestShape = z.record(
  z.string(),
  z.object({ path: z.string().regex(/^\/assets\/[\w.-]+$/), integrity: z.string().regex(/^sha(256|384|512)-/) }),
);

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.json': 'application/json',
};

const MANIFEST = 'manifest.json';
const TRACKER_FOLDER = 'tracker';

type Encoding = 'identity' | 'br' | 'gzip';

interface Asset {
  type: string;
  /** Weak: one for all encodings. */
  etag: string;
  bytes: Record<Encoding, Uint8Array<ArrayBuffer>>;
}

export interface Assets {
  /** Name -> path and integrity, for the pages. */
  manifest: z.output<typeof manifestShape>;
  /** By the path under which they are served: `/assets/forms-1f3a….js`, `/avow.js`. */
  files: ReadonlyMap<string, Asset>;
}

async function readAsset(file: string): Promise<Asset> {
  const identity = new Uint8Array(await readFile(file));
  const [br, gz] = await Promise.all([promisify(brotliCompress)(identity), promisify(gzip)(identity)]);
  return {
    type: TYPES[path.extname(file)] ?? 'application/octet-stream',
    etag: `W/"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    bytes: { identity, br: new Uint8Array(br), gzip: new Uint8Array(gz) },
  };
}

/** Reads `manifest.json` in `folder` and every other file there: the named ones import others. */
export async function loadAssets(folder: string): Promise<Assets> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch((cause: unknown) => {
    throw new Error(`There are no built browser files in ${folder}.`, { cause });
  });
  const manifest = manifestShape.parse(JSON.parse(text));
  const files = new Map<string, Asset>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === MANIFEST) continue;
    const prefix = entry.parentPath === path.join(folder, TRACKER_FOLDER) ? '/' : '/assets/';
    files.set(prefix + entry.name, await readAsset(path.join(entry.parentPath, entry.name)));
  }
  const missing = Object.values(manifest).filter((entry) => !files.has(entry.path));
  if (missing.length > 0) throw new Error(`Built browser files are missing: ${missing.map((entry) => entry.path)}.`);
  return { manifest, files };
}

function chooseEncoding(accepted: string | undefined): Encoding {
  const offered = (accepted ?? '').split(',').map((entry) => entry.trim().toLowerCase());
  return offered.includes('br') ? 'br' : offered.includes('gzip') ? 'gzip' : 'identity';
}

function sendAsset(c: Context<EdgeEnv>, assets: Assets, headers: Record<string, string>): Response {
  const asset = assets.files.get(c.req.path);
  if (!asset) return refuse(c, 'not_found');
  const { type, etag, bytes } = asset;
  const known = (c.req.header('if-none-match') ?? '').split(',').some((tag) => tag.trim() === etag);
  if (known) return c.body(null, 304, { ...headers, etag, vary: 'accept-encoding' });
  const encoding = chooseEncoding(c.req.header('accept-encoding'));
  return c.body(bytes[encoding], 200, {
    ...headers,
    etag,
    'content-type': type,
    vary: 'accept-encoding',
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
  });
}

/** Makes the handler of `GET /assets/:file`. */
export function createAssetHandler(assets: Assets) {
  const headers = { 'cache-control': 'public, max-age=31536000, immutable' };
  return (c: Context<EdgeEnv>): Response => sendAsset(c, assets, headers);
}

/** Makes the handler of `GET /avow.js` and its parts: for a day, and for every origin. */
export function createTrackerHandler(assets: Assets) {
  const headers = {
    'cache-control': 'public, max-age=86400',
    // Parts are modules, which browsers load across origins with CORS only.
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
  return (c: Context<EdgeEnv>): Response => sendAsset(c, assets, headers);
}
