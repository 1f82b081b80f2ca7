/** The HTTP server: time-outs against slow and broken clients, and an orderly stop. */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { watchAnswers } from './newest-answers.ts';
import { answerParserErrors, refuseUnreadable } from './unreadable-requests.ts';

export interface ServerTimes {
  /** For the headers, in milliseconds. */
  headersMs: number;
  /** For the whole request with its body, in milliseconds. */
  requestMs: number;
  /** How often both are looked at, in milliseconds. */
  checkMs: number;
}

const USUAL: ServerTimes = { headersMs: 10_000, requestMs: 30_000, checkMs: 2_000 };

export interface RunningServer {
  url: string;
  /** Takes no more requests, finishes those under way, and after `graceMs` ends what is left. */
  stop(graceMs: number): Promise<void>;
}

/** Takes a request before the application does; false: it is for the application. */
export type Before = (request: IncomingMessage, response: ServerResponse) => boolean;

type Fetch = Parameters<typeof getRequestListener>[0];

function configure(server: Server, listener: RequestListener): void {
  server.on('request', listener);
  // Without these two, Node answers `Expect` by itself and invites the body (`100 Continue`).
  server.on('checkContinue', listener);
  server.on('checkExpectation', listener);
  server.maxRequestsPerSocket = 0;
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** `port` 0: any free one. */
export async function startServer(
  fetch: Fetch,
  {
    host,
    port,
    times = USUAL,
    before = () => false,
  }: { host: string; port: number; times?: ServerTimes; before?: Before },
): Promise<RunningServer> {
  const server = createServer({
    headersTimeout: times.headersMs,
    requestTimeout: times.requestMs,
    connectionsCheckingInterval: times.checkMs,
    // Longer than what load balancers in front keep: they must be the ones to close.
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16 * 1024,
    // Node's own answer to a request without a host has no body.
    requireHostHeader: false,
  });
  const answers = watchAnswers(server);
  answerParserErrors(server, answers);
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false, errorHandler: refuseUnreadable });
  let stopping = false;
  configure(server, (incoming, outgoing) => {
    outgoing.shouldKeepAlive &&= !stopping;
    if (!before(incoming, outgoing)) void listener(incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  const bound = server.address() as AddressInfo;
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return {
    url: `http://${name}:${bound.port}`,
    stop(graceMs) {
      stopping = true;
      // Their connections would otherwise stay open, idle, until the grace is over.
      for (const outgoing of answers.all()) outgoing.shouldKeepAlive = false;
      return close(server, graceMs);
    },
  };
}
