/** What never becomes a request that a route could see, answered like every other refusal: one code of the closed list. */
import { type Server, STATUS_CODES } from 'node:http';
import { errorBody, REFUSALS, type RefusalCode } from '@avow/protocol/refusals';
import { RequestError } from '@hono/node-server';
import type { NewestAnswers } from './newest-answers.ts';

const CODES: Record<string, RefusalCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_too_slow',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too_large',
};

const HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

/** Whose request it is cannot be told any more, so neither can the language. */
const bodyOf = (code: RefusalCode) => JSON.stringify(errorBody({ refused: code }, 'en'));

/** For requests whose line or `Host` cannot be read. Everything later is caught by the routes' own error handler. */
export function refuseUnreadable(error: unknown): Response {
  const code = error instanceof RequestError ? 'malformed' : 'internal';
  return new Response(bodyOf(code), { status: REFUSALS[code].status, headers: HEADERS });
}

function onSocket(code: RefusalCode): string {
  const { status } = REFUSALS[code];
  const body = bodyOf(code);
  const headers = Object.entries({ ...HEADERS, 'content-length': Buffer.byteLength(body) });
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

/** For what the HTTP parser gives up on: broken framing, headers without end, clients that are too slow. */
export function answerParserErrors(server: Server, answers: NewestAnswers): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Bytes of another answer are on their way: ours would end up in the middle of it.
    const begun = answers.on(socket)?.headersSent;
    if (begun || !socket.writable || error.code === 'ECONNRESET') socket.destroy();
    else socket.end(onSocket(CODES[error.code ?? ''] ?? 'malformed'), () => socket.destroy());
  });
}
