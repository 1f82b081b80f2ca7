/** A website of one folder for the tracker's tests: pages of their own, the built tracker, and what arrived at `/collect`. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBrowser } from '@avow/browser/build';
import type { CollectBody } from '@avow/protocol/visits';

interface Beacon {
  body: CollectBody;
  headers: IncomingMessage['headers'];
}

type Answer = (response: ServerResponse, body: CollectBody) => void;

export interface TrackerSite {
  /** Without a slash at the end. */
  url: string;
  /** In the order of their arrival, those that got no good answer too. */
  beacons: Beacon[];
  /** Adds a page. `head` and `body` are HTML; a page has the tracker unless `script` says otherwise. */
  page(path: string, content: PageContent): void;
  /** What `/collect` does from now on; 202 if nothing is given. */
  answerWith(answer?: Answer): void;
  /** Forgets pages, beacons and answers. */
  clear(): void;
  close(): Promise<void>;
}

export interface PageContent {
  head?: string;
  body?: string;
  script?: string;
  headers?: Record<string, string>;
}

const TRACKER = '<script defer src="/avow.js"></script>';

const accept: Answer = (response) => response.writeHead(202, { 'access-control-allow-origin': '*' }).end();

async function bodyOf(request: IncomingMessage): Promise<CollectBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as CollectBody;
}

function sendPage(
  response: ServerResponse,
  { head = '', body = '', script = TRACKER, headers = {} }: PageContent,
): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
  response.end(
    `<!doctype html><html lang="en"><head><title>Page</title>${head}${script}</head><body>${body}</body></html>`,
  );
}

export async function startTrackerSite(): Promise<TrackerSite> {
  const folder = await mkdtemp(join(tmpdir(), 'avow-tracker-'));
  await buildBrowser({ outDir: folder, rootPublicKey: Buffer.alloc(32, 1).toString('base64url') });
  const pages = new Map<string, PageContent>();
  const beacons: Beacon[] = [];
  let answer = accept;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://site.example');
    if (request.method === 'POST' && pathname === '/collect') {
      const body = await bodyOf(request);
      beacons.push({ body, headers: request.headers });
      return answer(response, body);
    }
    const page = pages.get(pathname);
    if (page) return sendPage(response, page);
    if (!/^\/avow[a-z-]*\.js$/.test(pathname)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' });
    response.end(await readFile(join(folder, 'tracker', pathname.slice(1))));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    beacons,
    page: (path, content) => pages.set(path, content),
    answerWith(next = accept) {
      answer = next;
    },
    clear() {
      pages.clear();
      beacons.length = 0;
      answer = accept;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
