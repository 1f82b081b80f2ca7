/** The Control Center on this machine's loopback address: one page, and what it asks. Nothing it serves is loaded from anywhere else. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorBody, type Language, type RefusalCode, refusalStatus } from '@avow/protocol/refusals';
import type { Suite } from '@avow/sdk/suite';
import { ACTS, type Act } from './acts.ts';
import { createCallers, isOwnPage } from './callers.ts';
import type { PageFiles } from './page-files.ts';
import { readState } from './state.ts';

export interface ControlCenter {
  /** With the one-time token behind `#`. */
  url: string;
  /** The same, for an installer: only what has to be asked, one after the other. */
  installUrl: string;
  /** Resolves when the person has come to the end of the installer's questions. */
  finished: Promise<void>;
  /** When somebody last asked for anything. */
  lastAsked(): number;
  close(): Promise<void>;
}

const MOST_BODY_BYTES = 64 * 1024;
const SLOWEST_MS = 30_000;

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};

function languageOf(request: IncomingMessage): Language {
  return /^\s*de\b/i.test(request.headers['accept-language'] ?? '') ? 'de' : 'en';
}

function refuse(request: IncomingMessage, response: ServerResponse, code: RefusalCode): void {
  const refusal = { refused: code };
  response.writeHead(refusalStatus(refusal), { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(errorBody(refusal, languageOf(request))));
}

/** The JSON object in the body; or the code of what is wrong with it. */
async function readBody(request: IncomingMessage): Promise<Record<string, unknown> | RefusalCode> {
  if (request.headers['content-type'] !== 'application/json') return 'unsupported_media_type';
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BODY_BYTES) return 'too_large';
    chunks.push(chunk as Buffer);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : 'malformed';
  } catch {
    return 'malformed';
  }
}

/** Listens on 127.0.0.1 and, unless a `port` is given, on one that the system chooses. */
export async function startControlCenter(options: {
  suite: Suite;
  files: PageFiles;
  port?: number;
  onFault?: (error: unknown) => void;
}): Promise<ControlCenter> {
  const { suite, files, port = 0, onFault = () => {} } = options;
  const callers = createCallers();
  const finished = Promise.withResolvers<void>();
  let host = '';
  let asked = Date.now();

  async function act(request: IncomingMessage, response: ServerResponse, found: Act): Promise<void> {
    if (!callers.isSession(request.headers)) return refuse(request, response, 'not_signed_in');
    const body = request.method === 'POST' ? await readBody(request) : {};
    if (typeof body === 'string') return refuse(request, response, body);
    const answer = await found(suite, body);
    if (typeof answer === 'string') return refuse(request, response, answer);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  async function openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (typeof body === 'string') return refuse(request, response, body);
    const session = callers.open(body.token);
    if (session === null) return refuse(request, response, 'link_expired');
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ session }));
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (!isOwnPage(request.headers, host)) return refuse(request, response, 'destination_refused');
    asked = Date.now();
    const path = request.url ?? '/';
    const file = files[path];
    if (file) {
      if (request.method !== 'GET') return refuse(request, response, 'method_not_allowed');
      response.writeHead(200, { 'content-type': file.type }).end(file.content);
      return;
    }
    const name = `${request.method} ${path}`;
    if (name === 'POST /api/session') return openSession(request, response);
    if (name === 'POST /api/finished') {
      return act(request, response, async (asked) => {
        response.once('finish', finished.resolve);
        return { state: await readState(asked) };
      });
    }
    const found = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
    return found ? act(request, response, found) : refuse(request, response, 'not_found');
  }

  const server = createServer({ requestTimeout: SLOWEST_MS }, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      onFault(error);
      if (response.headersSent) response.destroy();
      else refuse(request, response, 'internal');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/#${callers.token}`,
    installUrl: `http://${host}/install#${callers.token}`,
    finished: finished.promise,
    lastAsked: () => asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
