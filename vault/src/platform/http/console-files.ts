/**
 * The staff's console as files: the page at `/` and at each of the console's own paths, with a nonce of its own for the styles
 * that its parts write while it runs, and the hashed assets, compressed when they were built. Nothing inline may run.
 */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { CONSOLE_PAGES } from '@avow/protocol/staff/console-pages';
import { type Context, Hono } from 'hono';

type Bytes = Uint8Array<ArrayBuffer>;

interface ConsoleAsset {
  type: string;
  identity: Bytes;
  br: Bytes | null;
  gzip: Bytes | null;
}

export interface ConsoleFiles {
  /** HTML with `AVOW_NONCE` where the nonce belongs. */
  page: string;
  /** By path: `/assets/index-B3x….js`. */
  assets: ReadonlyMap<string, ConsoleAsset>;
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Reads everything into memory: a folder that is replaced later does not reach a vault that runs. */
export async function loadConsoleFiles(folder: string): Promise<ConsoleFiles> {
  const page = await readFile(join(folder, 'index.html'), 'utf8').catch((cause: unknown) => {
    throw new Error(`There is no built console in ${folder}.`, { cause });
  });
  const read = async (name: string): Promise<Bytes> => new Uint8Array(await readFile(join(folder, 'assets', name)));
  const names = new Set(await readdir(join(folder, 'assets')));
  const assets = new Map<string, ConsoleAsset>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (!type) continue;
    assets.set(`/assets/${name}`, {
      type,
      identity: await read(name),
      br: names.has(`${name}.br`) ? await read(`${name}.br`) : null,
      gzip: names.has(`${name}.gz`) ? await read(`${name}.gz`) : null,
    });
  }
  return { page, assets };
}

function sendAsset(c: Context, asset: ConsoleAsset): Response {
  const offered = (c.req.header('accept-encoding') ?? '').split(',').map((entry) => entry.trim().toLowerCase());
  const encoding = offered.includes('br') && asset.br ? 'br' : offered.includes('gzip') && asset.gzip ? 'gzip' : null;
  return c.body((encoding && asset[encoding]) || asset.identity, 200, {
    'content-type': asset.type,
    'cache-control': 'private, max-age=31536000, immutable',
    vary: 'accept-encoding',
    ...(encoding && { 'content-encoding': encoding }),
  });
}

export function consoleRoutes({ page, assets }: ConsoleFiles): Hono {
  const app = new Hono();
  const sendPage = (c: Context): Response => {
    const nonce = randomBytes(16).toString('base64');
    return c.html(page.replaceAll('AVOW_NONCE', nonce), 200, { 'content-security-policy': policy(nonce) });
  };
  app.get('/', sendPage);
  for (const name of CONSOLE_PAGES) {
    app.get(`/${name}`, sendPage);
    app.get(`/${name}/*`, sendPage);
  }
  app.get('/assets/:name', (c) => {
    const asset = assets.get(c.req.path);
    return asset ? sendAsset(c, asset) : c.notFound();
  });
  return app;
}
